/* A year's ledger, half done: looked at row by row, recorded with its true days, once. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { root, startServer } from './harness.mjs';

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
/* The half year that ended: of last year until July. */
const YEAR = Number(today().slice(0, 4)) - (today().slice(5) < '07-01' ? 1 : 0);
const on = (md) => `${YEAR}-${md}`;
const protocol = { 'tus-resumable': '1.0.0' };

const PLAN = `云沂市健康行动推进委员会文件

云健委〔${YEAR}〕3号

健康云沂行动${YEAR}年工作要点

一、健康知识普及行动
1.举办健康讲座。面向居民讲解合理膳食和科学用药，全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.组建健康科普专家库。遴选专家常年开展巡讲。（牵头单位：市卫生健康委；完成时限：${YEAR}年4月底前）
二、合理膳食行动
3.在学校食堂配备营养指导员。（牵头单位：市教育局；完成时限：持续推进）
4.推广减盐减油餐厅。建成示范餐厅20家。（牵头单位：市市场监管局；完成时限：持续推进）
5.出台餐饮营养标识管理办法。印发实施。（牵头单位：市市场监管局；完成时限：${YEAR}年5月底前）

云沂市健康行动推进委员会
${YEAR}年1月12日
`;

/* Columns as offices have them: a title, a band, merged words of time, days in many forms. */
const LEDGER = [
  `健康云沂行动${YEAR}年工作台账`,
  '序号,重点任务,责任单位,完成时限,一季度进展,上半年进展情况,完成比例,状态,完成日期,报送日期,存在问题,下一步,佐证文号,备注',
  `1,举办健康讲座,市教育局,持续推进,开展讲座3场,开展讲座8场、培训180人次,60%,推进中,,${YEAR}年6月12日,讲师不足,下半年进社区,,`,
  `2,组建健康科普专家库,市卫生健康委,${YEAR}年4月底前,已遴选专家,专家库已建成,100%,已完成,${YEAR}/4/20,6.14,,,云卫函〔${YEAR}〕12号,已公示`,
  '3,学校食堂配备营养指导员,市教育局,持续推进,,已配备40所,0.4,滞后,,6月20日,编制紧张,协调解决,,',
  '4,推广减盐减油餐厅示范,市市场监管局,持续推进,,已建成6家,30,推进中,,,,,,',
  '5,出台餐饮营养标识管理办法,市市场监管局,,,正在征求意见,80%,已完成,,6.13,,,,',
  '6,组织全市农民运动会,市体育局,,,已举办,100%,已完成,5.1,6.1,,,,',
].join('\n');

let server, clerk, stranger, document, duties, units;

async function upload(client, name, body) {
  const bytes = Buffer.from(body);
  const added = await client.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal((await client.call('appendUpload', { path: { upload: added.body.id },
    headers: { ...protocol, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }, body: bytes })).status, 204);
  return added.body.id;
}
const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
  return reply.body;
};
async function preview(body, { name = '台账.csv', client = clerk, ...ask } = {}) {
  const file = await upload(client, name, body);
  return { file, seen: ok(await client.call('previewBackfill', { path: { document }, body: { upload: file, ...ask } })) };
}
const record = (file, token, ask = {}, headers = {}) => clerk.call('importBackfill', { path: { document }, headers, body: { upload: file, token, ...ask } });
const line = (seen, row) => seen.lines.find((l) => l.row === row);
const codes = (l) => l.faults.map((f) => f.code).sort();
const get = async (title) => ok(await clerk.call('getDuty', { path: { duty: duties[title].id } }));
const journal = async () => (await server.cli('journal', 'verify', '--json')).rows;
const lights = async (day) => Object.fromEntries(await Promise.all(Object.entries(duties).map(async ([title, d]) => {
  const { items } = ok(await clerk.call('listDutyLights', { path: { duty: d.id }, query: { day } }));
  return [title, items.find((l) => l.unit === d.owner)?.light ?? null];
})));

