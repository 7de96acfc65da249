/* The chain of documents: what one carries out, and what carries it out. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, programme;
const held = {};

/* A plan with a number and a title of its own that names others as its basis. */
const plan = (title, no, basis) => `云沂市人民政府办公室文件

${no}

${title}

为贯彻落实${basis}，制定本方案。

一、健康知识普及行动
1.开展宣传教育，建好健康讲堂。（责任单位：市教育局；完成时限：10月底前）
2.建立专家库。（责任单位：市卫生健康委；完成时限：11月底前）

云沂市人民政府办公室
2026年2月3日
`;
const put = async (name, ...parts) => {
  const reply = await clerk.call('importDocument', {
    query: { programme, name: `${name}.txt` }, headers: { 'content-type': 'text/plain' }, body: plan(...parts),
  });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  held[name] = reply.body.version;
};
const chain = async (name, client = clerk) => client.call('getDocumentChain', { path: { document: held[name].document.id } });
const seen = (rows) => rows.map((r) => [r.depth, r.document ?? r.title, r.how]);
const id = (name) => held[name].document.id;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  // the lowest comes first: the chain is found whatever the order
  await put('year', '健康云沂行动2026年实施方案', '云健委〔2026〕5号', '《健康云沂行动实施方案》（云政发[2020]14号）、《健康云沂“十五五”规划》');
  await put('city', '健康云沂行动实施方案', '云政发〔2020〕14号', '《国务院关于实施健康中国行动的意见》（国发〔2019〕13号）');
  await put('county', '健康岚溪行动实施方案', '岚政发〔2020〕9号', '《健康云沂行动实施方案》');
});
after(async () => { await server.stop(); });

test('a document is followed upward by number, and what is not held is named', async () => {
  const { status, body } = await chain('year');
  assert.equal(status, 200);
  assert.deepEqual(seen(body.up), [
    [1, id('city'), 'number'],
    [2, '国务院关于实施健康中国行动的意见', null],
    [1, '健康云沂“十五五”规划', null],
  ]);
  assert.equal(body.up[1].doc_no, '国发〔2019〕13号');
  assert.deepEqual(body.down, []);
  assert.equal(body.cut, false);
});

test('and downward to those that carry it out, by number or by title', async () => {
  const { body } = await chain('city');
  assert.deepEqual(seen(body.down), [[1, id('county'), 'title'], [1, id('year'), 'number']]);
  assert.deepEqual(seen(body.up), [[1, '国务院关于实施健康中国行动的意见', null]]);
});

test('two documents that name each other end the tree', async () => {
  await put('left', '健康左岸行动实施方案', '云左发〔2026〕1号', '《健康右岸行动实施方案》（云右发〔2026〕2号）');
  await put('right', '健康右岸行动实施方案', '云右发〔2026〕2号', '《健康左岸行动实施方案》（云左发〔2026〕1号）');
  const { body } = await chain('left');
  assert.deepEqual(seen(body.up), [[1, id('right'), 'number'], [2, id('left'), 'number']]);
  assert.deepEqual(body.up.map((r) => r.again), [false, true]);
});

test('drafts are in no chain of who sees published papers alone', async () => {
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  const liaison = await server.signIn(account.name, account.password);
  assert.equal((await chain('city', liaison)).status, 404);
  const { summary } = held.city;
  const reply = await clerk.call('publishVersion', {
    path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '看过' },
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const { body } = await chain('city', liaison);
  assert.deepEqual(body.down, []);
  assert.equal(body.up.length, 1);
  assert.equal((await clerk.call('getDocumentChain', { path: { document: 999 } })).status, 404);
});
