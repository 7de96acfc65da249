/* A return as a workbook: handed out, filled in, sorted, saved by LibreOffice, dropped back; many rows kept at once. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';
import { fill, reorder, unzip } from './zip.mjs';

let server, clerk, lead, feeder, stranger, owed, folder;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上，居民健康素养水平不低于30%。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xj-sheet-'));
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const other = await server.addUser('other', '岚溪县');
  clerk = await server.signIn();
  stranger = await server.signIn(other.name, other.password);
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { summary } = made.body.version;
  assert.equal((await clerk.call('publishVersion', {
    path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '已核对' },
  })).status, 200);
  const unit = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  for (const [name, at] of [['lead', '市教育局'], ['feeder', '市卫生健康委']]) {
    const user = await server.addUser(name, undefined, { post: 'liaison_a', unit: at });
    if (name === 'lead') lead = await server.signIn(user.name, user.password);
    else feeder = await server.signIn(user.name, user.password);
  }
});
after(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

const get = async (client, id = owed[0].id, as = undefined) =>
  (await client.call('getReturn', { path: { return: id }, query: { as } })).body;
async function file(client, path) {
  const reply = await fetch(server.origin + path, { headers: { cookie: [...client.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get('content-disposition'), /^attachment; filename.*\.xlsx/);
  return Buffer.from(await reply.arrayBuffer());
}
const sheet = (client, query = {}, id = owed[0].id) => file(client, `/api/v1/returns/${id}/sheet.xlsx?${new URLSearchParams(query)}`);
const read = (client, body, query = {}, id = owed[0].id) => client.call('readReturnSheet', {
  path: { return: id }, query, headers: { 'content-type': 'application/octet-stream' }, body,
});
const keep = (client, body, headers = {}, id = owed[0].id) => client.call('keepReturnRows', { path: { return: id }, headers, body });
/* What the page sends of a reading: its changes. */
const changes = ({ rows }) => rows.filter((row) => row.verdict === 'change').map(({ draft, now }) => ({ duty: now.duty, version: now.version, ...draft }));

test('a workbook goes out, is filled offline, read without a change, and its rows kept', async () => {
  assert.equal((await clerk.call('exportReturn', { path: { return: owed[0].id }, query: { lang: 'en' } })).status, 200);
  const empty = await sheet(lead);
  const parts = unzip(empty);
  assert.match(parts.get('xl/worksheets/sheet1.xml'), /<sheetProtection /);
  assert.match(parts.get('xl/worksheets/sheet1.xml'), /<col min="14" max="14"[^>]* hidden="1"/);
  assert.equal(parts.get('xl/worksheets/sheet1.xml').match(/<dataValidation /g).length, 3);
  const filled = fill(empty, { E4: '讲座三次，=1+1', F4: 60, J4: '1,360 人次', L4: '经费不足', J5: 0.315, E6: '巡讲两场' });
  const got = await read(lead, filled);
  assert.equal(got.status, 200, JSON.stringify(got.body));
  assert.deepEqual(got.body.faults, []);
  assert.deepEqual(got.body.rows.map((row) => row.verdict), ['change', 'change']);
  assert.equal(got.body.rows[0].draft.figures[0].value, 1360);
  assert.equal((await get(lead)).rows[0].text, '', 'reading changes nothing');
  const key = { 'idempotency-key': 'sheet-0001-keep' };
  const body = { unit: owed[0].unit, rows: changes(got.body) };
  const kept = await keep(lead, body, key);
  assert.equal(kept.status, 200, JSON.stringify(kept.body));
  assert.equal(kept.body.kept.length, 2);
  assert.deepEqual((await keep(lead, body, key)).body, kept.body, 'a second asking is the same act');
  const [first, second] = (await get(lead)).rows;
  assert.equal(first.text, '讲座三次，=1+1');
  assert.equal(first.percent, 60);
  assert.equal(first.difficulties, '经费不足');
  assert.equal(first.figures[0].value, 1360);
  assert.equal(second.text, '巡讲两场');
  assert.equal(second.on_behalf, false);
});

test('sorted, with a row deleted, and made by another program it is read all the same', async (t) => {
  const bytes = fill(await sheet(lead), { E4: '讲座四次', E6: '巡讲三场' });
  const sorted = await read(lead, reorder(bytes, 4, [6, 5, 4]));
  assert.deepEqual(sorted.body.rows.map((row) => [row.draft.text, row.row]), [['讲座四次', 6], ['巡讲三场', 4]]);
  const less = await read(lead, reorder(bytes, 4, [6]));
  assert.deepEqual(less.body.rows.map((row) => row.draft.text), ['巡讲三场']);
  if (spawnSync('soffice', ['--version']).error) return t.diagnostic('no LibreOffice here');
  writeFileSync(join(folder, 'return.xlsx'), bytes);
  for (const kind of ['ods', 'xls', 'xlsx']) {
    execFileSync('soffice', [`-env:UserInstallation=file://${folder}/office`, '--headless', '--convert-to', kind,
      '--outdir', join(folder, kind), join(folder, 'return.xlsx')], { stdio: 'ignore' });
    const got = await read(lead, readFileSync(join(folder, kind, `return.${kind}`)));
    assert.equal(got.status, 200, `${kind}: ${JSON.stringify(got.body)}`);
    assert.deepEqual(got.body.rows.map((row) => [row.verdict, row.draft.text]), [['change', '讲座四次'], ['change', '巡讲三场']], kind);
    assert.deepEqual(got.body.faults, [], kind);
    assert.equal(got.body.rows[0].draft.figures[0].value, 1360, kind);
  }
  return undefined;
});

