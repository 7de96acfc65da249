/* One unit: aliases decided and undone, members of a group, what it is and is a part of. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, there, liaison, units;
const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕1号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市教育局、市卫健体委）
2.建立专家库。（责任单位：市卫生健康委、各县区人民政府）
`;
const get = async (name, client = office) => {
  const reply = await client.call('getUnit', { path: { unit: units[name] } });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const match = (version) => ({ 'if-match': `"${version}"` });
const decide = (alias, unit, state, client = office) =>
  client.call('decideAlias', { body: { alias: units[alias], unit: units[unit], state } });

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const made = await office.call('importDocument', {
    query: { programme: (await office.call('listProgrammes')).body.items[0].id, name: '1.txt' },
    headers: { 'content-type': 'text/plain' }, body: plan });
  const { summary } = made.body.version;
  const published = await office.call('publishVersion', { path: { version: summary.id },
    headers: match(summary.version), body: { remarks: '已核对' } });
  assert.equal(published.status, 200, JSON.stringify(published.body));
  units = Object.fromEntries((await office.call('listUnits')).body.items.map((u) => [u.name, u.id]));
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const other = await server.addUser('other', '岚溪县');
  there = await server.signIn(other.name, other.password);
  const held = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  liaison = await server.signIn(held.name, held.password);
});
after(async () => { await server.stop(); });

test('a unit says what it is, and how many tasks name it, of those that one may see', async () => {
  const unit = await get('市卫生健康委');
  assert.deepEqual([unit.name, unit.kind, unit.level, unit.parent, unit.alias_of], ['市卫生健康委', 'government', 'city', null, null]);
  assert.equal(unit.tasks.lead + unit.tasks.responsible + unit.tasks.cooperate, 1);
  const seen = (await get('市卫生健康委', liaison)).tasks;
  assert.equal(seen.lead + seen.responsible + seen.cooperate, 0, 'a task outside the units of the post');
  const listed = (await liaison.call('listUnits')).body.items;
  const count = (name) => { const u = listed.find((one) => one.name === name); return u.lead + u.responsible + u.cooperate; };
  assert.deepEqual([count('市卫生健康委'), count('市教育局')], [0, 1]);
  bad(await there.call('getUnit', { path: { unit: units['市教育局'] } }), 404, 'not_found');
});

test('an alias is proposed, confirmed once, and taken back', async () => {
  const list = async (state) => (await office.call('listAliases', { query: { state } })).body.items;
  const pair = (a) => a.alias === '市卫健体委' && a.unit === '市卫生健康委';
  assert.ok((await list('proposed')).some(pair));
  assert.deepEqual((await there.call('listAliases')).body.items, []);
  bad(await decide('市卫健体委', '市卫生健康委', 'confirmed', there), 404, 'not_found');
  bad(await decide('市卫健体委', '市卫生健康委', 'confirmed', liaison), 403, 'forbidden');
  bad(await decide('市教育局', '市教育局', 'confirmed'), 400, 'bad_input');
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'confirmed')).status, 200);
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'confirmed')).status, 200, 'said before');
  assert.ok((await list('confirmed')).some(pair));
  const merged = await get('市卫生健康委');
  assert.equal(merged.tasks.lead + merged.tasks.responsible + merged.tasks.cooperate, 2);
  assert.deepEqual((await get('市卫健体委')).alias_of, { id: units['市卫生健康委'], name: '市卫生健康委' });
  bad(await decide('市卫健体委', '市教育局', 'confirmed'), 409, 'conflict');
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'rejected')).status, 200);
  assert.ok(!(await list('proposed')).some(pair));
  assert.equal((await get('市卫健体委')).alias_of, null);
  assert.ok((await get('市卫生健康委')).aliases.some((a) => pair(a) && a.state === 'rejected'));
});

test('pairs are paged, and a cursor of another list is refused', async () => {
  const all = (await office.call('listAliases')).body.items;
  const paged = [];
  let after_;
  do {
    const page = (await office.call('listAliases', { query: { limit: 1, after: after_ } })).body;
    paged.push(...page.items);
    after_ = page.next ?? undefined;
  } while (after_ !== undefined);
  assert.deepEqual(paged, all);
  assert.ok(all.length > 0);
  bad(await office.call('listAliases', { query: { after: 'x' } }), 400, 'bad_input');
});

test('members of a group are set, by one at a time', async () => {
  const group = await get('各县区人民政府');
  assert.deepEqual([group.kind, group.members], ['group', []]);
  const set = (members, version) => office.call('setMembers',
    { path: { unit: group.id }, headers: match(version), body: { members } });
  const one = await set([units['市教育局']], group.version);
  assert.equal(one.status, 200, JSON.stringify(one.body));
  assert.deepEqual((await get('各县区人民政府')).members.map((u) => u.name), ['市教育局']);
  assert.equal((await get('各县区人民政府')).version, one.body.version);
  assert.deepEqual((await get('市教育局')).groups.map((u) => u.name), ['各县区人民政府']);
  const late = await set([], group.version);
  bad(late, 409, 'stale');
  assert.deepEqual([late.body.yours.members, late.body.theirs.members.map((u) => u.name)], [[], ['市教育局']]);
  bad(await set([group.id], one.body.version), 400, 'bad_input');
  const single = await get('市教育局');
  bad(await office.call('setMembers', { path: { unit: single.id }, headers: match(single.version), body: { members: [] } }), 400, 'bad_input');
});

test('what a unit is and is a part of is changed, and no unit is above itself', async () => {
  const change = async (name, body, version) => office.call('changeUnit',
    { path: { unit: units[name] }, headers: match(version ?? (await get(name)).version), body });
  const before_ = await get('市卫健体委');
  const done = await change('市卫健体委', { parent: units['市卫生健康委'], kind: 'institution', level: 'county' });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const now = await get('市卫健体委');
  assert.deepEqual([now.parent.name, now.kind, now.level, now.version], ['市卫生健康委', 'institution', 'county', done.body.version]);
  const late = await change('市卫健体委', { parent: null }, before_.version);
  bad(late, 409, 'stale');
  assert.deepEqual(late.body.theirs, { parent: units['市卫生健康委'], kind: 'institution', level: 'county', version: now.version });
  bad(await change('市卫生健康委', { parent: units['市卫健体委'] }), 400, 'bad_input');
  bad(await change('市教育局', { parent: units['各县区人民政府'] }), 400, 'bad_input');
  bad(await change('市教育局', { kind: 'group' }), 409, 'conflict');
  bad(await change('市教育局', { kind: 'x' }), 400, 'bad_input');
  assert.equal((await change('市卫健体委', { parent: null })).status, 200);
  assert.equal((await get('市卫健体委')).parent, null);
  const county = (await office.call('listUnits', { query: { level: 'county' } })).body.items;
  assert.ok(county.some((u) => u.name === '市卫健体委') && county.every((u) => u.level === 'county'));
});

test('a list shows what a unit is a part of, its other names and its tasks by role', async () => {
  const row = async (name) => (await office.call('listUnits', { query: { q: name } })).body.items.find((u) => u.name === name);
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'confirmed')).status, 200);
  const health = await row('市卫生健康委');
  assert.deepEqual([health.parent, health.aliases, health.lead, health.responsible + health.cooperate],
    [null, ['市卫健体委'], 0, 2]);
  const byAlias = (await office.call('listUnits', { query: { q: '卫健体' } })).body.items;
  assert.deepEqual(byAlias, [health], 'found by a name that stands for it');
  assert.deepEqual((await office.call('listUnits', { query: { q: 'WJTW' } })).body.items, [health], 'and by its letters');
  const one = await get('市教育局');
  await office.call('changeUnit', { path: { unit: one.id }, headers: match(one.version), body: { parent: units['市卫生健康委'] } });
  assert.deepEqual((await row('市教育局')).parent, { id: units['市卫生健康委'], name: '市卫生健康委' });
  const now = await get('市教育局');
  await office.call('changeUnit', { path: { unit: one.id }, headers: match(now.version), body: { parent: null } });
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'proposed')).status, 200);
  assert.deepEqual((await row('市卫生健康委')).aliases, []);
});

test('a decision is taken back to what it was: a question', async () => {
  const state = async () => (await get('市卫生健康委')).aliases.find((a) => a.alias === '市卫健体委').state;
  for (const said of ['confirmed', 'rejected']) {
    assert.equal((await decide('市卫健体委', '市卫生健康委', said)).status, 200);
    assert.equal(await state(), said);
    const back = await decide('市卫健体委', '市卫生健康委', 'proposed');
    assert.deepEqual([back.status, back.body.state], [200, 'proposed']);
    assert.equal(await state(), 'proposed');
    assert.equal((await get('市卫健体委')).alias_of, null);
  }
});

test('the directory is a workbook under the same filters', async () => {
  for (const lang of ['zh', 'en']) {
    const reply = await office.call('exportUnits', { query: { lang, level: 'city', q: '市' } });
    assert.equal(reply.status, 200);
    assert.equal(reply.bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
    assert.match(reply.headers.get('content-disposition'), /^attachment; .*\.xlsx/);
  }
  bad(await office.call('exportUnits', { query: { kind: 'x' } }), 400, 'bad_input');
});

test('the tasks of a unit are had whole, with their documents, a page at a time', async () => {
  const path = { unit: units['各县区人民政府'] };
  const all = (await office.call('listUnitTasks', { path })).body;
  assert.equal(all.next, null);
  assert.deepEqual(all.items.map((task) => task.no), ['2']);
  assert.match(all.items[0].text, /建立专家库/);
  assert.deepEqual(all.documents.map((d) => [d.id, d.doc_no]), [[all.items[0].document, '云政发〔2026〕1号']]);
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'confirmed')).status, 200);
  const health = { unit: units['市卫生健康委'] };
  const both = (await office.call('listUnitTasks', { path: health })).body;
  assert.deepEqual(both.items.map((task) => task.no), ['1', '2']);
  const first = (await office.call('listUnitTasks', { path: health, query: { limit: 1 } })).body;
  const second = (await office.call('listUnitTasks', { path: health, query: { limit: 1, after: first.next } })).body;
  assert.deepEqual([...first.items, ...second.items], both.items);
  assert.equal(second.next, null);
  assert.deepEqual((await office.call('listUnitTasks', { path: health, query: { role: 'lead' } })).body.items, []);
  bad(await office.call('listUnitTasks', { path: health, query: { after: 'x' } }), 400, 'bad_input');
  bad(await there.call('listUnitTasks', { path: health }), 404, 'not_found');
  assert.equal((await decide('市卫健体委', '市卫生健康委', 'proposed')).status, 200);
});

test('a name that stands for another by now is no question any more', async () => {
  const asked = async (id) => (await office.call('getUnit', { path: { unit: id } })).body.aliases
    .filter((a) => a.state === 'proposed').length + (await office.call('listAliases', { query: { state: 'proposed' } })).body.items
    .filter((a) => a.alias_id === id || a.unit_id === id).length;
  assert.ok(await asked(units['市卫健体委']) > 0);
  assert.equal((await decide('市卫健体委', '市教育局', 'confirmed')).status, 200);
  assert.equal(await asked(units['市卫健体委']), 0);
  assert.equal((await decide('市卫健体委', '市教育局', 'rejected')).status, 200);
  assert.ok(await asked(units['市卫健体委']) > 0);
});

test('a standing holds from a day on, and what it was before is kept', async () => {
  const day = (days) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
  const change = async (body) => office.call('changeUnit', { path: { unit: units['市教育局'] },
    headers: match((await get('市教育局')).version), body });
  assert.deepEqual((await get('市教育局')).standings, []);
  bad(await change({ standing: 'coordinated', standing_from: day(1) }), 400, 'bad_input');
  assert.equal((await change({ standing: 'coordinated', standing_from: day(-30) })).status, 200);
  const { standing, standings } = await get('市教育局');
  assert.equal(standing, 'coordinated');
  assert.deepEqual(standings.map((s) => [s.from, s.standing, s.said_on]),
    [[null, 'supervised', day(0)], [day(-30), 'coordinated', day(0)]]);
  assert.equal((await change({ standing: 'supervised' })).status, 200);
  assert.deepEqual((await get('市教育局')).standings.map((s) => s.from), [null, day(-30), day(0)]);
});
