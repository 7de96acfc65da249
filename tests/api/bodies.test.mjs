/* The programme's own bodies: until when they stand, and what an ended one leaves to whom. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, programme, units;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const id = (name) => units.find((u) => u.name === name).id;
const bodies = async (client = office) => ok(await client.call('listBodies')).items;
const body = async (name) => (await bodies()).find((b) => b.name === name);

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  const file = '单位名称\n云沂市防汛指挥部\n健康云沂行动推进委员会\n云沂市水务局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = ok(await office.call('previewDirectory', { headers, body: file }));
  ok(await office.call('importDirectory', { query: { token: seen.token }, headers, body: file }));
  units = ok(await office.call('listUnits', { query: { limit: 500 } })).items;
});
after(async () => { await server.stop(); });

test('bodies are listed a page at a time, other units are not', async () => {
  assert.deepEqual((await bodies()).map((b) => b.name).sort(), ['云沂市防汛指挥部', '健康云沂行动推进委员会']);
  const first = ok(await office.call('listBodies', { query: { limit: 1 } }));
  const second = ok(await office.call('listBodies', { query: { limit: 1, after: first.next } }));
  assert.deepEqual([...first.items, ...second.items], await bodies());
  assert.equal((await office.call('listBodies', { query: { after: 'x' } })).status, 400);
});

test('an ended body shows what it has open until another unit takes it', async () => {
  const unit = id('云沂市防汛指挥部');
  ok(await office.call('addDuty', { body: { programme, origin: 'hand', title: '备足救灾物资', lead: unit, deadline_kind: 'ongoing' } }), 201);
  const { version } = ok(await office.call('getUnit', { path: { unit } }));
  const change = async (set) => office.call('changeUnit', { path: { unit }, headers: { 'if-match': `"${version}"` }, body: set });
  assert.equal((await change({ starts_on: '2025-06-02', ends_on: '2025-06-01' })).status, 400);
  ok(await change({ starts_on: '2024-06-01', ends_on: '2025-06-01' }));
  const ended = await body('云沂市防汛指挥部');
  assert.deepEqual([ended.state, ended.starts_on, ended.ends_on, ended.duties], ['ended', '2024-06-01', '2025-06-01', 1]);
  assert.ok(ended.owed > 0);
  ok(await office.call('succeedUnit', { path: { unit }, body: { successor: id('云沂市水务局'), from_on: '2025-06-02', why: '撤销', takes_open_work: true } }), 201);
  const after_ = await body('云沂市防汛指挥部');
  assert.deepEqual([after_.duties, after_.owed], [0, 0]);
});

test('who may not know what a body owes sees that it stands', async () => {
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '云沂市水务局' });
  const liaison = await server.signIn(account.name, account.password);
  const seen = (await bodies(liaison)).find((b) => b.name === '健康云沂行动推进委员会');
  assert.deepEqual([seen.state, seen.people, seen.duties, seen.owed], ['stands', 0, null, null]);
});
