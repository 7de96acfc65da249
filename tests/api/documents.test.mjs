/* Documents: importing, looking at, comparing and publishing their versions. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { imported as ended, sample, startServer } from './harness.mjs';

const FIRST = '01-numbered-clauses';
let server, clerk, programme, imported;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  imported = await put(sample(FIRST), `${FIRST}.txt`);
});
after(async () => { await server.stop(); });

const put = (body, name, headers = {}, client = clerk) => client.call('importDocument', {
  query: { programme, name }, headers: { 'content-type': 'text/plain', ...headers }, body,
});
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const publish = (version, remarks, match = version.summary.version, headers = {}) =>
  clerk.call('publishVersion', {
    path: { version: version.summary.id },
    headers: { 'if-match': `"${match}"`, ...headers },
    body: remarks === undefined ? {} : { remarks },
  });

/* A small plan of its own number: few lines, one warning at the most. */
const plan = (no, month, more = '') => `云沂市人民政府办公室文件

云政办发〔2031〕${no}号

云沂市人民政府办公室关于印发健康云沂行动${no}号实施方案的通知

健康云沂行动${no}号实施方案

一、健康知识普及行动
1.建好健康讲堂。面向社区安排课程。（市卫生健康委牵头，市教育局配合，${month}月底前完成）
2.办好热线。完善接听流程。（市教育局牵头，${month}月底前完成）
${more}
云沂市人民政府办公室
2031年2月3日
`;

test('a plan becomes a draft with what was found in it', () => {
  assert.equal(imported.status, 201);
  const { version, unchanged } = imported.body;
  assert.equal(unchanged, false);
  assert.equal(version.summary.state, 'draft');
  assert.equal(version.summary.no, 1);
  assert.equal(version.summary.counts.tasks, 54);
  assert.equal(version.actions.reduce((sum, action) => sum + action.tasks, 0), 54);
  assert.equal(version.document.jurisdiction, '云沂市');
});

test('the same bytes change nothing', async () => {
  const again = await put(sample(FIRST), 'another-name.txt');
  assert.equal(again.status, 200);
  assert.equal(again.body.unchanged, true);
  assert.equal(again.body.version.summary.id, imported.body.version.summary.id);
});

test('a document, its version, its register and its original are there', async () => {
  const { document, summary } = imported.body.version;
  const whole = await clerk.call('getDocument', { path: { document: document.id } });
  assert.equal(whole.status, 200);
  assert.deepEqual(whole.body.versions.map((v) => v.id), [summary.id]);
  const version = await clerk.call('getVersion', { path: { version: summary.id } });
  assert.equal(version.headers.get('etag'), `"${summary.version}"`);
  const register = await clerk.call('getRegister', { path: { version: summary.id } });
  assert.equal(register.body.tasks.length, 54);
  assert.ok(register.body.text.length > 1000);
  const same = await clerk.call('getRegister', {
    path: { version: summary.id }, headers: { 'if-none-match': register.headers.get('etag') },
  });
  assert.equal(same.status, 304);
  const original = await clerk.call('getOriginal', { path: { version: summary.id } });
  assert.deepEqual(original.bytes, sample(FIRST));
  assert.match(original.headers.get('content-disposition'), /^attachment; filename/);
});

test('the list is newest first, filtered and paged to its end', async () => {
  for (const no of [11, 12, 13]) assert.equal((await put(plan(no, 6), `${no}.txt`)).status, 201);
  const all = (await clerk.call('listDocuments', { query: { limit: 200 } })).body.items;
  assert.ok(all.length >= 4);
  const paged = [];
  let next;
  do {
    const page = await clerk.call('listDocuments', { query: { limit: 1, after: next } });
    assert.equal(page.body.items.length, 1);
    paged.push(...page.body.items);
    next = page.body.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(paged.map((d) => d.id), all.map((d) => d.id));
  const none = await clerk.call('listDocuments', { query: { state: 'superseded' } });
  assert.deepEqual(none.body.items, []);
  const own = await clerk.call('listDocuments', { query: { programme, state: 'draft' } });
  assert.equal(own.body.items.length, all.length);
});

test('another text of the same number is a new version, with the difference', async () => {
  const one = (await put(plan(21, 6), 'a.txt')).body.version;
  const other = await put(plan(21, 9, '3.清点器材。（市体育局牵头，9月底前完成）\n'), 'b.txt');
  assert.equal(other.status, 201);
  const { version, diff } = other.body;
  assert.equal(version.document.id, one.document.id);
  assert.equal(version.summary.no, 2);
  assert.equal(diff.old, one.summary.id);
  assert.equal(diff.new, version.summary.id);
  assert.deepEqual(diff.added.map((row) => row.no), ['3']);
  assert.deepEqual(diff.dropped, []);
  assert.equal(diff.changed.length, 2);
  const asked = await clerk.call('diffVersions', {
    path: { version: version.summary.id }, query: { against: one.summary.id },
  });
  assert.deepEqual(asked.body, diff);
  const back = await clerk.call('diffVersions', {
    path: { version: one.summary.id }, query: { against: version.summary.id },
  });
  assert.deepEqual(back.body.dropped.map((row) => row.no), ['3']);
});

test('publishing puts a version in force and supersedes the one before', async () => {
  const one = (await put(plan(31, 6), 'a.txt')).body.version;
  const done = await publish(one, '提示已看过');
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.summary.state, 'published');
  assert.equal(done.body.summary.remarks, '提示已看过');
  bad(await publish(done.body, '再来一次'), 409, 'conflict');
  const two = (await put(plan(31, 8), 'b.txt')).body.version;
  assert.equal((await publish(two, '改了时限')).status, 200);
  const whole = await clerk.call('getDocument', { path: { document: one.document.id } });
  assert.deepEqual(whole.body.versions.map((v) => [v.no, v.state]).sort(),
    [[1, 'superseded'], [2, 'published']]);
});