before(async () => {
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const other = await server.addUser('other', '岚溪县');
  clerk = await server.signIn();
  stranger = await server.signIn(other.name, other.password);
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = ok(await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN }), 201);
  document = made.version.document.id;
  const file = await upload(clerk, '台账.csv', LEDGER);
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: file } }), 409, 'conflict');
  const { summary } = made.version;
  ok(await clerk.call('publishVersion', { path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '已核对' } }));
  duties = Object.fromEntries(ok(await clerk.call('listDuties', { query: { document, limit: 100 } })).items.map((d) => [d.title, d]));
  units = Object.fromEntries(ok(await clerk.call('listUnits', { query: { limit: 100 } })).items.map((u) => [u.name, u.id]));
});
after(async () => { await server.stop(); });

const T = { talk: '举办健康讲座', pool: '组建健康科普专家库', school: '在学校食堂配备营养指导员', salt: '推广减盐减油餐厅', rule: '出台餐饮营养标识管理办法' };

test('the ledger is looked at row by row, and nothing is changed', async () => {
  assert.deepEqual(Object.keys(duties).sort(), Object.values(T).sort());
  const file = await upload(clerk, '台账.csv', LEDGER);
  const before_ = await journal();
  const seen = ok(await clerk.call('previewBackfill', { path: { document }, body: { upload: file } }));
  assert.equal(seen.year, YEAR);
  assert.equal(seen.since, on('01-01'));
  const fields = Object.fromEntries(seen.tables[0].columns.map((c) => [c.head, [c.field, c.until]]));
  assert.deepEqual(fields['一季度进展'], ['text', on('03-31')]);
  assert.deepEqual(fields['上半年进展情况'], ['text', on('06-30')]);
  assert.deepEqual(fields['完成比例'], ['percent', null]);
  assert.deepEqual(fields['状态'], ['state', null]);
  assert.deepEqual(fields['完成日期'], ['done_on', null]);
  assert.deepEqual(fields['佐证文号'], ['doc_no', null]);
  assert.deepEqual(seen.lines.map((l) => [l.row, l.act, l.by, l.likely[0]?.title ?? null].join(' ')), [
    `3 record title ${T.talk}`, `4 record title ${T.pool}`, `5 record words ${T.school}`, `6 record words ${T.salt}`,
    `7 record title ${T.rule}`, '8 unknown  ']);
  const talk = line(seen, 3);
  assert.deepEqual(talk.returns.map((r) => [r.due, r.sent_on, r.assumed, r.percent, r.part]), [[on('06-15'), on('06-12'), false, 60, 'added']]);
  assert.equal(talk.returns[0].text, '一季度进展：开展讲座3场\n上半年进展情况：开展讲座8场、培训180人次');
  assert.equal(talk.returns[0].difficulties, '讲师不足');
  assert.deepEqual(talk.state, { to: 'in_hand', on: on('06-12'), doc_no: '', part: 'added' });
  const pool = line(seen, 4);
  assert.deepEqual(pool.state, { to: 'done', on: on('04-20'), doc_no: `云卫函〔${YEAR}〕12号`, part: 'added' });
  assert.deepEqual(codes(line(seen, 5)), ['sent_late']);
  assert.equal(line(seen, 5).faults[0].about, '5');
  assert.equal(line(seen, 5).percent, 40);
  assert.equal(line(seen, 6).returns[0].assumed, true);
  assert.deepEqual(line(seen, 7).faults.filter((f) => f.stops).map((f) => [f.code, f.column]), [['done_undated', 8]]);
  assert.equal(line(seen, 7).state, null);
  assert.equal(await journal(), before_);
});