test('what is wrong is told with its place, and the rest can be kept', async () => {
  const got = await read(lead, fill(await sheet(lead), { F4: 140, J4: '120人', K5: '全年', J5: 31, E6: '巡讲五场' }));
  assert.deepEqual(got.body.faults.map(({ code, found, asked, row, col }) => [code, found, asked, row, col]), [
    ['percent', '140', '0–100', 4, 6], ['measure', '120人', '人次', 4, 10], ['span', '全年', '', 5, 11],
  ]);
  assert.deepEqual(got.body.rows.map((row) => row.verdict), ['wrong', 'change']);
  const wrong = await keep(lead, { unit: owed[0].unit, rows: [{ duty: got.body.rows[0].now.duty, version: 1, text: 'x',
    figures: [{ indicator: got.body.rows[0].now.figures[0].indicator, measure: '人', value: 1, span: 'period' }] }] });
  assert.equal(wrong.status, 400);
  assert.equal(wrong.body.fields[0].at, '/rows/0/figures/0/measure');
});

test('two people at once: the later one gets both texts, and nothing is lost', async () => {
  const bytes = fill(await sheet(lead), { E4: '表格里写的', E6: '巡讲六场' });
  const before = (await get(lead)).rows;
  assert.equal((await keep(clerk, { unit: owed[0].unit, rows: [{ duty: before[0].duty, version: before[0].version, text: '办公室先写的' }] })).status, 200);
  const got = (await read(lead, bytes)).body;
  assert.deepEqual(got.rows.map((row) => row.verdict), ['stale', 'change']);
  assert.equal(got.rows[0].draft.text, '表格里写的');
  assert.equal(got.rows[0].now.text, '办公室先写的');
  assert.equal(got.rows[0].now.on_behalf, true);
  /* somebody else is faster than the dialog, too */
  const late = await keep(lead, { unit: owed[0].unit, rows: got.rows.map(({ draft, now, seen }) => ({ duty: now.duty, version: seen, ...draft })) });
  assert.equal(late.status, 200, JSON.stringify(late.body));
  assert.deepEqual(late.body.kept.map((row) => row.duty), [before[1].duty]);
  assert.deepEqual(late.body.late.map((row) => row.text), ['办公室先写的']);
  assert.equal((await get(lead)).rows[1].text, '巡讲六场');
});

test('a unit that feeds fills its own rows, and hands them over', async () => {
  const as = (await get(lead)).rows[0].feeds[0].unit.id;
  const bytes = fill(await sheet(feeder, { as }), { E4: '派专家两名' });
  assert.equal((await read(lead, bytes)).status, 409, 'it is not the lead\'s');
  const got = (await read(feeder, bytes, { as })).body;
  assert.deepEqual(got.rows.map((row) => row.verdict), ['change']);
  assert.equal((await keep(feeder, { unit: as, give: true, rows: changes(got) })).status, 200);
  assert.equal((await get(lead)).rows[0].feeds[0].text, '派专家两名');
});

test('other files are refused clearly', async () => {
  const other = await sheet(lead, {}, owed[1].id);
  for (const [body, status, code] of [
    [other, 409, 'other_return'], ['讲座三次', 415, 'unsupported_kind'], [Buffer.from('PK\x03\x04'), 415, 'unsupported_kind'],
    [await file(clerk, '/api/v1/units/export.xlsx'), 422, 'not_our_sheet'],
  ]) {
    const reply = await read(lead, body);
    assert.equal(reply.status, status, JSON.stringify(reply.body));
    assert.equal(reply.body.code, code);
  }
  assert.equal((await read(lead, Buffer.alloc((8 << 20) + 1))).status, 413);
  assert.equal((await read(stranger, other)).status, 404);
  assert.equal((await stranger.call('exportReturn', { path: { return: owed[0].id } })).status, 404);
  assert.equal((await keep(stranger, { unit: owed[0].unit, rows: [{ duty: 1, version: 0 }] })).status, 404);
});

test('rows are kept and the return sent in one act; a sent one takes no workbook', async () => {
  const { head, rows } = await get(lead);
  const bytes = await sheet(lead);
  const send = { version: head.version };
  const late = await keep(lead, { unit: head.unit.id, rows: [{ duty: rows[0].duty, version: 0, text: '旧' }], send });
  assert.equal(late.body.head.state, 'due', 'not while a row is late');
  const sent = await keep(lead, { unit: head.unit.id, rows: [{ duty: rows[0].duty, version: rows[0].version, text: '讲座五次' }], send });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal(sent.body.head.state, 'sent');
  const reply = await read(lead, bytes);
  assert.equal(reply.status, 409);
  assert.equal(reply.body.code, 'conflict');
});
