/* What units ask of the office: another day, a pause, a change; asking changes nothing, one waits at a time, the office answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { startServer } from './harness.mjs';

let server, office, liaison, officer, other, programme, unit, task, owed;

const match = (version) => ({ 'if-match': `"${version}"` });
const ok = (reply, status = 200) => { assert.equal(reply.status, status, JSON.stringify(reply.body)); return reply.body; };
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
  return reply.body;
};
const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);

const addDuty = async (more = {}) => ok(await office.call('addDuty', { body: {
  programme, origin: 'hand', title: '建好示范学校', lead: unit.id, deadline_kind: 'complete_by', due: day(30), cadence: 'monthly', ...more } }), 201);
const ask = (client, body) => client.call('addRequest', { body: { ask: 'extend', why: '招标流标，须重新组织', ...body } });
const answer = (client, r, body) => client.call('answerRequest', { path: { request: r.id }, headers: match(r.version), body });
const requests = async (client, query = {}) => ok(await client.call('listRequests', { query })).items;
const duty = async (id) => ok(await office.call('getDuty', { path: { duty: id } }));

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  const member = async (name, post, at) => {
    const account = await server.addUser(name, '云沂市', { post, unit: at });
    return server.signIn(account.name, account.password);
  };
  liaison = await member('liaison', 'liaison_a', '市教育局');
  officer = await member('officer', 'officer', '市教育局');
  other = await member('other', 'liaison_a', '市卫生健康委');
  unit = ok(await office.call('listUnits', { query: { q: '教育局' } })).items[0];
  task = await addDuty();
  [owed] = ok(await office.call('listObligations', { query: { unit: unit.id, kind: 'return' } })).items;
});
after(async () => { await server.stop(); });

test('a unit asks for another day of its task; nothing changes by asking; one waits at a time', async () => {
  bad(await ask(other, { about: 'duty', about_id: task.id, due: day(60) }), 404, 'not_found');
  bad(await ask(officer, { about: 'duty', about_id: task.id, due: day(60) }), 403, 'forbidden');
  bad(await ask(office, { about: 'duty', about_id: task.id, due: day(60) }), 403, 'forbidden');
  assert.equal(bad(await ask(liaison, { about: 'duty', about_id: task.id }), 400, 'bad_input').fields[0].at, '/due');
  assert.equal(bad(await ask(liaison, { about: 'duty', about_id: task.id, due: day(10) }), 400, 'bad_input').fields[0].at, '/due');
  assert.equal(bad(await ask(liaison, { about: 'duty', about_id: task.id, due: day(60), why: ' ' }), 400, 'bad_input').fields[0].at, '/why');
  const before = await duty(task.id);
  const lights = ok(await office.call('listDutyLights', { path: { duty: task.id } })).items;
  const made = ok(await ask(liaison, { about: 'duty', about_id: task.id, due: day(60) }), 201);
  assert.deepEqual([made.state, made.unit_name, made.title, made.due, made.now_due], ['asked', '市教育局', '建好示范学校', day(60), day(30)]);
  bad(await ask(liaison, { about: 'duty', about_id: task.id, ask: 'suspend' }), 409, 'conflict');
  assert.deepEqual(await duty(task.id), before);
  assert.deepEqual(ok(await office.call('listDutyLights', { path: { duty: task.id } })).items, lights);
  assert.equal(ok(await office.call('getDutyDesk')).requests, 1);
  assert.deepEqual((await requests(office, { state: 'asked' })).map((r) => r.id), [made.id]);
  assert.deepEqual((await requests(officer, { duty: task.id })).map((r) => r.id), [made.id]);
  assert.deepEqual(await requests(other), []);
  assert.equal(rowsOf((await office.call('exportRequests')).bytes).length, 2);
});

test('two answers at once: one is told; the move is made with the request as its reason', async () => {
  const [r] = await requests(office, { state: 'asked' });
  bad(await answer(liaison, r, { grant: true }), 403, 'forbidden');
  const both = await Promise.all([answer(office, r, { grant: true, words: '抓紧' }), answer(office, r, { grant: false, words: '不行' })]);
  assert.deepEqual(both.map((x) => x.status).sort(), [200, 409]);
  const late = both.find((x) => x.status === 409).body;
  assert.ok(late.theirs.state !== 'asked' && typeof late.yours.grant === 'boolean');
  const [now] = await requests(liaison, { duty: task.id });
  if (both[0].status === 200) {
    assert.deepEqual([now.state, now.answer], ['granted', '抓紧']);
    const moved = await duty(task.id);
    assert.deepEqual([moved.state, moved.due], ['extended', day(60)]);
    assert.match(moved.history.at(-1).why, /市教育局申请：招标流标，须重新组织。答复：抓紧/);
  } else {
    assert.deepEqual([now.state, now.answer], ['declined', '不行']);
    assert.equal((await duty(task.id)).due, day(30));
  }
  bad(await answer(office, now, { grant: true }), 409, 'conflict');
});

test('declined with words only; the unit may ask again, take it back, and ask for a pause', async () => {
  const { id } = await addDuty({ title: '第二件事' });
  const made = ok(await ask(liaison, { about: 'duty', about_id: id, ask: 'suspend' }), 201);
  assert.equal(bad(await answer(office, made, { grant: false }), 400, 'bad_input').fields[0].at, '/why');
  const no = ok(await answer(office, made, { grant: false, words: '按原计划办' }));
  assert.deepEqual([no.state, no.answer, no.answered_name], ['declined', '按原计划办', 'clerk']);
  assert.equal((await duty(id)).state, 'assigned');
  const again = ok(await ask(liaison, { about: 'duty', about_id: id, ask: 'suspend', why: '学校改建' }), 201);
  bad(await other.call('withdrawRequest', { path: { request: again.id }, headers: match(again.version), body: {} }), 404, 'not_found');
  assert.equal(ok(await liaison.call('withdrawRequest', { path: { request: again.id }, headers: match(again.version), body: {} })).state, 'withdrawn');
  const third = ok(await ask(liaison, { about: 'duty', about_id: id, ask: 'suspend', why: '学校改建' }), 201);
  ok(await answer(office, third, { grant: true }));
  assert.equal((await duty(id)).state, 'suspended');
  bad(await ask(liaison, { about: 'duty', about_id: id, ask: 'amend', why: '改为改建' }), 409, 'conflict');
  /* what the office does without it cannot be done again: the request lapses */
  const { id: fourth } = await addDuty({ title: '第三件事' });
  const moot = ok(await ask(liaison, { about: 'duty', about_id: fourth, ask: 'suspend', why: '等批复' }), 201);
  ok(await office.call('moveDuty', { path: { duty: fourth }, headers: match((await duty(fourth)).version), body: { move: 'suspend', why: '等批复' } }));
  assert.deepEqual((await requests(office, { duty: fourth })).map((r) => [r.id, r.state]), [[moot.id, 'lapsed']]);
});

