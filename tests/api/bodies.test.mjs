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

const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10);
const change = async (unit, set) => {
  const { version } = ok(await office.call('getUnit', { path: { unit } }));
  return office.call('changeUnit', { path: { unit }, headers: { 'if-match': `"${version}"` }, body: set });
};
const closing = async () => ok(await office.call('listClosingBodies')).items;
const open = async (about, unit, query = {}) => ok(await office.call('listBodyOpen', { path: { body: unit }, query: { about, ...query } }));
const hand = async (unit, body, version) =>
  office.call('handOverBody', { path: { body: unit }, headers: { 'if-match': `"${version ?? (await closing()).find((b) => b.id === unit).version}"` }, body });
const duty = (title, lead, more = {}) =>
  office.call('addDuty', { body: { programme, origin: 'hand', title, lead, deadline_kind: 'ongoing', ...more } });

test('before its last day a body is shown with what it has open and who may go on', async () => {
  const unit = id('云沂市防汛指挥部');
  const { id: first } = ok(await duty('备足救灾物资', unit), 201);
  ok(await duty('修订应急预案', unit), 201);
  assert.deepEqual(await closing(), []);
  assert.equal((await change(unit, { starts_on: '2025-06-02', ends_on: '2025-06-01' })).status, 400);
  ok(await change(unit, { starts_on: '2024-06-01', ends_on: day(31) }));
  assert.deepEqual(await closing(), []);
  ok(await change(unit, { ends_on: day(30) }));
  const [body_] = await closing();
  assert.deepEqual([body_.id, body_.ends_on, body_.duties, body_.left, body_.heir_by], [unit, day(30), 2, 0, 'office']);
  assert.equal(ok(await office.call('getDutyDesk')).bodies, 1);
  ok(await change(unit, { parent: id('健康云沂行动推进委员会') }));
  assert.deepEqual((await closing())[0].heir, { id: id('健康云沂行动推进委员会'), name: '健康云沂行动推进委员会' });
  ok(await office.call('succeedUnit', { path: { unit }, body: { successor: id('云沂市水务局'), from_on: day(31), why: '撤销', takes_open_work: false } }), 201);
  assert.deepEqual([(await closing())[0].heir.name, (await closing())[0].heir_by], ['云沂市水务局', 'successor']);
  const page = await open('duty', unit, { limit: 1 });
  assert.deepEqual([page.items[0].id, page.items[0].title, page.items[0].role, page.items[0].left], [first, '备足救灾物资', 'lead', false]);
  assert.equal((await open('duty', unit, { limit: 1, after: page.next })).items[0].title, '修订应急预案');
  for (const owed of (await open('owed', unit)).items) assert.ok(owed.due <= day(30) && owed.along);
  assert.deepEqual((await open('finding', unit)).items, []);
  assert.equal((await office.call('listBodyOpen', { path: { body: id('云沂市水务局') }, query: { about: 'duty' } })).status, 404);
  assert.equal((await office.call('listBodyOpen', { path: { body: unit }, query: { about: 'duty', after: 'x' } })).status, 400);
  assert.equal((await office.call('listClosingBodies', { query: { after: 'x' } })).status, 400);
});

test('one task goes over, with a reason that its history keeps', async () => {
  const unit = id('云沂市防汛指挥部'), [{ id: first }] = (await open('duty', unit)).items;
  assert.equal((await hand(unit, { unit: id('云沂市水务局'), why: '' })).status, 400);
  const stale = await hand(unit, { unit: id('云沂市水务局'), why: '分工调整', duties: [first] }, 1);
  assert.deepEqual([stale.status, stale.body.code, stale.body.yours.why, stale.body.theirs.id], [409, 'stale', '分工调整', unit]);
  const key = { 'if-match': `"${(await closing())[0].version}"`, 'idempotency-key': 'hand-0000001' };
  const send = () => office.call('handOverBody', { path: { body: unit }, headers: key, body: { unit: id('云沂市水务局'), why: '分工调整', duties: [first] } });
  const done = ok(await send());
  assert.deepEqual([done.handed, done.body.duties], [1, 1]);
  assert.deepEqual(ok(await send()), done);
  const task = ok(await office.call('getDuty', { path: { duty: first } }));
  assert.equal(task.owner_name, '云沂市水务局');
  assert.ok(task.history.some((m) => m.move === 'hand_over' && m.why === '分工调整'));
  assert.equal((await hand(unit, { unit: id('云沂市水务局'), why: '再移一次', duties: [first] })).status, 404);
});

test('after its last day the office has the rest until it says who goes on', async () => {
  const unit = id('云沂市防汛指挥部');
  ok(await change(unit, { ends_on: day(-1) }));
  const ended = await body('云沂市防汛指挥部');
  assert.deepEqual([ended.state, ended.ends_on, ended.duties, ended.owed], ['ended', day(-1), 0, 0]);
  assert.deepEqual([(await closing())[0].duties, (await closing())[0].left], [0, 1]);
  const [left] = (await open('duty', unit)).items;
  assert.deepEqual([left.title, left.left], ['修订应急预案', true]);
  // what is given to the ended body stays with the office as well
  const { id: late } = ok(await duty('晚到的任务', unit), 201);
  assert.equal((await closing())[0].left, 2);
  assert.match(ok(await office.call('getDuty', { path: { duty: late } })).owner_name, /办公室/);
  assert.equal((await hand(unit, { unit, why: '退回' })).status, 400);
  for (const happened_on of [day(1), day(-1), day(-9), 'soon'])
    assert.equal((await hand(unit, { unit: id('云沂市水务局'), why: '指挥部撤销', happened_on })).status, 400, happened_on);
  const done = ok(await hand(unit, { unit: id('云沂市水务局'), why: '指挥部撤销', happened_on: day(0) }));
  assert.deepEqual([done.handed, done.body.left], [2, 0]);
  assert.deepEqual(await closing(), []);
  assert.equal(ok(await office.call('getDutyDesk')).bodies, 0);
});

test('who may not know what a body owes sees that it stands', async () => {
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '云沂市水务局' });
  const liaison = await server.signIn(account.name, account.password);
  const seen = (await bodies(liaison)).find((b) => b.name === '健康云沂行动推进委员会');
  assert.deepEqual([seen.state, seen.people, seen.duties, seen.owed], ['stands', 0, null, null]);
});
