/*
 * A unit's own signatures under its returns (issue 5, section 1: "a unit may require its own sign-off chain"): who signs, what is
 * frozen, what the office sees, posts that change, two at once.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, liaison, officer, head, second, chief, other, unit, returns;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年开展讲座。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const match = (version) => ({ 'if-match': `"${version}"` });
const ok = (reply, status = 200) => { assert.equal(reply.status, status, JSON.stringify(reply.body)); return reply.body; };
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
  return reply.body;
};
const member = async (name, post, at = '市教育局') => {
  const account = await server.addUser(name, '云沂市', { post, unit: at });
  return server.signIn(account.name, account.password);
};

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const programme = (await office.call('listProgrammes')).body.items[0].id;
  const { summary } = ok(await office.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN }), 201).version;
  ok(await office.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  unit = ok(await office.call('listUnits', { query: { q: '教育局' } })).items[0];
  returns = ok(await office.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).items.map((o) => o.id);
  assert.ok(returns.length >= 2);
  liaison = await member('liaison', 'liaison_a');
  officer = await member('officer', 'officer');
  head = await member('head', 'section_head');
  second = await member('second', 'section_head');
  chief = await member('chief', 'unit_head');
  other = await member('other', 'unit_head', '市卫生健康委');
});
after(async () => { await server.stop(); });

const get = async (client, id) => ok(await client.call('getReturn', { path: { return: id } }));
const signing = async (client, id) => ok(await client.call('getReturnSigning', { path: { return: id } }));
const write = async (client, id) => {
  for (const row of (await get(client, id)).rows)
    ok(await client.call('keepReturnRow', { path: { return: id, duty: row.duty }, headers: match(row.version),
      body: { unit: unit.id, text: `${row.title}：已开展三场` } }));
};
const send = async (client, id, body = {}) =>
  client.call('sendReturn', { path: { return: id }, headers: match((await get(client, id)).head.version), body });
const sign = (client, id, version, body = { sign: true }) =>
  client.call('signReturn', { path: { return: id }, headers: match(version), body });
const chain = async (client, steps) => {
  const held = ok(await client.call('getSignChain', { path: { unit: unit.id } }));
  return client.call('setSignChain', { path: { unit: unit.id }, headers: match(held.version), body: { steps } });
};

test('a chain is of the heads of the unit and of its own sections, and kept by the unit or the office', async () => {
  assert.deepEqual(ok(await liaison.call('getSignChain', { path: { unit: unit.id } })), { version: 0, steps: [] });
  bad(await other.call('getSignChain', { path: { unit: unit.id } }), 404, 'not_found');
  const elsewhere = ok(await office.call('listUnits', { query: { q: '卫生健康委' } })).items[0];
  const wrong = bad(await chain(liaison, [{ role: 'section_head', section: elsewhere.id }]), 400, 'bad_input');
  assert.equal(wrong.fields[0].at, '/steps/0/section');
  const set = ok(await chain(liaison, [{ role: 'section_head' }, { role: 'unit_head' }]));
  assert.equal(set.version, 1);
  assert.deepEqual(set.steps.map((s) => [s.role, s.holders.length]), [['section_head', 2], ['unit_head', 1]]);
  bad(await liaison.call('setSignChain', { path: { unit: unit.id }, headers: match(0), body: { steps: [] } }), 409, 'stale');
  ok(await office.call('getSignChain', { path: { unit: unit.id } }));
});

test('what an officer sends waits for the section, then for the head, and is sent by the last signature', async () => {
  const id = returns[0];
  await write(officer, id);
  const sent = ok(await send(officer, id));
  assert.equal(sent.head.state, 'due');
  assert.equal(sent.head.open, true);
  bad(await send(liaison, id), 409, 'conflict');
  let way = (await signing(liaison, id)).rounds[0];
  assert.deepEqual([way.state, way.at, way.may, way.asked], ['waiting', 0, 'no', ['head', 'second']]);
  assert.deepEqual(ok(await head.call('listSignings')).items.map((s) => [s.return, s.may]), [[id, 'yes']]);
  assert.deepEqual(ok(await chief.call('listSignings')).items.map((s) => s.may), ['in_place']);
  assert.deepEqual(ok(await other.call('listSignings')).items, []);

  /* the office sees a return that was not sent, and no more */
  bad(await office.call('getReturnSigning', { path: { return: id } }), 403, 'forbidden');
  bad(await office.call('listSignings'), 403, 'forbidden');
  const seen = await get(office, id);
  assert.deepEqual([seen.head.state, seen.head.sent_on, seen.signatures], ['due', null, []]);
  const moves = ok(await office.call('getObligation', { path: { obligation: id } })).history.map((m) => m.move);
  assert.ok(!moves.includes('send') && !moves.includes('sign'), moves.join());

  bad(await sign(other, id, way.version), 404, 'not_found');
  bad(await sign(liaison, id, way.version), 403, 'forbidden');
  bad(await sign(officer, id, way.version), 403, 'forbidden');

  /* two heads of sections at once: one is told, with what is there now */
  const both = await Promise.all([sign(head, id, way.version), sign(second, id, way.version)]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 409]);
  const late = both.find((r) => r.status === 409).body;
  assert.deepEqual(late.yours, { sign: true });
  assert.equal(late.theirs.rounds[0].at, 1);
  way = (await signing(chief, id)).rounds[0];
  assert.deepEqual([way.at, way.may, way.asked], [1, 'yes', ['chief']]);
  bad(await sign(head, id, way.version), 403, 'forbidden');

  const key = { ...match(way.version), 'idempotency-key': 'sign-0001-once' };
  const act = () => chief.call('signReturn', { path: { return: id }, headers: key, body: { sign: true } });
  const [a, b] = await Promise.all([act(), act()]);
  assert.deepEqual([a.status, b.status], [200, 200]);
  assert.equal(a.body.head.state, 'sent');
  assert.equal(a.body.rounds[0].state, 'issued');
  const out = await get(office, id);
  assert.equal(out.head.state, 'sent');
  assert.deepEqual(out.signatures.map((s) => [s.role, s.in_place]), [['section_head', false], ['unit_head', false]]);
  assert.equal(out.signatures[1].name, 'chief');
  assert.equal(out.head.sent_on, out.signatures[1].on);
  assert.equal(ok(await chief.call('listSignings')).items.length, 0);
  assert.deepEqual((await signing(liaison, id)).rounds[0].history.map((m) => m.move), ['send', 'sign', 'issue']);
  const book = await office.call('exportReturn', { path: { return: id } });
  assert.equal(book.status, 200);
});