test('publishing an older draft over a newer version must be asked for', async () => {
  const one = (await put(plan(32, 6), 'a.txt')).body.version;
  const two = (await put(plan(32, 8), 'b.txt')).body.version;
  assert.equal((await publish(two, '看过')).status, 200);
  const send = (more) => clerk.call('publishVersion', {
    path: { version: one.summary.id }, headers: { 'if-match': `"${one.summary.version}"` },
    body: { remarks: '恢复旧版', ...more },
  });
  const refused = await send({});
  bad(refused, 409, 'conflict');
  assert.match(refused.body.detail, /version 2 .* version 1/);
  bad(await send({ replace_newer: false }), 409, 'conflict');
  /* Its rows were paired with what was in force then: they are paired anew with what is now. */
  bad(await send({ replace_newer: true }), 409, 'conflict');
  const paired = await clerk.call('pairAgain', { path: { version: one.summary.id }, headers: { 'if-match': `"${one.summary.version}"` }, body: {} });
  assert.equal(paired.status, 200, JSON.stringify(paired.body));
  one.summary.version = paired.body.summary.version;
  assert.equal((await send({ replace_newer: true })).body.summary.state, 'published');
});

test('open warnings ask for remarks', async () => {
  const warned = imported.body.version;
  assert.ok(warned.summary.counts.warnings > 0, 'the sample has warnings');
  const refused = await publish(warned);
  bad(refused, 400, 'bad_input');
  assert.equal((await publish(warned, '逐条看过')).status, 200);
});

test('publishing names the version that was seen', async () => {
  const { version } = (await put(plan(41, 6), 'a.txt')).body;
  bad(await publish(version, 'x', version.summary.version + 1), 409, 'stale');
  bad(await clerk.call('publishVersion', { path: { version: version.summary.id }, body: {} }),
    428, 'version_required');
});

test('an idempotency key makes a repeated request change nothing twice', async () => {
  const key = { 'idempotency-key': 'import-0001' };
  const one = await put(plan(51, 6), 'a.txt', key);
  const two = await put(plan(51, 6), 'a.txt', key);
  assert.equal(two.status, one.status);
  assert.deepEqual(two.body, one.body);
  bad(await put(plan(52, 6), 'a.txt', key), 409, 'idempotency_key_reused');
  const send = () => publish(one.body.version, '看过', one.body.version.summary.version,
    { 'idempotency-key': 'publish-0001' });
  const first = await send();
  assert.equal(first.status, 200);
  assert.deepEqual((await send()).body, first.body);
});

test('what is no plan is refused with the reason, and the server goes on', async () => {
  const cases = [
    ['nothing', '', 400, 'bad_input'],
    ['a binary', '\u0000\u0001\u0002'.repeat(50), 415, 'unsupported_kind'],
    ['no UTF-8', Buffer.from([0xd6, 0xff, 0xfe, 0x41, 0xc0, 0x80]), 400, 'not_utf8'],
    ['no plan', '今天天气很好。\n', 422, 'no_plan'],
    ['a secret', `机密★10年\n${plan(61, 6)}`, 422, 'classified'],
  ];
  for (const [what, body, status, code] of cases) {
    const reply = await put(body, 'x.txt');
    assert.deepEqual([reply.status, reply.body.code], [status, code], what);
  }
  assert.equal((await clerk.call('getHealth')).status, 200);
});

test('a paragraph of ten megabytes and fifty thousand tasks are answered, not suffered', async () => {
  const long = `一、健康行动\n1.${'开展宣传，'.repeat(700000)}。（市教育局牵头）\n`;
  const many = '一、健康行动\n' + Array.from({ length: 50000 },
    (_, i) => `${i + 1}.做好第${i + 1}件事。（市教育局牵头，6月底前完成）\n`).join('');
  const one = await ended(clerk, await put(long, 'big.txt'));
  assert.equal(one.status, 201);
  /* Neither prints a number or a title: the file's name says that it is the same document. */
  const two = await ended(clerk, await put(many, 'big.txt'));
  assert.equal(two.status, 201, JSON.stringify(two.body).slice(0, 300));
  assert.equal(two.body.version.document.id, one.body.version.document.id);
  assert.equal(two.body.version.summary.no, 2);
  assert.equal((await clerk.call('listDocuments')).status, 200);
});

test('what is not there is not found, in another jurisdiction too', async () => {
  const stranger = await (async () => {
    await server.cli('tenant', 'add', '沂南县', '379921');
    const account = await server.addUser('stranger', '沂南县');
    return server.signIn(account.name, account.password);
  })();
  const { document, summary } = imported.body.version;
  bad(await stranger.call('getDocument', { path: { document: document.id } }), 404, 'not_found');
  for (const id of ['getVersion', 'getRegister', 'getOriginal'])
    bad(await stranger.call(id, { path: { version: summary.id } }), 404, 'not_found');
  bad(await stranger.call('diffVersions', {
    path: { version: summary.id }, query: { against: summary.id },
  }), 404, 'not_found');
  bad(await stranger.call('publishVersion', {
    path: { version: summary.id }, headers: { 'if-match': '"1"' }, body: { remarks: 'x' },
  }), 404, 'not_found');
  bad(await put(plan(71, 6), 'a.txt', {}, stranger), 404, 'not_found');
  assert.deepEqual((await stranger.call('listDocuments')).body.items, []);
  bad(await clerk.call('getVersion', { path: { version: 999999 } }), 404, 'not_found');
});
