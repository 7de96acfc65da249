/* 分办 by rule: a unit's rules, what they come to, doing it by hand and at publishing, and last year's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startServer } from './harness.mjs';

let server, office, liaison, stranger, unit, sections, people, programme;

const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const path = () => ({ unit: unit.id });
const ok = (reply) => {
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
};
const rules = async () => ok(await liaison.call('getDispatchRules', { path: path() }));
const set = async (list, version, client = liaison) =>
  client.call('setDispatchRules', { path: path(), headers: { 'if-match': `"${version}"` }, body: { rules: list } });
const waiting = async () => ok(await liaison.call('listDispatchWaiting', { path: path() }));
const handlers = async (duty) => ok(await office.call('getDuty', { path: { duty } })).handlers.filter((h) => h.to_on === null || h.to === null);

const text = (number, extra) => `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕${number}号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市教育局）
2.建立专家库。（责任单位：市教育局）
二、中小学健康促进行动
3.开展学校体育活动。（责任单位：市教育局）
${extra}`;

async function publish(number, extra = '') {
  const made = await office.call('importDocument', { query: { programme, name: `${number}.txt` },
    headers: { 'content-type': 'text/plain' }, body: text(number, extra) });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id, version } = made.body.version.summary;
  ok(await office.call('publishVersion', { path: { version: id }, headers: { 'if-match': `"${version}"` }, body: { remarks: '照此发布' } }));
}

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  await publish(1);
  const file = '单位名称,上级单位\n市教育局体卫艺科,市教育局\n市教育局办公室,市教育局\n';
  const seen = ok(await office.call('previewDirectory', { headers: { 'content-type': 'text/plain' }, body: file }));
  ok(await office.call('importDirectory', { query: { token: seen.token }, headers: { 'content-type': 'text/plain' }, body: file }));
  const units = ok(await office.call('listUnits', { query: { limit: 500 } })).items;
  unit = units.find((u) => u.name === '市教育局');
  sections = ['市教育局体卫艺科', '市教育局办公室'].map((name) => units.find((u) => u.name === name).id);
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  liaison = await server.signIn(account.name, account.password);
  const officer = await server.addUser('officer', '云沂市', { post: 'officer', unit: '市教育局体卫艺科' });
  people = { officer: (await server.signIn(officer.name, officer.password)).session.person.id };
  await server.addUser('other', '云沂市', { post: 'liaison_a', unit: '市教育局办公室' });
  const health = await server.cli('org', 'import', await (async () => {
    const { writeFileSync } = await import('node:fs');
    const at = join(server.folder, 'more.csv');
    writeFileSync(at, '单位名称\n市财政局\n');
    return at;
  })(), '--tenant', '379900', '--json');
  assert.equal(health.counts.add, 1);
  const other = await server.addUser('stranger', '云沂市', { post: 'liaison_a', unit: '市财政局' });
  stranger = await server.signIn(other.name, other.password);
});
after(async () => { await server.stop(); });

test('a unit has no rules at first, and what waits goes by hand', async () => {
  assert.deepEqual(await rules(), { version: 0, rules: [] });
  const seen = await waiting();
  assert.equal(seen.items.length, 3);
  assert.deepEqual(seen.items.map((i) => i.rule), [null, null, null]);
  for (const [id, call] of [['getDispatchRules', {}], ['getDispatchBefore', {}], ['listDispatchWaiting', {}],
    ['setDispatchRules', { headers: { 'if-match': '"0"' }, body: { rules: [] } }], ['dispatchByRule', { headers: { 'if-match': '"0"' }, body: {} }]])
    bad(await stranger.call(id, { path: path(), ...call }), 404, 'not_found');
});

test('rules are checked, kept in their order, and refused where somebody else changed them', async () => {
  bad(await set([{ section: sections[0] }], 0), 400, 'bad_input');
  bad(await set([{ word: '宣传' }], 0), 400, 'bad_input');
  bad(await set([{ word: '宣传', section: unit.id }], 0), 400, 'bad_input');
  bad(await set([{ word: '宣传', person: 1 }], 0), 404, 'not_found');
  const made = ok(await set([{ word: '体育', person: people.officer }, { action: '健康知识普及行动', section: sections[1] }], 0));
  assert.equal(made.version, 1);
  assert.deepEqual(made.rules.map((r) => [r.action, r.word, r.section?.name ?? null, r.person?.name ?? null]),
    [['', '体育', null, 'officer'], ['健康知识普及行动', '', '市教育局办公室', null]]);
  assert.deepEqual(await rules(), made);
  bad(await set([], 0), 409, 'stale');
  bad(await liaison.call('dispatchByRule', { path: path(), headers: { 'if-match': '"9"' }, body: {} }), 409, 'stale');
});

test('what the rules come to is shown, and then done once', async () => {
  const seen = await waiting();
  assert.deepEqual(seen.items.map((i) => i.rule), [1, 1, 0]);
  const request = { path: path(), headers: { 'if-match': `"${seen.version}"`, 'idempotency-key': 'dispatch-1' }, body: {} };
  assert.deepEqual(ok(await liaison.call('dispatchByRule', request)), { done: 3 });
  assert.deepEqual(ok(await liaison.call('dispatchByRule', request)), { done: 3 });
  assert.equal((await waiting()).items.length, 0);
  const duty = ok(await office.call('getDuty', { path: { duty: seen.items[2].duty } }));
  assert.deepEqual(duty.handlers.map((h) => h.person_name), ['officer']);
});

test('a plan that is published is dispatched by the rules at once', async () => {
  await publish(2, '4.开展体育比赛。（责任单位：市教育局）\n5.配备校医。（责任单位：市教育局）\n');
  for (let i = 0; i < 100; i++) { // the tasks are made behind the publication
    if ((await waiting()).items.length > 0) break;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.deepEqual((await waiting()).items.map((i) => i.title.includes('校医')), [true]);
});

test('what was dispatched before becomes rules for those who are still there', async () => {
  const [left] = (await waiting()).items;
  ok(await liaison.call('dispatchDuties', { body: { unit: unit.id, duties: [left.duty], section: sections[0] } }));
  const found = ok(await liaison.call('getDispatchBefore', { path: path() })).rules;
  assert.deepEqual(found.map((r) => r.action).sort(), ['中小学健康促进行动', '健康知识普及行动']);
  assert.deepEqual(found.find((r) => r.action === '健康知识普及行动').section, { id: sections[1], name: '市教育局办公室' });
  assert.equal((await rules()).version, 1); // nothing was set
});