test('it goes back with a reason, an edit takes it back, and a new way begins', async () => {
  const id = returns[1];
  await write(liaison, id);
  ok(await send(liaison, id));
  let way = (await signing(head, id)).rounds[0];
  bad(await sign(head, id, way.version, { sign: false }), 400, 'bad_input');
  ok(await sign(head, id, way.version, { sign: false, why: '第二项请写清人数' }));
  way = (await signing(liaison, id)).rounds[0];
  assert.deepEqual([way.state, way.history.at(-1).why], ['sent_back', '第二项请写清人数']);
  bad(await sign(head, id, way.version), 409, 'conflict');

  ok(await send(liaison, id));
  const row = (await get(officer, id)).rows[0];
  ok(await officer.call('keepReturnRow', { path: { return: id, duty: row.duty }, headers: match(row.version),
    body: { unit: unit.id, text: '讲座四场' } }));
  way = (await signing(liaison, id)).rounds[0];
  assert.deepEqual([way.state, way.history.at(-1).move, way.history.at(-1).person_name], ['withdrawn', 'withdraw', 'officer']);

  ok(await send(liaison, id));
  way = (await signing(liaison, id)).rounds[0];
  bad(await liaison.call('withdrawReturn', { path: { return: id }, headers: match(way.version + 1), body: {} }), 409, 'stale');
  const back = ok(await liaison.call('withdrawReturn', { path: { return: id }, headers: match(way.version), body: { why: '再核一下' } }));
  assert.deepEqual(back.rounds.map((r) => r.state), ['withdrawn', 'withdrawn', 'sent_back']);
  bad(await liaison.call('withdrawReturn', { path: { return: id }, headers: match(way.version + 1), body: {} }), 409, 'conflict');
});