test('what was decided by hand is taken; it is recorded in one command, with its true days', async () => {
  const choices = [{ sheet: 1, row: 7, done_on: on('05-28'), doc_no: `云市监发〔${YEAR}〕7号` }, { sheet: 1, row: 8, duty: null }];
  const { file, seen } = await preview(LEDGER, { choices, begun_on: today() });
  assert.equal(line(seen, 8).act, 'left');
  assert.deepEqual(line(seen, 7).state, { to: 'done', on: on('05-28'), doc_no: `云市监发〔${YEAR}〕7号`, part: 'added' });
  assert.deepEqual([seen.rows, seen.drafts, seen.done, seen.begun], [5, 0, 2, 3]);
  const before_ = await journal();
  bad(await record(file, '0'.repeat(64), { choices }), 409, 'stale');
  const done = ok(await record(file, seen.token, { choices, begun_on: today() }, { 'idempotency-key': 'ledger-1' }));
  while (ok(await clerk.call('getDutyRules')).relighting) await new Promise((r) => { setTimeout(r, 50); });
  /* its own row; the lights of another day of beginning may take the clock some, at least a task each */
  const rows = await journal() - before_;
  assert.ok(rows >= 1 && rows <= 1 + Object.keys(duties).length, String(rows));
  assert.deepEqual({ ...done, id: 0 }, { id: 0, returns: 3, rows: 5, drafts: 0, done: 2, begun: 3, left_out: 1 });
  assert.deepEqual(ok(await record(file, seen.token, { choices, begun_on: today() }, { 'idempotency-key': 'ledger-1' })), done);

  const pool = await get(T.pool);
  assert.equal(pool.state, 'done');
  assert.equal(pool.state_on, on('04-20'));
  assert.equal(pool.progress, 100);
  assert.equal(pool.doc_no, `云卫函〔${YEAR}〕12号`);
  const school = await get(T.school);
  assert.equal(school.state, 'in_hand');
  assert.equal(school.progress, 40);
});

test('returns of the past are sent and accepted on their days, marked as entered for the unit; only those', async () => {
  const past = ok(await clerk.call('listObligations', { query: { kind: 'return', due_to: on('06-30'), limit: 100 } })).items;
  assert.deepEqual(past.map((o) => [o.unit_name, o.due, o.state, o.open, o.sent_on]).sort(), [
    ['云沂市卫生健康委', on('06-15'), 'accepted', false, on('06-14')],
    ['云沂市市场监管局', on('06-15'), 'accepted', false, on('06-15')],
    ['云沂市教育局', on('06-15'), 'accepted', false, on('06-20')],
  ].map(([u, ...rest]) => [past.find((o) => u.endsWith(o.unit_name.slice(-4)))?.unit_name, ...rest]).sort());
  const edu = past.find((o) => o.unit_name.endsWith('教育局'));
  const report = ok(await clerk.call('getReturn', { path: { return: edu.id } }));
  assert.deepEqual(report.rows.map((r) => [r.title, r.percent, r.on_behalf, r.state]), [
    [T.talk, 60, true, 'accepted'], [T.school, 40, true, 'accepted']]);
  assert.equal(report.rows[1].difficulties, '编制紧张');
  assert.equal(report.rows[1].next_step, '协调解决');
  const moves = ok(await clerk.call('getObligation', { path: { obligation: edu.id } })).history;
  assert.deepEqual(moves.map((m) => [m.move, m.happened_on]), [['send', on('06-20')], ['accept', on('06-20')]]);
  assert.match(moves[0].why, /台账\.csv/);
  const history = (await get(T.pool)).history;
  const last = history.at(-1);
  assert.deepEqual([last.move, last.from_state, last.to_state, last.happened_on], ['record', 'assigned', 'done', on('04-20')]);
  assert.match(last.why, /第4行/);
  assert.ok(Date.parse(last.recorded_at) > Date.now() - 3600e3);
});

test('lights of June follow from the true days; nothing before the day of beginning is red', async () => {
  const of = async (md) => lights(on(md));
  assert.equal((await of('01-01'))[T.pool], 'green', 'from the first day of the year');
  assert.equal((await of('04-20'))[T.pool], 'green');
  assert.equal((await of('06-10'))[T.talk], 'yellow', 'near');
  assert.equal((await of('06-13'))[T.talk], 'green', 'sent on the 12th');
  assert.equal((await of('06-18'))[T.school], 'yellow', 'late, before the day of beginning');
  assert.equal((await of('06-20'))[T.school], 'green');
  assert.equal((await of('05-27'))[T.rule], 'yellow');
  assert.equal((await of('05-28'))[T.rule], 'green');
  const now = await lights(today());
  assert.equal(now[T.pool], 'green');
});

