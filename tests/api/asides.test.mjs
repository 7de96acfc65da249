/* Documents that are no plan: set aside by an import, kept by a person, found, linked by hand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, programme;

const law = (title, text) => `${title}

为了保障公民健康，制定本规定。
${text}
`;
const put = (name, body) => clerk.call('importDocument', {
  query: { programme, name }, headers: { 'content-type': 'text/plain' }, body,
});
const asides = async () => (await clerk.call('listAsides')).body.items;
const keep = (aside, body, headers = {}) => clerk.call('keepAside', { path: { aside }, body, headers });
const fieldsOf = ({ title, doc_no, issuer, issued_on, kind }) => ({ title, doc_no, issuer, issued_on, kind });
const fields = (title, doc_no = null, kind = 'law') => ({ title, doc_no, issuer: '云沂省人大常委会', issued_on: '2031-05-01', kind });
const chain = async (document) => (await clerk.call('getDocumentChain', { path: { document } })).body;
const link = (document, other, body, version) => clerk.call('setDocumentLink', {
  path: { document, other }, headers: { 'if-match': `"${version}"` }, body,
});
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
/* A document that is no plan, by its title. */
async function kept(title, text, doc_no = null) {
  bad(await put(`${title}.txt`, law(title, text)), 422, 'no_plan');
  const [aside] = await asides();
  const reply = await keep(aside.id, fields(title, doc_no));
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  return reply.body.document;
}

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
});
after(async () => { await server.stop(); });

let first;

test('a file that is no plan waits with the head that was read', async () => {
  const body = law('云沂省爱国卫生条例', '国家机关应当保持环境整洁，不得随地吐痰。');
  bad(await put('条例.txt', body), 422, 'no_plan');
  bad(await put('条例又一次.txt', body), 422, 'no_plan'); // the same bytes wait once
  const items = await asides();
  assert.equal(items.length, 1);
  assert.equal(items[0].file_name, '条例.txt');
  assert.equal(items[0].title, '云沂省爱国卫生条例');
  assert.equal(items[0].kind, 'law');
  assert.deepEqual((await clerk.call('listDocuments')).body.items, []);
  assert.deepEqual((await clerk.call('search', { query: { q: '随地吐痰' } })).body.texts.items, []);
});

test('it is kept with what a person says, in force, found by its words', async () => {
  const [aside] = await asides();
  bad(await keep(aside.id, { ...fieldsOf(aside), title: '  ' }), 400, 'bad_input');
  bad(await keep(aside.id, { ...fieldsOf(aside), title: '甲\n乙' }), 400, 'bad_input');
  bad(await keep(aside.id + 1, fieldsOf(aside)), 404, 'not_found');
  const headers = { 'idempotency-key': 'keep-the-first' };
  const reply = await keep(aside.id, { ...fieldsOf(aside), doc_no: '省人大公告第9号', issued_on: '2031-05-01' }, headers);
  assert.equal(reply.status, 201);
  first = reply.body.document;
  const again = await keep(aside.id, { ...fieldsOf(aside), doc_no: '省人大公告第9号', issued_on: '2031-05-01' }, headers);
  assert.deepEqual([again.status, again.body.document], [201, first]);
  assert.deepEqual(await asides(), []);

  const { body } = await clerk.call('getDocument', { path: { document: first } });
  assert.deepEqual([body.kind, body.plan, body.doc_no, body.versions.length, body.versions[0].state],
    ['law', false, '省人大公告第9号', 1, 'published']);
  const text = (await clerk.call('getRegister', { path: { version: body.versions[0].id } })).body.text;
  assert.match(text, /随地吐痰/);
  const { texts } = (await clerk.call('search', { query: { q: '随地吐痰' } })).body;
  assert.equal(texts.items.length, 1);
  assert.equal(texts.items[0].document, first);
  assert.match(texts.items[0].context, /不得随地吐痰/);
  // the same bytes are held now
  const held = await put('条例.txt', law('云沂省爱国卫生条例', '国家机关应当保持环境整洁，不得随地吐痰。'));
  assert.deepEqual([held.status, held.body.unchanged], [200, true]);
});

test('a newer text of it is its next version', async () => {
  bad(await put('新条例.txt', law('云沂省爱国卫生条例', '修订后的条文提到垃圾分类。')), 422, 'no_plan');
  const [aside] = await asides();
  const reply = await keep(aside.id, { ...fieldsOf(aside), doc_no: '省人大公告第9号' });
  assert.equal(reply.body.document, first);
  const { body } = await clerk.call('getDocument', { path: { document: first } });
  assert.deepEqual(body.versions.map((v) => [v.no, v.state]), [[2, 'published'], [1, 'superseded']]);
  const found = async (q) => (await clerk.call('search', { query: { q, in: 'texts' } })).body.texts.items.length;
  assert.deepEqual([await found('随地吐痰'), await found('垃圾分类')], [0, 1]);
});

