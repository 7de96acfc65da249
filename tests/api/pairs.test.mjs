/* Lines of work: rows of a draft paired with those in force, decided on, published. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, programme, old, oldDocument, draft;

/* A plan of its own number whose items are LINES. */
const plan = (no, lines) => `云沂市人民政府办公室文件

云政办发〔2032〕${no}号

云沂市人民政府办公室关于印发健康云沂行动${no}号实施方案的通知

健康云沂行动${no}号实施方案

一、健康知识普及行动
${lines.map((line, i) => `${i + 1}.${line}（市卫生健康委牵头，市教育局配合，6月底前完成）`).join('\n')}

云沂市人民政府办公室
2032年2月3日
`;
const LECTURE = '建好健康讲堂。面向社区和学校安排课程，每月公布讲师名单。';
const HOTLINE = '办好热线。完善接听流程，记录市民提出的每个问题。';
const PARK = '改造公园步道。在城区公园增设照明和饮水点。';
const BOOK = '编印膳食手册。送到每一户老年家庭，并请社区医生讲解怎样少盐少油。';

const put = (no, lines, name) => clerk.call('importDocument', {
  query: { programme, name }, headers: { 'content-type': 'text/plain' }, body: plan(no, lines),
});
const publish = (summary, headers = {}) => clerk.call('publishVersion', {
  path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"`, ...headers }, body: { remarks: '已看' },
});
const pairs = async (query = {}) => (await clerk.call('listPairs', { path: { version: draft.id }, query })).body;
const decide = (body, match, headers = {}) => clerk.call('decidePairs', {
  path: { version: draft.id }, headers: { 'if-match': `"${match}"`, ...headers }, body,
});
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  ({ summary: old, document: { id: oldDocument } } = (await put(1, [LECTURE, HOTLINE, PARK], 'old.txt')).body.version);
  assert.equal((await publish(old)).status, 200);
  draft = (await put(1, [HOTLINE, `${LECTURE}另设夜间场次。`, BOOK], 'new.txt')).body.version.summary;
});
after(async () => { await server.stop(); });

test('rows of a new version are paired with those in force', async () => {
  const { before: was, overtaken, items, counts, next } = await pairs();
  assert.deepEqual([was.version, was.document, was.no, was.other, overtaken], [old.id, oldDocument, 1, false, false]);
  assert.equal(next, null);
  assert.deepEqual(items.map((p) => [p.relation, p.decision, p.decided]), [
    ['same', 'same', false], ['reworded', 'same', false], ['added', 'new', false], ['dropped', 'ends', false]]);
  assert.equal(items[0].new.line, items[0].old.line);
  assert.equal(items[2].new.line, items[2].new.id);
  assert.match(items[3].old.title, /步道/);
  assert.equal(counts.reduce((sum, c) => sum + c.pairs, 0), 4);
});

test('pairs come by relation and page by page', async () => {
  assert.deepEqual((await pairs({ relation: 'dropped' })).items.map((p) => p.relation), ['dropped']);
  const seen = [];
  for (let page = await pairs({ limit: 3 }); ; page = await pairs({ limit: 3, after: page.next })) {
    seen.push(...page.items.map((p) => p.seq));
    if (page.next === null) break;
  }
  assert.deepEqual(seen, [0, 1, 2, 3]);
  bad(await clerk.call('listPairs', { path: { version: draft.id }, query: { after: 'x' } }), 400, 'bad_input');
  bad(await clerk.call('listPairs', { path: { version: 9 } }), 404, 'not_found');
});

test('a decision is a command: by pair or by relation, all or none, seen once', async () => {
  const first = await decide({ decision: 'new', pairs: [0, 1] }, 1, { 'idempotency-key': 'decide-0001' });
  assert.equal(first.status, 200);
  assert.equal(first.body.version, 2);
  const again = await decide({ decision: 'new', pairs: [0, 1] }, 1, { 'idempotency-key': 'decide-0001' });
  assert.deepEqual(again.body, first.body);
  bad(await decide({ decision: 'same', pairs: [0] }, 1), 409, 'stale');
  bad(await decide({ decision: 'ends', pairs: [0] }, 2), 400, 'bad_input');
  bad(await decide({ decision: 'same', pairs: [0, 77] }, 2), 404, 'not_found');
  bad(await decide({ decision: 'same' }, 2), 400, 'bad_input');
  bad(await decide({ decision: 'same', pairs: [0], relation: 'same' }, 2), 400, 'bad_input');
  const { items, counts } = await pairs();
  assert.deepEqual(items.map((p) => p.decision), ['new', 'new', 'new', 'ends']);
  assert.deepEqual(counts.map((c) => [c.relation, c.undecided]), [['added', 1], ['dropped', 1], ['reworded', 0], ['same', 0]]);
  assert.equal(items[0].new.line, items[0].new.id);
  assert.equal((await decide({ decision: 'same', pairs: [0, 1] }, 2)).status, 200);
  assert.equal((await decide({ decision: 'stays', relation: 'dropped' }, 3)).status, 200);
});

