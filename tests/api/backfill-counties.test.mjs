/* A ledger that tells of counties' own returns and of figures reached: proposed row by row, recorded in one command, once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
/* The half year that ended: of last year until July. */
const YEAR = Number(today().slice(0, 4)) - (today().slice(5) < '07-01' ? 1 : 0);
const protocol = { 'tus-resumable': '1.0.0' };

const PLAN = `云沂市健康行动推进委员会文件

云健委〔${YEAR}〕5号

健康云沂行动${YEAR}年工作要点

一、健康环境促进行动
1.建设健康步道。全年建成健康步道30公里以上。（牵头单位：市体育局，责任单位：云东区、云西县；完成时限：持续推进）
2.开展控烟检查。全年检查场所200家以上，培训控烟人员100人次以上。（牵头单位：市卫生健康委；完成时限：持续推进）

云沂市健康行动推进委员会
${YEAR}年1月12日
`;

const LEDGER = [
  '重点任务,牵头单位,目标值,上半年完成值,上半年各县区进展,云东区一季度进展',
  '建设健康步道,市体育局,40公里,15公里,"全市进展平稳。\n云东区：建成12公里\n云西县：建成3公里",云东区已选址',
  '开展控烟检查,市卫生健康委,,80家，培训控烟人员40人,"云东区：查了40家",',
].join('\n');

let server, clerk, document, duties;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
async function upload(name, body) {
  const bytes = Buffer.from(body);
  const { id } = ok(await clerk.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } }), 201);
  ok(await clerk.call('appendUpload', { path: { upload: id },
    headers: { ...protocol, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }, body: bytes }), 204);
  return id;
}
async function preview(body) {
  const file = await upload('台账.csv', body);
  return { file, seen: ok(await clerk.call('previewBackfill', { path: { document }, body: { upload: file } })) };
}
const record = async ({ file, seen }) => ok(await clerk.call('importBackfill', { path: { document }, body: { upload: file, token: seen.token } }));
const codes = (l) => l.faults.map((f) => f.code).sort();
const sums = (r) => [r.county, r.text, r.figures.map((f) => `${f.value}${f.measure} ${f.span}`), r.part];

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const { version } = ok(await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN }), 201);
  document = version.document.id;
  ok(await clerk.call('publishVersion', { path: { version: version.summary.id }, headers: { 'if-match': `"${version.summary.version}"` }, body: { remarks: '已核对' } }));
  duties = Object.fromEntries(ok(await clerk.call('listDuties', { query: { document, limit: 100 } })).items.map((d) => [d.title, d.id]));
});
after(async () => { await server.stop(); });

test('each row is proposed for the lead and for each county, with figures in the plan’s measures', async () => {
  const { seen } = await preview(LEDGER);
  assert.deepEqual(seen.tables[0].columns.map((c) => c.field), ['task', 'lead', 'goal', 'figure', 'text', 'text']);
  const [walk, smoke] = seen.lines;
  assert.deepEqual(walk.returns.map(sums), [
    [null, '全市进展平稳。', ['15公里 to_date'], 'added'],
    ['云东区', '上半年各县区进展：建成12公里\n云东区一季度进展：云东区已选址', [], 'added'],
    ['云西县', '建成3公里', [], 'added']]);
  assert.deepEqual(codes(walk), ['goal']);
  /* 人 is not 人次: that figure stays words; the county returns nothing of this task itself */
  assert.deepEqual(smoke.returns.map((r) => [r.county, r.figures.map((f) => `${f.value}${f.measure}`)]), [[null, ['80家']]]);
  assert.match(smoke.returns[0].text, /云东区：查了40家/);
  assert.deepEqual(codes(smoke), ['county_not', 'figure_which']);
  assert.deepEqual([seen.returns, seen.rows], [4, 4]);
});

test('it is recorded in one command, each unit’s on its return, and once', async () => {
  const looked = await preview(LEDGER);
  const done = await record(looked);
  assert.deepEqual([done.returns, done.rows], [4, 4]);
  const reports = new Map();
  for (const o of ok(await clerk.call('listObligations', { query: { kind: 'return' } })).items.filter((one) => one.state === 'accepted'))
    reports.set(o.unit_name, ok(await clerk.call('getReturn', { path: { return: o.id } })));
  assert.deepEqual([...reports.keys()].sort(), ['云东区', '云西县', '市体育局', '市卫生健康委'].sort());
  const row = (name) => reports.get(name).rows.find((r) => [duties['建设健康步道'], duties['开展控烟检查']].includes(r.duty));
  assert.equal(row('云西县').text, '建成3公里');
  assert.equal(row('云西县').on_behalf, true);
  assert.deepEqual(row('市体育局').figures.map((f) => [f.measure, f.value, f.span]), [['公里', 15, 'to_date']]);
  const again = await preview(LEDGER);
  assert.deepEqual([again.seen.counts.record, again.seen.counts.same], [0, 2]);
  assert.equal((await record(again)).id, null);
  const mended = await preview(LEDGER.replace('云西县：建成3公里', '云西县：建成4公里'));
  assert.deepEqual(mended.seen.lines[0].returns.map((r) => r.part), ['kept', 'kept', 'changed']);
  await record(mended);
});

test('a text that is too long is said at its row, and all else of it is recorded', async () => {
  const long = '长'.repeat(5001);
  const { seen } = await preview(`重点任务,牵头单位,云东区上半年进展,云西县上半年进展\n建设健康步道,市体育局,${long},又建成1公里\n`);
  const [line] = seen.lines;
  assert.deepEqual(codes(line), ['too_long']);
  assert.equal(line.faults[0].about, '云东区上半年进展，5001字');
  assert.deepEqual(line.returns.map((r) => [r.county, r.part]), [['云东区', 'refused'], ['云西县', 'changed']]);
  assert.equal(line.act, 'record');
});