test('lists are narrowed by kind; a kind is changed by hand', async () => {
  const count = async (kind) => (await clerk.call('listDocuments', { query: { kind } })).body.items.length;
  assert.deepEqual([await count('law'), await count('standard')], [1, 0]);
  const seen = (await clerk.call('getDocument', { path: { document: first } })).body;
  const change = (body, version) => clerk.call('changeDocument', {
    path: { document: first }, headers: { 'if-match': `"${version}"` }, body,
  });
  assert.equal((await change({ ...fieldsOf(seen), kind: 'standard' }, seen.version)).status, 200);
  assert.deepEqual([await count('law'), await count('standard')], [0, 1]);
  const late = await change({ ...fieldsOf(seen), issuer: '别人' }, seen.version);
  bad(late, 409, 'stale');
  assert.equal(late.body.yours.issuer, '别人');
  assert.equal(late.body.theirs.kind, 'standard');
});

test('of a plan only the kind is changed here', async () => {
  const plan = await put('plan.txt', `健康云沂行动实施方案

一、健康知识普及行动
1.建好健康讲堂，面向社区安排课程。（市卫生健康委牵头，6月底前完成）
`);
  assert.equal(plan.status, 201);
  const { document } = plan.body.version;
  assert.deepEqual([document.kind, document.plan], ['action_plan', true]);
  const seen = (await clerk.call('getDocument', { path: { document: document.id } })).body;
  const change = (body, version) => clerk.call('changeDocument', {
    path: { document: document.id }, headers: { 'if-match': `"${version}"` }, body,
  });
  bad(await change({ ...fieldsOf(seen), title: '另一个题目' }, seen.version), 409, 'conflict');
  assert.equal((await change({ ...fieldsOf(seen), kind: 'work_points' }, seen.version)).status, 200);
  // no plan takes its title
  bad(await put('letter.txt', law('健康云沂行动实施方案', '此件只是说明。')), 422, 'no_plan');
  const [aside] = await asides();
  bad(await keep(aside.id, fieldsOf(aside)), 409, 'conflict');
  assert.equal((await clerk.call('removeAside', { path: { aside: aside.id } })).status, 204);
  assert.deepEqual(await asides(), []);
  bad(await clerk.call('removeAside', { path: { aside: aside.id } }), 404, 'not_found');
});

test('documents are linked by hand, never in a ring', async () => {
  const nation = await kept('国家健康纲要', '提出总体目标。', '国纲〔2030〕1号');
  const city = await kept('云沂市健康规定', '根据实际制定。', '云规〔2031〕2号');
  const v = async (id) => (await chain(id)).version;
  assert.equal((await link(city, first, { relation: 'carries_out' }, await v(city))).status, 200);
  assert.equal((await link(first, nation, { relation: 'based_on' }, await v(first))).status, 200);
  const { up } = await chain(city);
  assert.deepEqual(up.map((r) => [r.depth, r.document, r.link, r.relation, r.how]),
    [[1, first, 'added', 'carries_out', 'hand'], [2, nation, 'added', 'based_on', 'hand']]);
  assert.deepEqual((await chain(nation)).down.map((r) => [r.depth, r.document]), [[1, first], [2, city]]);
  bad(await link(nation, city, { relation: 'replaces' }, await v(nation)), 409, 'conflict');
  bad(await link(city, city, { relation: 'replaces' }, await v(city)), 400, 'bad_input');
  bad(await link(city, 999999, { relation: 'replaces' }, await v(city)), 404, 'not_found');
  const late = await link(city, nation, { relation: 'based_on' }, (await v(city)) - 1);
  bad(late, 409, 'stale');
  assert.equal(late.body.yours.relation, 'based_on');
  assert.equal(late.body.theirs.up.length, 2);
  const unlink = async (document, other, version) => clerk.call('removeDocumentLink', {
    path: { document, other }, headers: { 'if-match': `"${version}"` },
  });
  bad(await unlink(city, first, (await v(city)) - 1), 409, 'stale');
  assert.equal((await unlink(city, first, await v(city))).status, 200);
  bad(await unlink(city, first, await v(city)), 404, 'not_found');
  assert.deepEqual((await chain(city)).up, []);
});

