/* What others said of a row: who is missing, sums of what adds; counties by area or by line, never both. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, document, lead;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，责任单位：市卫生健康委、市民政局；完成时限：持续推进）
2.各县建好宣传队伍，开展巡讲。（牵头单位：市教育局，责任单位：云东区、云西县；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const match = (version) => ({ 'if-match': `"${version}"` });
const must = async (reply, status = 200) => {
  const got = await reply;
  assert.equal(got.status, status, JSON.stringify(got.body));
  return got.body;
};
const unitOf = async (q) => (await must(clerk.call('listUnits', { query: { q } }))).items[0];
const first = async (unit) => (await must(clerk.call('listObligations', { query: { unit, kind: 'return', open: true, limit: 10 } }))).items[0];
const get = (id) => must(clerk.call('getReturn', { path: { return: id } }));

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = await must(clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN,
  }), 201);
  const { summary } = made.version;
  const published = await must(clerk.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  document = published.document.id;
  lead = await unitOf('教育局');
});
after(async () => { await server.stop(); });

test('the lead sees who handed over and what it comes to, and takes what adds', async () => {
  const owed = await first(lead.id);
  const row = (await get(owed.id)).rows.find((r) => r.no === '1');
  const [figure] = row.figures;
  assert.equal(figure.adds, true);
  assert.equal(figure.fed, null);
  assert.equal(row.feeds.length, 2);
  for (const [i, feed] of row.feeds.entries()) {
    const body = { unit: feed.unit.id, text: '讲了', give: true, figures: [{ indicator: figure.indicator, measure: figure.measure, value: 100 + i, span: 'period' }] };
    await must(clerk.call('keepReturnRow', { path: { return: owed.id, duty: row.duty }, headers: match(0), body }));
    const now = (await get(owed.id)).rows.find((r) => r.no === '1');
    assert.deepEqual(now.figures[0].fed, { value: i === 0 ? 100 : 201, span: 'period', units: i + 1 });
    assert.equal(now.feeds.filter((f) => f.given).length, i + 1);
    assert.equal(now.figures[0].value, null, 'nothing is taken over by itself');
  }
});

test('counties by area: read and missed, but in no sum; by line: they feed, and return nothing themselves', async () => {
  const owed = await first(lead.id);
  const rowOf = async () => (await get(owed.id)).rows.find((r) => r.no === '2');
  const row = await rowOf();
  assert.deepEqual(row.feeds, []);
  assert.deepEqual(row.counties.map((c) => [c.unit.name, c.sent_on, c.text]), [['云东区', null, null], ['云西县', null, null]]);
  const east = row.counties[0].unit;
  const theirs = await first(east.id);
  const [own] = (await get(theirs.id)).rows;
  assert.equal(own.counties.length, 0, 'a county reads nothing of another');
  await must(clerk.call('keepReturnRow', { path: { return: theirs.id, duty: own.duty }, headers: match(0), body: { unit: east.id, text: '巡讲两场', percent: 8 } }));
  assert.equal((await rowOf()).counties[0].text, null, 'a draft is the county’s own');
  await must(clerk.call('sendReturn', { path: { return: theirs.id }, headers: match(theirs.version), body: {} }));
  const sent = (await rowOf()).counties[0];
  assert.equal(sent.text, '巡讲两场');
  assert.match(sent.sent_on, /^\d{4}-/);
  await must(clerk.call('reviewReturn', { path: { return: theirs.id }, headers: match((await get(theirs.id)).head.version), body: { rows: [{ duty: own.duty, accepted: true }] } }));
  assert.equal((await must(clerk.call('getDuty', { path: { duty: own.duty } }))).progress, null, 'a county does not speak for the whole');
  await must(clerk.call('settleDocument', { path: { document }, body: { answers: [{ duties: [own.duty], way: 'line' }] } }));
  const lined = await rowOf();
  assert.deepEqual(lined.counties, []);
  assert.deepEqual(lined.feeds.map((f) => [f.unit.name, f.given]), [['云东区', false], ['云西县', false]]);
});