test('the same ledger again changes nothing and says so; a corrected one follows where nobody has touched it', async () => {
  const choices = [{ sheet: 1, row: 7, done_on: on('05-28'), doc_no: `云市监发〔${YEAR}〕7号` }, { sheet: 1, row: 8, duty: null }];
  const { file, seen } = await preview(LEDGER, { choices });
  assert.deepEqual(seen.counts, { record: 0, same: 5, choose: 0, unknown: 0, wrong: 0, left: 1, silent: 0 }, JSON.stringify(seen.lines));
  assert.deepEqual(ok(await record(file, seen.token, { choices })), { id: null, returns: 0, rows: 0, drafts: 0, done: 0, begun: 0, left_out: 1 });

  const mended = await preview(LEDGER.replace('已建成6家,30', '已建成7家,35'), { choices });
  assert.equal(line(mended.seen, 6).returns[0].part, 'changed');
  assert.equal(ok(await record(mended.file, mended.seen.token, { choices })).rows, 1);
  assert.equal((await get(T.salt)).progress, 35);

  const listed = ok(await clerk.call('listBackfills', { path: { document }, query: { limit: 1 } }));
  assert.equal(listed.items.length, 1);
  assert.equal(listed.items[0].name, '台账.csv');
  const older = ok(await clerk.call('listBackfills', { path: { document }, query: { limit: 1, after: listed.next } }));
  assert.equal(older.next, null);
  const kept = await clerk.call('getBackfillFile', { path: { backfill: older.items[0].id } });
  assert.equal(kept.status, 200);
  assert.equal(Buffer.from(kept.bytes).toString('utf8'), LEDGER);
  bad(await stranger.call('getBackfillFile', { path: { backfill: older.items[0].id } }), 404, 'not_found');
  bad(await stranger.call('listBackfills', { path: { document } }), 404, 'not_found');
});

test('what is wrong is told with its place; what lies ahead is not believed', async () => {
  const next = `${Number(today().slice(0, 4)) + 1}-03-01`;
  const { seen } = await preview([
    '任务,牵头单位,进展情况,状态,完成日期,报送日期',
    `举办健康讲座,市教育局,x,推进中,,不知道`,
    `推广减盐减油餐厅,市市场监管局,x,已完成,${next},6.1`,
    `在学校食堂配备营养指导员,市教育局,x,推进中,${on('05-01')},6.1`,
    `组建健康科普专家库,市卫生健康委,x,已完成,${on('04-21')},6.1`,
    '在学校食堂配备营养指导员,市教育局,x,推进中,,',
  ].join('\n'), { year: YEAR });
  assert.deepEqual(seen.lines.map((l) => [l.act, codes(l).filter((c) => l.faults.find((f) => f.code === c).stops)]), [
    ['wrong', ['no_day']], ['record', ['done_future']], ['record', ['done_or_not']], ['record', ['done_otherwise']], ['wrong', ['twice']]]);
  assert.deepEqual(seen.lines[1].returns.map((r) => r.part), ['changed'], 'nobody has touched what the import said');
  assert.equal(seen.lines[0].faults[0].column, 6);

  const bytes = await upload(clerk, '空.csv', '甲,乙,丙\n1,2,3\n');
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: bytes } }), 400, 'bad_input');
  const file = await upload(clerk, '台账.csv', LEDGER);
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: file, year: YEAR - 1 } }), 400, 'bad_input');
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: file, choices: [{ sheet: 1, row: 3, duty: 1 }] } }), 400, 'bad_input');
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: file, begun_on: next } }), 400, 'bad_input');
  bad(await clerk.call('previewBackfill', { path: { document: 999 }, body: { upload: file } }), 404, 'not_found');
  bad(await stranger.call('previewBackfill', { path: { document }, body: { upload: await upload(stranger, '台账.csv', LEDGER) } }), 404, 'not_found');
  const secret = await upload(clerk, '台账.csv', `机密★1年\n${LEDGER}`);
  bad(await clerk.call('previewBackfill', { path: { document }, body: { upload: secret } }), 422, 'classified');
});

