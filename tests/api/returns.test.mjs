/* Returns: drafts, who feeds them, sending, review; two at once, twice, another jurisdiction's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, stranger, first, duties;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const match = (version) => ({ 'if-match': `"${version}"` });

before(async () => {
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
  const published = await clerk.call('publishVersion', {
    path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' },
  });
  assert.equal(published.status, 200, JSON.stringify(published.body));
  const lead = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  const owed = await clerk.call('listObligations', { query: { unit: lead.id, kind: 'return', limit: 10 } });
  assert.equal(owed.status, 200, JSON.stringify(owed.body));
  first = owed.body.items[0].id;
  duties = (await get(clerk, first)).rows.map((row) => row.duty);
});
after(async () => { await server.stop(); });

async function get(client, id, as) {
  const reply = await client.call('getReturn', { path: { return: id }, query: { as } });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  assert.equal(reply.headers.get('etag'), `"${reply.body.head.version}"`);
  return reply.body;
}

const keep = (client, id, duty, version, body, more = {}) =>
  client.call('keepReturnRow', { path: { return: id, duty }, headers: { ...match(version), ...more }, body });

test('a row stands beside the words of the plan', async () => {
  const report = await get(clerk, first);
  assert.equal(report.head.unit.name, '市教育局');
  assert.equal(report.head.state, 'due');
  assert.match(report.rows[0].words, /全年培训300人次以上/);
  assert.equal(report.rows[0].figures[0].measure, '人次');
  assert.equal(report.rows[0].feeds[0].unit.name, '市卫生健康委');
  assert.equal(report.rows[0].last, null);
});

test('a draft is kept; the same key keeps it once; a late one gets both texts', async () => {
  const unit = (await get(clerk, first)).head.unit.id;
  const figure = { indicator: (await get(clerk, first)).rows[0].figures[0].indicator, measure: '人次', value: 120, span: 'to_date' };
  const draft = { unit, text: '<b>讲座</b> =1+1', percent: 40, figures: [figure] };
  const key = { 'idempotency-key': 'row-0001-draft' };
  const one = await keep(clerk, first, duties[0], 0, draft, key);
  assert.equal(one.status, 200, JSON.stringify(one.body));
  assert.equal(one.headers.get('etag'), '"1"');
  const two = await keep(clerk, first, duties[0], 0, draft, key);
  assert.equal(two.status, 200);
  const row = (await get(clerk, first)).rows[0];
  assert.equal(row.version, 1);
  assert.equal(row.text, '<b>讲座</b> =1+1');
  assert.equal(row.figures[0].value, 120);
  const late = await keep(clerk, first, duties[0], 0, { unit, text: '另一个人写的' });
  assert.equal(late.status, 409);
  assert.equal(late.body.yours.text, '另一个人写的');
  assert.equal(late.body.theirs.text, '<b>讲座</b> =1+1');
  const wrong = await keep(clerk, first, duties[0], 1, { ...draft, figures: [{ ...figure, measure: '人' }] });
  assert.equal(wrong.status, 400);
  assert.equal(wrong.body.fields[0].at, '/figures/0/measure');
});

test('who feeds it hands over its own words', async () => {
  const report = await get(clerk, first);
  const feeder = report.rows[0].feeds[0].unit.id;
  const feeds = await clerk.call('listFeeds', { query: { unit: feeder } });
  assert.equal(feeds.status, 200);
  assert.equal((await keep(clerk, first, duties[0], 0, { unit: feeder, text: '派专家两名', give: true })).status, 200);
  assert.equal((await get(clerk, first)).rows[0].feeds[0].text, '派专家两名');
  const theirs = await get(clerk, first, feeder);
  assert.deepEqual(theirs.rows.map((row) => row.duty), [duties[0]]);
  assert.equal((await keep(clerk, first, duties[1], 0, { unit: feeder, text: 'x' })).status, 404);
});

test('a return is sent whole, reviewed row by row, and comes again', async () => {
  const { unit } = (await get(clerk, first)).head;
  const send = (version, body = {}, more = {}) =>
    clerk.call('sendReturn', { path: { return: first }, headers: { ...match(version), ...more }, body });
  const review = (version, rows) =>
    clerk.call('reviewReturn', { path: { return: first }, headers: match(version), body: { rows } });
  const early = await send(1);
  assert.equal(early.status, 400);
  assert.equal(early.body.fields[0].at, `/rows/${duties[1]}`);
  assert.equal((await keep(clerk, first, duties[1], 0, { unit: unit.id, text: '巡讲三场' })).status, 200);
  /* a double click: the same act twice is one */
  const key = { 'idempotency-key': 'send-0001-once' };
  const [a, b] = await Promise.all([send(1, {}, key), send(1, {}, key)]);
  assert.deepEqual([a.status, b.status], [200, 200]);
  assert.equal(a.body.head.state, 'sent');
  assert.equal(a.body.head.version, 2);
  assert.equal((await keep(clerk, first, duties[1], 1, { unit: unit.id, text: '晚了' })).status, 409);

  /* two reviewers at once: one is told */
  const both = await Promise.all([
    review(2, [{ duty: duties[0], accepted: true }]),
    review(2, [{ duty: duties[1], accepted: false, why: '写清人数', quote: '三场' }]),
  ]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 409]);
  let now = (await get(clerk, first)).head;
  if (both[0].status === 409) await review(now.version, [{ duty: duties[0], accepted: true }]);
  else await review(now.version, [{ duty: duties[1], accepted: false, why: '写清人数', quote: '三场' }]);
  const back = await get(clerk, first);
  assert.equal(back.head.state, 'returned');
  assert.deepEqual(back.rows.map((row) => row.state).sort(), ['accepted', 'returned']);
  const bad = back.rows.find((row) => row.state === 'returned');
  assert.equal(bad.remarks.at(-1).remark, '写清人数');
  assert.equal((await keep(clerk, first, bad.duty, bad.version, { unit: unit.id, text: '巡讲三场，420人次' })).status, 200);
  assert.equal((await send(back.head.version)).status, 200);
  now = (await get(clerk, first)).head;
  const done = await review(now.version, [{ duty: bad.duty, accepted: true }]);
  assert.equal(done.body.head.state, 'accepted');
  assert.equal((await review(done.body.head.version, [{ duty: bad.duty, accepted: true }])).status, 409);
});

test("another jurisdiction's returns are not there", async () => {
  assert.equal((await stranger.call('getReturn', { path: { return: first } })).status, 404);
  assert.equal((await keep(stranger, first, duties[0], 1, { unit: 1, text: 'x' })).status, 404);
  assert.equal((await stranger.call('sendReturn', { path: { return: first }, headers: match(1), body: {} })).status, 404);
  assert.equal((await stranger.call('reviewReturn', {
    path: { return: first }, headers: match(1), body: { rows: [{ duty: duties[0], accepted: true }] },
  })).status, 404);
});
