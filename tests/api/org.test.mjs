/* Programmes and units as their jurisdiction sees them, and as another does. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kind, root, startServer } from './harness.mjs';

let server, here, there;
const names = ['市教育局', '市卫生健康委', '市卫健体委', '市妇联', '岚溪县人民政府', '市疾控中心'];

before(async () => {
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  await server.cli('programme', 'add', '岚溪县', '国卫创建');
  const other = await server.addUser('other', '岚溪县');
  here = await server.signIn();
  there = await server.signIn(other.name, other.password);
});
after(async () => { await server.stop(); });

test('each jurisdiction sees its own programmes', async () => {
  const one = await here.call('listProgrammes');
  const two = await there.call('listProgrammes');
  assert.deepEqual(one.body.items.map((p) => p.name), ['健康云沂行动']);
  assert.deepEqual(two.body.items.map((p) => p.name), ['国卫创建']);
});

test("another jurisdiction's ids are not there", async () => {
  const [theirs] = (await there.call('listProgrammes')).body.items;
  const reply = await here.call('importDocument', {
    query: { programme: theirs.id, name: 'a.txt' },
    headers: { 'content-type': 'text/plain' },
    body: '一、健康知识普及行动\n1.开展宣传。（责任单位：市教育局）\n',
  });
  assert.equal(reply.status, 404);
  assert.equal(reply.body.code, 'not_found');
});

test('the directory is listed by name, filtered and paged', async () => {
  /* A group's members are resolved as the units of a plan are, and new names are made. */
  await server.cli('plan', 'import', '--tenant', '379900', '--programme', '健康云沂行动',
    join(root, 'samples/text/01-numbered-clauses.txt'));
  await server.cli('group', 'set', '379900', (await server.cli(
    'unit', 'list', '379900', '--kind', 'group', '--json')).items[0].name, ...names);
  const all = (await here.call('listUnits', { query: { limit: 500 } })).body;
  assert.equal(all.next, null);
  for (const name of names) assert.ok(all.items.some((u) => u.name === name), name);
  assert.deepEqual((await there.call('listUnits')).body.items, []);

  const paged = [];
  let after_;
  do {
    const page = (await here.call('listUnits', { query: { limit: 3, after: after_ } })).body;
    assert.ok(page.items.length <= 3);
    paged.push(...page.items);
    after_ = page.next ?? undefined;
  } while (after_ !== undefined);
  assert.deepEqual(paged, all.items);

  const mass = (await here.call('listUnits', { query: { kind: 'mass', q: '妇联' } })).body.items;
  assert.deepEqual(mass.map((u) => [u.name, u.kind, u.level, u.area]),
    [['市妇联', 'mass', 'city', null]]);
  const letters = (await here.call('listUnits', { query: { kind: 'mass', q: 'FL' } })).body.items;
  assert.deepEqual(letters, mass);
  const county = (await here.call('listUnits', { query: { q: '岚溪县人民' } })).body.items;
  assert.deepEqual(county.map((u) => [u.kind, u.level, u.area]), [['government', 'county', '岚溪县']]);
});

test('a cursor of another list, or another jurisdiction, is refused', async () => {
  const page = (await here.call('listUnits', { query: { limit: 1 } })).body;
  assert.equal(typeof page.next, 'string');
  for (const [client, cursor] of [[here, 'x'], [here, page.next.slice(0, -1)], [there, page.next],
    [here, page.next.replace('unit', 'task')]]) {
    const reply = await client.call('listUnits', { query: { after: cursor } });
    assert.equal(reply.status, 400, cursor);
    assert.equal(reply.body.fields[0].at, 'after');
  }
});

test('parameters are held to the contract', async () => {
  for (const query of [{ limit: 0 }, { limit: 501 }, { limit: 'x' }, { kind: 'x' }, { q: '' },
    { q: 'x'.repeat(101) }, { no_such: 1 }]) {
    const reply = await here.call('listUnits', { query });
    assert.equal(reply.status, 400, JSON.stringify(query));
    assert.equal(reply.body.code, 'bad_input');
  }
});

test('an alias is proposed, decided by a person, and remembered', async () => {
  const items = async (...more) =>
    (await server.cli('unit', 'alias', 'list', '379900', '--json', ...more)).items;
  const proposed = await items();
  assert.ok(proposed.some((a) => a.alias === '市卫健体委' && a.unit === '市卫生健康委'));
  await server.cli('unit', 'alias', 'confirm', '379900', '市卫健体委', '市卫生健康委');
  const units = (await here.call('listUnits', { query: { q: '市卫' } })).body.items;
  assert.ok(units.some((u) => u.name === '市卫生健康委'));
  assert.ok(!units.some((u) => u.name === '市卫健体委'));
  assert.ok((await items('--state', 'confirmed')).length === 1);
  const twice = await server.cliFails('unit', 'alias', 'confirm', '379900', '市卫健体委', '市妇联');
  assert.equal(twice.code, 3);
  await server.cli('unit', 'alias', 'reject', '379900', '市卫健体委', '市卫生健康委');
  assert.ok((await here.call('listUnits', { query: { q: '市卫健体委' } })).body.items.length === 1);
  assert.ok(!(await items()).some((a) => a.alias === '市卫健体委' && a.unit === '市卫生健康委'));
});

test(`the server says which database it is on (${kind})`, async () => {
  assert.equal((await here.call('getHealth')).body.database, kind);
});