test('the template has the tasks, and comes back by its numbers', async () => {
  const reply = await clerk.call('getBackfillTemplate', { path: { document }, query: { year: YEAR } });
  assert.equal(reply.status, 200);
  const rows = rowsOf(Buffer.from(reply.bytes));
  assert.deepEqual(rows[0].slice(0, 8), ['系统编号', '序号', '专项行动', '重点任务', '牵头单位', '完成时限', '上半年进展情况', '上半年报送日期']);
  assert.equal(rows.length, 6);
  const { seen } = await preview(Buffer.from(reply.bytes), { name: '台账模板.xlsx' });
  assert.ok(seen.lines.every((l) => l.act === 'silent'), JSON.stringify(seen.counts));
  const csv = [rows[0].join(','), ...rows.slice(1).map((r) => [...r.slice(0, 6).map((c) => `"${c ?? ''}"`), '按计划推进', on('06-10')].join(','))].join('\n');
  const filled = (await preview(csv, { year: YEAR })).seen;
  assert.ok(filled.lines.every((l) => l.by === 'key' && l.returns[0].sent_on === on('06-10')), JSON.stringify(filled.lines));
  const english = rowsOf(Buffer.from((await clerk.call('getBackfillTemplate', { path: { document }, query: { year: YEAR, lang: 'en' } })).bytes));
  assert.equal(english[0][6], 'H1 progress');
  const back = (await preview([english[0].join(','), english[1].map((c) => `"${c ?? ''}"`).join(',')].join('\n'), { year: YEAR })).seen;
  assert.deepEqual(back.tables[0].columns.slice(6, 8).map((c) => [c.field, c.until]), [['text', on('06-30')], ['sent_on', on('06-30')]]);
});

test('a workbook with a cover, heads on two rows, merged cells and days of every form is understood', async () => {
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const sample = (name) => readFileSync(join(root, 'samples/backfill', name));
  const made = ok(await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: sample('01-plan.txt') }), 201);
  const { summary, document: plan } = made.version;
  ok(await clerk.call('publishVersion', { path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '已核对' } }));
  const file = await upload(clerk, '台账.xlsx', sample('01-half-year.xlsx'));
  const seen = ok(await clerk.call('previewBackfill', { path: { document: plan.id }, body: { upload: file } }));
  assert.equal(seen.year, 2026);
  assert.deepEqual(seen.tables.map((t) => [t.sheet, t.name, t.row, t.columns.map((c) => c.field).join(' ')]), [
    [2, '台账', 3, 'action no task deadline unit text text percent state done_on sent_on difficulties next_step doc_no other']]);
  const said = (l) => [l.row, l.act, l.by, l.returns.map((r) => `${r.due}<${r.sent_on}`).join(' '), l.state && `${l.state.to} ${l.state.on}`, l.percent];
  assert.deepEqual(seen.lines.map(said), [
    [5, 'record', 'title', '2026-03-25<2026-03-25 2026-06-25<2026-06-11', 'in_hand 2026-03-25', 43],
    [6, 'record', 'words', '2026-06-15<2026-06-11', 'done 2026-04-22', null],
    [7, 'record', 'words', '2026-06-15<2026-06-23', 'in_hand 2026-06-23', 55],
    [8, 'record', 'words', '2026-06-15<2026-06-13', 'in_hand 2026-06-13', 47],
    [9, 'record', 'title', '2026-06-15<2026-06-12', 'in_hand 2026-06-12', 40],
    [10, 'record', 'words', '2026-06-15<2026-06-23', 'in_hand 2026-06-23', 80],
    [11, 'record', 'words', '2026-06-15<2026-06-11', null, 100],
    [12, 'record', 'words', '2026-06-15<2026-06-10', 'in_hand 2026-06-10', 91],
    [13, 'unknown', null, '', null, null]]);
  assert.equal(line(seen, 6).state.doc_no, '泓卫函〔2026〕18号');
  assert.deepEqual(codes(line(seen, 11)), ['done_undated']);
});

test('the command line does the same', async () => {
  const path = join(server.folder, 'ledger.csv');
  writeFileSync(path, LEDGER);
  const dry = await server.cli('duty', 'import-ledger', path, '--tenant', '云沂市', '--document', String(document), '--dry-run', '--json');
  assert.equal(dry.counts.same, 3, JSON.stringify(dry.counts));
});