test('a head who sends has signed; no other way leads round the signatures', async () => {
  const id = returns[1];
  const { version } = (await get(liaison, id)).head;
  bad(await liaison.call('moveObligation', { path: { obligation: id }, headers: match(version), body: { move: 'send' } }), 409, 'conflict');
  bad(await send(liaison, id, { happened_on: '2026-01-05' }), 400, 'bad_input');
  ok(await send(head, id)); /* a section head who sends need not sign again */
  let way = (await signing(chief, id)).rounds[0];
  assert.deepEqual([way.at, way.steps[0].name], [1, 'head']);
  ok(await chief.call('withdrawReturn', { path: { return: id }, headers: match(way.version), body: {} }));
  const sent = ok(await send(chief, id));
  assert.equal(sent.head.state, 'sent');
  assert.deepEqual(sent.signatures.map((s) => [s.name, s.in_place]), [['chief', true], ['chief', false]]);
});

test('the office enters a sealed paper without signatures, also while it waits for one', async () => {
  const id = returns[0];
  const { head: at, rows } = await get(office, id);
  ok(await office.call('reviewReturn', { path: { return: id }, headers: match(at.version),
    body: { rows: [{ duty: rows[0].duty, accepted: true }, { duty: rows[1].duty, accepted: false, why: '写清人数' }] } }));
  assert.deepEqual((await get(office, id)).signatures, []);
  const at_once = ok(await send(office, id)); /* what was signed before is not what was sent now */
  assert.deepEqual([at_once.head.state, at_once.signatures], ['sent', []]);
  ok(await office.call('reviewReturn', { path: { return: id }, headers: match(at_once.head.version),
    body: { rows: [{ duty: rows[1].duty, accepted: false, why: '写清人数' }] } }));
  ok(await send(liaison, id));
  const entered = ok(await send(office, id));
  assert.equal(entered.head.state, 'sent');
  assert.deepEqual(entered.signatures, []);
  assert.equal((await signing(liaison, id)).rounds[0].state, 'overtaken');
});

test('who left does not block: the next in the post signs; where nobody holds it the sender is told', async () => {
  const id = returns[0];
  const { head: at, rows } = await get(office, id);
  const row = rows.find((r) => r.state === 'sent');
  ok(await office.call('reviewReturn', { path: { return: id }, headers: match(at.version),
    body: { rows: [{ duty: row.duty, accepted: false, why: '再写' }] } }));
  ok(await send(liaison, id));
  for (const client of [head, second]) {
    const account = ok(await office.call('getPerson', { path: { person: client.session.person.id } }));
    const [post] = account.posts;
    ok(await office.call('endPost', { path: { post: post.id }, headers: match(post.version), body: { last: '2020-01-01' } }));
  }
  let way = (await signing(chief, id)).rounds[0];
  assert.deepEqual([way.may, way.asked], ['in_place', ['chief']]);
  const after = await member('after', 'section_head');
  way = (await signing(after, id)).rounds[0];
  assert.deepEqual([way.may, way.asked], ['yes', ['after']]);
  ok(await sign(after, id, way.version));
  ok(await chain(office, [{ role: 'unit_head' }, { role: 'unit_head' }]));
  way = (await signing(chief, id)).rounds[0]; /* what waits keeps the chain it began with */
  assert.equal(ok(await sign(chief, id, way.version)).head.state, 'sent');

  const programme = (await office.call('listProgrammes')).body.items[0].id;
  ok(await office.call('addDuty', { body: { programme, origin: 'hand', title: '做好一件事', lead: unit.id, deadline_kind: 'ongoing', cadence: 'monthly' } }), 201);
  const next = ok(await liaison.call('listObligations', { query: { kind: 'return', open: true } })).items;
  assert.ok(next.length > 0);
  await write(liaison, next[0].id);
  bad(await send(liaison, next[0].id), 409, 'conflict'); /* two heads are asked for, and there is one */
  ok(await chain(liaison, []));
});

test('db check and the journal stand', async () => {
  await server.cli('db', 'check'); /* fails where one of its queries finds something */
  await server.cli('journal', 'verify');
});
