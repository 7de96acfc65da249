/* Who sits in the programme's own bodies, as what, from when to when. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, units, body;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const id = (name) => units.find((u) => u.name === name).id;
const add = (seat, more = {}) => office.call('addSeat', { path: { body }, body: seat, headers: more });
const seats = async () => ok(await office.call('listSeats', { path: { body } })).items;

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const file = '单位名称\n健康云沂行动推进委员会\n云沂市水务局\n云沂市教育局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = ok(await office.call('previewDirectory', { headers, body: file }));
  ok(await office.call('importDirectory', { query: { token: seen.token }, headers, body: file }));
  units = ok(await office.call('listUnits', { query: { limit: 500 } })).items;
  body = id('健康云沂行动推进委员会');
});
after(async () => { await server.stop(); });

test('seats are of units and of persons, by their roles', async () => {
  const key = { 'idempotency-key': 'seat-0000001' };
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2024-01-01' }, key), 201);
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2024-01-01' }, key), 201);
  ok(await add({ role: 'director', person: '张三', job: '市长' }), 201);
  const all = await seats();
  assert.deepEqual(all.map((s) => s.role), ['director', 'member']);
  assert.deepEqual([all[0].person, all[0].job, all[0].unit, all[0].to], ['张三', '市长', null, null]);
  assert.deepEqual([all[1].unit.name, all[1].from], ['云沂市水务局', '2024-01-01']);
});

test('what is no seat is refused', async () => {
  bad(await add({ role: 'member', unit: id('云沂市水务局') }), 409, 'conflict');
  bad(await add({ role: 'member' }), 400, 'bad_input');
  bad(await add({ role: 'king', person: '李四' }), 400, 'bad_input');
  bad(await add({ role: 'member', person: '李四', from: '2024-02-01', to: '2024-01-01' }), 400, 'bad_input');
  bad(await add({ role: 'member', unit: 1 }), 404, 'not_found');
  bad(await office.call('listSeats', { path: { body: id('云沂市教育局') } }), 404, 'not_found');
  bad(await office.call('addSeat', { path: { body: id('云沂市教育局') }, body: { role: 'member', person: '李四' } }), 404, 'not_found');
});

test('a seat ends with a day, and stays', async () => {
  const seat = (await seats()).find((s) => s.unit?.name === '云沂市水务局');
  const end = (last, version = seat.version) => office.call('endSeat', { path: { body, seat: seat.id },
    headers: { 'if-match': `"${version}"` }, body: { last } });
  const stale = await end('2025-12-31', 9);
  bad(stale, 409, 'stale');
  assert.deepEqual(stale.body.yours, { last: '2025-12-31' });
  assert.equal(stale.body.theirs.items.length, 2);
  bad(await end('2023-12-31'), 400, 'bad_input');
  assert.equal(ok(await end('2025-12-31')).items.find((s) => s.id === seat.id).to, '2025-12-31');
  bad(await end('2025-12-31', seat.version + 1), 409, 'conflict');
  bad(await office.call('endSeat', { path: { body, seat: 1 }, headers: { 'if-match': '"1"' }, body: { last: '2025-12-31' } }), 404, 'not_found');
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2026-01-01' }), 201);
});
