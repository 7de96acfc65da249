/* Areas with their codes; what became of areas and units, and of a unit's open work. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, liaison, units;
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const good = (reply, status) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const match = (version) => ({ 'if-match': `"${version}"` });
const add = (body, client = office) => client.call('addArea', { body: { official: true, ...body } });
const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕1号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市扶贫办）
2.建立专家库。（责任单位：市乡村振兴局、市卫生健康委）
`;

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const made = good(await office.call('importDocument', {
    query: { programme: (await office.call('listProgrammes')).body.items[0].id, name: '1.txt' },
    headers: { 'content-type': 'text/plain' }, body: plan }), 201);
  const { summary } = made.version;
  good(await office.call('publishVersion', { path: { version: summary.id },
    headers: match(summary.version), body: { remarks: '已核对' } }), 200);
  units = Object.fromEntries((await office.call('listUnits')).body.items.map((u) => [u.name, u.id]));
  const held = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市卫生健康委' });
  liaison = await server.signIn(held.name, held.password);
});
after(async () => { await server.stop(); });

test('areas lie in one another, by level and by code, and end', async () => {
  const city = good(await add({ name: '云沂市', level: 'city', code: '990100' }), 201).id;
  const county = good(await add({ name: '沂东县', level: 'county', code: '990121', parent: city }), 201).id;
  bad(await add({ name: '沂西县', level: 'county', code: '990122', parent: county }), 400, 'bad_input');
  bad(await add({ name: '沂西县', level: 'county', code: '980122', parent: city }), 400, 'bad_input');
  bad(await add({ name: '沂东县', level: 'county', code: '990129', parent: city }), 409, 'conflict');
  bad(await add({ name: '沂西县', level: 'county' }, liaison), 403, 'forbidden');
  good(await add({ name: '云沂高新区', level: 'county', official: false, parent: city }), 201);
  const whole = good(await liaison.call('getArea', { path: { area: county } }), 200);
  assert.deepEqual([whole.area.code, whole.area.valid_from, whole.area.valid_to], ['990121', null, null]);
  const set = { name: '沂东县', level: 'county', official: true, code: '990121', parent: city, valid_from: '1990-01-01' };
  good(await office.call('setArea', { path: { area: county }, headers: match(1), body: set }), 200);
  const late = await office.call('setArea', { path: { area: county }, headers: match(1), body: set });
  bad(late, 409, 'stale');
  assert.equal(late.body.theirs.valid_from, '1990-01-01');
  const next = good(await add({ name: '沂东区', level: 'county', code: '990104', parent: city }), 201).id;
  const said = { successor: next, from_on: '2025-03-01', why: '国函〔2025〕1号' };
  good(await office.call('succeedArea', { path: { area: county }, body: said }), 201);
  const old = good(await office.call('getArea', { path: { area: county } }), 200);
  assert.deepEqual([old.area.valid_to, old.successors[0].name], ['2025-02-28', '沂东区']);
  good(await office.call('removeAreaSuccessor', { path: { area: county, successor: next } }), 204);
  const first = good(await office.call('listAreas', { query: { limit: 3 } }), 200);
  const rest = good(await office.call('listAreas', { query: { limit: 3, after: first.next } }), 200);
  assert.deepEqual([first.items.length, rest.items.length, rest.next], [3, 1, null]);
});

test('a unit has an area, a credit code that checks, and an end', async () => {
  const unit = units['市卫生健康委'];
  const area = (await office.call('listAreas')).body.items[0];
  let { version } = good(await office.call('getUnit', { path: { unit } }), 200);
  const patch = (body) => office.call('changeUnit', { path: { unit }, headers: match(version), body });
  bad(await patch({ credit_code: '91350100M000100Y44' }), 400, 'bad_input');
  bad(await patch({ works_for: 12345 }), 404, 'not_found');
  ({ version } = good(await patch({ works_for: area.id, credit_code: '91350100M000100Y43', ends_on: '2027-12-31' }), 200));
  let now = good(await office.call('getUnit', { path: { unit } }), 200);
  assert.deepEqual([now.works_for.name, now.credit_code, now.ends_on], [area.name, '91350100M000100Y43', '2027-12-31']);
  good(await patch({ works_for: null, credit_code: null, ends_on: null }), 200);
  now = good(await office.call('getUnit', { path: { unit } }), 200);
  assert.deepEqual([now.works_for, now.credit_code, now.ends_on], [null, null, null]);
});

test("a successor takes what is open; the plan's words stay", async () => {
  const [old, next] = [units['市扶贫办'], units['市乡村振兴局']];
  const owners = async (unit) => (await office.call('listDuties', { query: { unit, limit: 50 } })).body.items
    .filter((duty) => duty.owner?.id === unit || duty.owner === unit).length;
  const say = (body) => office.call('succeedUnit', { path: { unit: old }, body: { why: '机构改革方案', from_on: '2026-01-01', takes_open_work: true, ...body } });
  bad(await say({ successor: old }), 400, 'bad_input');
  bad(await say({ successor: next, from_on: '2999-01-01' }), 400, 'bad_input');
  bad(await say({ successor: 4711 }), 404, 'not_found');
  assert.equal(await owners(old), 1);
  good(await say({ successor: next }), 201);
  bad(await say({ successor: next }), 409, 'conflict');
  assert.equal(await owners(old), 0);
  assert.equal(await owners(next), 2);
  const whole = good(await office.call('getUnit', { path: { unit: next } }), 200);
  assert.deepEqual(whole.predecessors.map((p) => [p.name, p.from_on]), [['市扶贫办', '2026-01-01']]);
  const printed = good(await office.call('getUnit', { path: { unit: old } }), 200);
  assert.equal(printed.tasks.lead + printed.tasks.responsible, 1, 'the plan names it as before');
  good(await office.call('removeUnitSuccessor', { path: { unit: old, successor: next } }), 204);
  bad(await office.call('removeUnitSuccessor', { path: { unit: old, successor: next } }), 404, 'not_found');
});
