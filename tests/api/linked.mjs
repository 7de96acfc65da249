/*
 * linked.mjs -- what the tests of a city and its linked county share: looking at what was given, moving it, waiting for what crosses.
 */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

export const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
export const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
  return reply.body;
};
export const match = (version) => ({ 'if-match': `"${version}"` });
/* The day N days from today, by the clock of China. */
export const day = (n) => new Date(Date.now() + (8 + 24 * n) * 3600e3).toISOString().slice(0, 10);

/* Waits until LOOK gives something: what crosses is carried by a worker. */
export async function until(look, what) {
  for (let i = 0; i < 300; i++) {
    const found = await look();
    if (found) return found;
    await wait(200);
  }
  return assert.fail(`${what} did not come`);
}

export const links = async (client) => ok(await client.call('listCountyLinks')).items;
export const given = async (client, query = {}) => ok(await client.call('listAssignments', { query })).items;
export const dutyOf = async (client, id) => ok(await client.call('getDuty', { path: { duty: id } }));
export const move = async (client, id, body) =>
  client.call('moveDuty', { path: { duty: id }, headers: match((await dutyOf(client, id)).version), body });
export const inState = (client, id, state) => until(async () => {
  const now = await dutyOf(client, id);
  return now.state === state && now;
}, state);