test('another day of a return, with the day the office gives; sent first, the request lapses', async () => {
  bad(await ask(liaison, { about: 'obligation', about_id: owed.id, ask: 'suspend' }), 400, 'bad_input');
  const late = new Date(Date.parse(owed.due) + 20 * 86400e3).toISOString().slice(0, 10);
  const given = new Date(Date.parse(owed.due) + 10 * 86400e3).toISOString().slice(0, 10);
  const made = ok(await ask(liaison, { about: 'obligation', about_id: owed.id, due: late }), 201);
  assert.deepEqual([made.kind, made.now_due, made.duty], ['return', owed.due, null]);
  ok(await answer(office, made, { grant: true, due: given }));
  const now = ok(await office.call('getObligation', { path: { obligation: owed.id } }));
  assert.deepEqual([now.summary.due, now.summary.state], [given, 'due']);
  const next = ok(await ask(liaison, { about: 'obligation', about_id: owed.id, due: late }), 201);
  const report = ok(await liaison.call('getReturn', { path: { return: owed.id } }));
  for (const row of report.rows)
    ok(await liaison.call('keepReturnRow', { path: { return: owed.id, duty: row.duty }, headers: match(row.version), body: { unit: unit.id, text: '已办' } }));
  ok(await liaison.call('sendReturn', { path: { return: owed.id }, headers: match(report.head.version), body: {} }));
  assert.deepEqual((await requests(liaison, { obligation: owed.id })).map((r) => [r.id === next.id, r.state]), [[false, 'granted'], [true, 'lapsed']]);
  bad(await ask(liaison, { about: 'obligation', about_id: owed.id, due: day(300) }), 409, 'conflict');
});

test('of an instruction only those who see it see what is asked', async () => {
  const secret = await addDuty({ origin: 'instruction', title: '批示交办的事', leader: '何市长', given_on: day(-3), viewers: [liaison.session.person.id] });
  const made = ok(await ask(liaison, { about: 'duty', about_id: secret.id, due: day(50) }), 201);
  assert.ok((await requests(liaison)).some((r) => r.id === made.id));
  assert.ok((await requests(office)).some((r) => r.id === made.id));
  assert.ok(!(await requests(officer)).some((r) => r.id === made.id));
  await server.cli('db', 'check');
});