test('what was recognised is confirmed or rejected, and stays so', async () => {
  const text = (more) => `云沂市控烟行动实施方案

根据《国家健康纲要》（国纲〔2030〕1号），制定本方案。

一、控烟行动
1.设置禁烟标识，覆盖全部公共场所。${more}（市卫生健康委牵头，6月底前完成）
`;
  const plan = (await put('tobacco.txt', text(''))).body.version.document.id;
  const row = async () => (await chain(plan)).up.map((r) => [r.link, r.relation]);
  const up = (await chain(plan)).up;
  assert.deepEqual(up.map((r) => [r.link, r.relation, r.how]), [['found', 'based_on', 'number']]);
  const other = up[0].document;
  const set = async (body) => assert.equal((await link(plan, other, body, (await chain(plan)).version)).status, 200);
  await set({ relation: 'carries_out' });
  assert.deepEqual(await row(), [['confirmed', 'carries_out']]);
  await set({ relation: 'based_on', rejected: true });
  assert.deepEqual(await row(), [['rejected', 'based_on']]);
  assert.ok(!(await chain(other)).down.some((r) => r.document === plan));
  assert.equal((await put('tobacco2.txt', text('加强巡查。'))).status, 201); // compiled anew
  assert.deepEqual(await row(), [['rejected', 'based_on']]);
  bad(await link(plan, first, { relation: 'based_on', rejected: true }, (await chain(plan)).version), 409, 'conflict');
  const back = await clerk.call('removeDocumentLink', {
    path: { document: plan, other }, headers: { 'if-match': `"${(await chain(plan)).version}"` },
  });
  assert.equal(back.status, 200);
  assert.deepEqual(await row(), [['found', 'based_on']]);
});

test('a draft that is no plan is set aside, with all that was done on it', async () => {
  const opinion = (no, extra = '') => `云沂市人民政府办公室关于推进健康步道建设的意见

云政办发〔2036〕${no}号

一、健康环境行动
1.建设健康步道。在每个街道安排路线。（市体育局牵头，市财政局配合，6月底前完成）
2.维护步道照明。建立巡查记录。（市住房城乡建设局负责）${extra}

云沂市人民政府办公室
2036年2月3日
`;
  const setAside = (version, match) => clerk.call('setVersionAside', { path: { version }, headers: { 'if-match': `"${match}"` }, body: {} });
  const one = (await put('意见.txt', opinion(7))).body.version;
  const two = (await put('意见改.txt', opinion(7, '\n3.开展宣传。（市体育局牵头）'))).body.version;
  assert.equal(two.document.id, one.document.id);
  const task = (await clerk.call('listTasks', { query: { version: two.summary.id } })).body.items[0];
  const edited = await clerk.call('changeTask', {
    path: { task: task.id }, headers: { 'if-match': `"${task.version}"` }, body: { strength: 'encouraged' } });
  assert.equal(edited.status, 200, JSON.stringify(edited.body));
  bad(await setAside(one.summary.id, 1), 409, 'conflict'); // the second is compared with it
  bad(await setAside(two.summary.id, 7), 409, 'stale');
  const at = (await clerk.call('getVersion', { path: { version: two.summary.id } })).body.summary.version;
  assert.equal((await setAside(two.summary.id, at)).status, 204);
  bad(await clerk.call('getVersion', { path: { version: two.summary.id } }), 404, 'not_found');
  bad(await clerk.call('getTask', { path: { task: task.id } }), 404, 'not_found');
  const back = (await clerk.call('getDocument', { path: { document: one.document.id } })).body;
  assert.deepEqual(back.versions.map((v) => v.id), [one.summary.id]);
  assert.equal((await setAside(one.summary.id, 1)).status, 204);
  bad(await clerk.call('getDocument', { path: { document: one.document.id } }), 404, 'not_found');
  const waiting = await asides();
  assert.deepEqual(waiting.slice(0, 2).map((a) => a.file_name), ['意见.txt', '意见改.txt']);
  assert.deepEqual([waiting[0].title, waiting[0].doc_no], ['云沂市人民政府办公室关于推进健康步道建设的意见', '云政办发〔2036〕7号']);
  const document = (await keep(waiting[0].id, fieldsOf(waiting[0]))).body.document;
  const found = (await clerk.call('search', { query: { q: '巡查记录' } })).body.texts.items;
  assert.deepEqual(found.map((x) => x.document), [document]);
  assert.equal((await clerk.call('removeAside', { path: { aside: waiting[1].id } })).status, 204);
  const law = (await clerk.call('listDocuments', { query: { kind: 'law' } })).body.items[0];
  bad(await setAside(law.latest.id, law.latest.version), 409, 'conflict'); // in force
});

test('the data is sound after all that', async () => {
  await server.cli('db', 'check');
});