test('pairing anew drops decisions, needs a draft and what is in force', async () => {
  const call = (version, match) => clerk.call('pairAgain', {
    path: { version }, headers: { 'if-match': `"${match}"` }, body: {} });
  bad(await call(draft.id, 1), 409, 'stale');
  const done = await call(draft.id, 4);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.summary.version, 5);
  assert.ok((await pairs()).items.every((p) => !p.decided));
  bad(await call(old.id, 2), 409, 'conflict');
});

test('what is to stay goes on in the new version', async () => {
  const decided = await decide({ decision: 'stays', relation: 'dropped' }, 5);
  assert.equal(decided.body.version, 6);
  assert.equal((await publish({ id: draft.id, version: 6 })).status, 200);
  const { items } = (await clerk.call('listTasks', { query: { version: draft.id } })).body;
  assert.equal(items.length, 4);
  assert.match(items[3].title, /步道/);
  assert.equal((await clerk.call('getTask', { path: { task: items[3].id } })).status, 200);
  bad(await decide({ decision: 'ends', relation: 'dropped' }, 7), 409, 'conflict');
});

test("a new year's plan under another number takes the place of last year's", async () => {
  const point = (year, no, lines) => clerk.call('importDocument', {
    query: { programme, name: `${year}-${no}.txt` }, headers: { 'content-type': 'text/plain' },
    body: plan(no, lines).replaceAll(`健康云沂行动${no}号实施方案`, `${year}年健康云沂行动工作要点`).replaceAll('2032', year) });
  const of = async (id) => (await clerk.call('listPairs', { path: { version: id }, query: {} })).body;
  const again = (id, match, body) => clerk.call('pairAgain', { path: { version: id }, headers: { 'if-match': `"${match}"` }, body });
  const { summary: last, document: lastYear } = (await point(2040, 41, [LECTURE, HOTLINE, PARK])).body.version;
  assert.equal((await publish(last)).status, 200);
  const { summary: next, document: thisYear } = (await point(2041, 51, [LECTURE, BOOK])).body.version;
  const found = await of(next.id);
  assert.deepEqual([found.before.document, found.before.other, found.overtaken], [lastYear.id, true, false]);
  assert.deepEqual(found.items.map((p) => p.relation), ['same', 'added', 'dropped', 'dropped']);

  assert.equal((await again(next.id, 1, { document: null })).status, 200);
  const alone = await of(next.id);
  assert.deepEqual([alone.before, alone.items], [null, []]);
  bad(await again(next.id, 2, { document: 1 }), 404, 'not_found');
  bad(await again(next.id, 2, { document: thisYear.id }), 409, 'conflict');
  bad(await again(next.id, 1, { document: lastYear.id }), 409, 'stale');
  assert.equal((await again(next.id, 2, { document: lastYear.id })).status, 200);
  assert.equal((await publish({ id: next.id, version: 3 })).status, 200);
  const state = async (id) => (await clerk.call('getVersion', { path: { version: id } })).body.summary.state;
  assert.deepEqual([await state(last.id), await state(next.id)], ['superseded', 'published']);
  const chain = (await clerk.call('getDocumentChain', { path: { document: thisYear.id } })).body;
  const link = chain.up.find((row) => row.document === lastYear.id);
  assert.deepEqual([link.relation, link.link], ['replaces', 'added']);
  // the line goes on: one duty task, of the new document now
  const duties = (await clerk.call('listDuties', { query: { document: thisYear.id } })).body.items;
  assert.deepEqual(duties.map((d) => d.state).sort(), ['amended', 'assigned']);
  const ended = (await clerk.call('listDuties', { query: { document: lastYear.id } })).body.items;
  assert.deepEqual(ended.map((d) => d.state), ['suspended', 'suspended']);
});
