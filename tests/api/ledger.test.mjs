/* The register laid out: tags of lines of work, saved views, columns, heads of the office, files under them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sample, startServer } from './harness.mjs';

let server, office, officer, rows, programme;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const list = async (query = {}, client = office) => ok(await client.call('listTasks', { query: { limit: 500, ...query } })).items;
const publish = async (version, body = {}) => ok(await office.call('publishVersion', {
  path: { version: version.summary.id }, headers: { 'if-match': `"${version.summary.version}"` },
  body: { remarks: '看过', ...body } }));
const put = async (text, name = 'plan.txt') => ok(await office.call('importDocument', {
  query: { programme, name }, headers: { 'content-type': 'text/plain' }, body: text }), 201).version;
const tag = (body, client = office) => client.call('tagTasks', { body });

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  await publish(await put(sample('01-numbered-clauses')));
  rows = await list();
  const unit = rows[0].units[0].name;
  const account = await server.addUser('officer', '云沂市', { post: 'officer', unit });
  officer = await server.signIn(account.name, account.password);
});
after(async () => { await server.stop(); });

test('tags are set and removed on many tasks, found by a filter, and counted', async () => {
  const some = rows.slice(0, 3).map((row) => row.id);
  assert.deepEqual(ok(await tag({ tasks: some, add: ['民生实事', ' 十四五 '] })), { lines: 3 });
  assert.deepEqual(ok(await tag({ tasks: some, add: ['民生实事'] })), { lines: 3 }); // so already
  assert.deepEqual((await list({ tag: '民生实事' })).map((row) => row.id), some);
  assert.deepEqual((await list({ tag: '民生实事', order: '-due' })).map((row) => row.id).sort(), [...some].sort());
  assert.deepEqual((await list({ tag: '民生实事', strength: rows[0].strength, action: rows[0].action })).map((row) => row.id),
    rows.slice(0, 3).filter((r) => r.strength === rows[0].strength && r.action === rows[0].action).map((r) => r.id));
  assert.equal(ok(await office.call('getTaskTotals', { query: { tag: '十四五' } })).tasks, 3);
  assert.deepEqual(ok(await office.call('listTags')).items, ['十四五', '民生实事']);
  ok(await tag({ tasks: [some[0]], remove: ['十四五'] }));
  assert.deepEqual((await list({ tag: '十四五' })).map((row) => row.id), some.slice(1));
  const [first] = await list({ tag: '民生实事' });
  assert.deepEqual(first.tags, ['民生实事']);
});

test('a task that got a tag is another one for who keeps a copy', async () => {
  const [, , , row] = rows;
  const one = (headers = {}) => office.call('getTask', { path: { task: row.id }, headers });
  const etag = (await one()).headers.get('etag');
  assert.equal((await one({ 'if-none-match': etag })).status, 304);
  ok(await tag({ tasks: [row.id], add: ['创建'] }));
  assert.deepEqual(ok(await one({ 'if-none-match': etag })).tags, ['创建']);
});

test('the duty task of a line has its tags, and gives it its own', async () => {
  const duties = async (query) => ok(await office.call('listDuties', { query: { limit: 500, ...query } })).items;
  const task = rows[5];
  const duty = (await duties()).find((d) => d.plan_task === task.id);
  assert.ok(duty, 'the published task has a duty task');
  ok(await tag({ tasks: [task.id], add: ['为民办实事'] }));
  assert.deepEqual(ok(await office.call('getDuty', { path: { duty: duty.id } })).tags, ['为民办实事']);
  assert.deepEqual((await duties({ tag: '为民办实事' })).map((d) => d.id), [duty.id]);
  ok(await office.call('setDutyTags', { path: { duty: duty.id }, body: { tags: ['督查'] } }));
  assert.deepEqual((await list({ tag: '督查' })).map((row) => row.id), [task.id]);
  assert.deepEqual(await list({ tag: '为民办实事' }), []);
});

test('what is wrong with tags is refused, and nothing of it done', async () => {
  const one = rows[7].id;
  bad(await tag({ tasks: [one] }), 400, 'bad_input');
  bad(await tag({ tasks: [] , add: ['a'] }), 400, 'bad_input');
  bad(await tag({ tasks: [one], add: ['甲、乙'] }), 400, 'bad_input');
  bad(await tag({ tasks: [one], add: ['x'.repeat(51)] }), 400, 'bad_input');
  bad(await tag({ tasks: [one], add: ['a'], remove: ['a'] }), 400, 'bad_input');
  bad(await tag({ tasks: [one, 999999], add: ['a'] }), 404, 'not_found');
  bad(await tag({ tasks: Array.from({ length: 501 }, (_, i) => i + 1), add: ['a'] }), 400, 'bad_input');
  bad(await tag({ tasks: [one], add: Array.from({ length: 20 }, (_, i) => `t${i}`), remove: [] }), 200);
  bad(await tag({ tasks: [one], add: ['t20'] }), 413, 'too_large');
  bad(await tag({ tasks: [one], add: ['a'] }, officer), 403, 'forbidden');
  assert.deepEqual(await list({ tag: 'a' }), []);
  ok(await tag({ tasks: [one], remove: Array.from({ length: 20 }, (_, i) => `t${i}`) }));
});

test('tags stay with the line in the next version of the document', async () => {
  const tagged = (await list({ tag: '民生实事' })).map((row) => row.title);
  const draft = await put(`${sample('01-numbered-clauses')}\n`, 'again.txt');
  assert.deepEqual((await list({ tag: '民生实事', version: draft.summary.id })).map((row) => row.title), tagged);
  await publish(draft);
  const now = await list({ tag: '民生实事' });
  assert.deepEqual(now.map((row) => row.title), tagged);
  assert.ok(now.every((row) => row.plan === draft.summary.id));
  rows = await list();
});

const view = (name, more = {}) => ({ name, filter: { tag: '民生实事', order: '-due' }, columns: ['title', 'lead', 'deadline'], ...more });
const addView = (body, client = office) => client.call('addView', { body });
const ledger = async (client = office) => ok(await client.call('getLedger'));

test('a view is saved, shared, renamed, replaced, and deleted', async () => {
  const mine = ok(await addView(view('我的实事')), 201);
  assert.equal(mine.shared, false);
  assert.deepEqual(mine.filter, { tag: '民生实事', order: '-due' });
  const shared = ok(await addView(view('全市民生实事', { shared: true, columns: [] })), 201);
  bad(await addView(view('我的实事')), 409, 'conflict');
  bad(await addView(view('x'.repeat(61))), 400, 'bad_input');
  bad(await addView(view('a', { columns: ['title', 'title'] })), 400, 'bad_input');
  bad(await addView(view('a', { columns: ['nothing'] })), 400, 'bad_input');
  bad(await addView(view('a', { filter: { after: 'x' } })), 400, 'bad_input');
  bad(await addView(view('别人的共享', { shared: true }), officer), 403, 'forbidden');
  const theirs = ok(await addView(view('我的实事'), officer), 201);
  assert.deepEqual((await ledger(officer)).views.map((v) => v.id).sort(), [shared.id, theirs.id].sort());

  const change = (id, version, body, client = office) => client.call('changeView', {
    path: { view: id }, headers: { 'if-match': `"${version}"` }, body });
  const renamed = await change(mine.id, 1, { name: '实事' });
  assert.equal(ok(renamed).name, '实事');
  assert.equal(renamed.headers.get('etag'), '"2"');
  const late = await change(mine.id, 1, { name: '迟到' });
  bad(late, 409, 'stale');
  assert.equal(late.body.yours.name, '迟到');
  assert.equal(late.body.theirs.name, '实事');
  assert.deepEqual(ok(await change(mine.id, 2, { filter: {}, columns: ['no'] })).columns, ['no']);
  bad(await change(mine.id, 3, { name: 'x' }, officer), 404, 'not_found');
  bad(await change(shared.id, 1, { name: 'x' }, officer), 403, 'forbidden');

  const desk = (body, client = office) => client.call('setDesk', { body });
  assert.deepEqual((await ledger()).desk, { view: null, columns: [] });
  assert.deepEqual(ok(await desk({ view: shared.id, columns: ['no', 'title'] }, officer)), { view: shared.id, columns: ['no', 'title'] });
  bad(await desk({ view: theirs.id, columns: [] }), 404, 'not_found');
  const remove = (id, version, client = office) => client.call('removeView', {
    path: { view: id }, headers: { 'if-match': `"${version}"` } });
  bad(await remove(shared.id, 1, officer), 403, 'forbidden');
  ok(await remove(shared.id, 1), 204);
  assert.deepEqual((await ledger(officer)).desk, { view: null, columns: ['no', 'title'] });
});

const head = (name, more = {}) => ({ name, form: 'list', title: '=健康云沂行动台账', subtitle: '', repeat: 1,
  columns: [{ key: 'number', title: '序号', width: 6 }, { key: 'title', title: '@重点任务' }, { key: 'tags', title: '标签' }], ...more });

test('heads are kept by the office, and put over its files', async () => {
  const made = ok(await office.call('addHead', { body: head('市里的格式') }), 201);
  bad(await office.call('addHead', { body: head('市里的格式') }), 409, 'conflict');
  bad(await office.call('addHead', { body: head('x', { columns: [] }) }), 400, 'bad_input');
  bad(await office.call('addHead', { body: head('x', { repeat: 4 }) }), 400, 'bad_input');
  bad(await officer.call('addHead', { body: head('x') }), 403, 'forbidden');
  assert.deepEqual(ok(await officer.call('listHeads')).items, [made]);
  const put = (version, body) => office.call('changeHead', { path: { head: made.id }, headers: { 'if-match': `"${version}"` }, body });
  assert.equal(ok(await put(1, head('市里的格式', { form: 'sheet' }))).form, 'sheet');
  const late = await put(1, head('迟到'));
  bad(late, 409, 'stale');
  assert.equal(late.body.theirs.form, 'sheet');

  for (const query of [{ head: made.id }, { form: 'sheet' }, { columns: 'title,tags' }, { columns: 'title', lang: 'en' }]) {
    const file = await office.call('exportTasks', { query });
    assert.equal(file.status, 200);
    assert.equal(file.bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
  }
  bad(await office.call('exportTasks', { query: { head: 999999 } }), 404, 'not_found');
  bad(await office.call('exportTasks', { query: { columns: 'title,title' } }), 400, 'bad_input');
  const csv = await office.call('exportTasksCsv', { query: { head: made.id, tag: '民生实事' } });
  const lines = csv.bytes.toString('utf8').split('\r\n');
  assert.equal(lines[0], '\uFEFF"序号","\'@重点任务","标签"');
  assert.equal(lines.length - 2, (await list({ tag: '民生实事' })).length);
  assert.match(lines[1], /^"1",".*","民生实事"$/);
  const remove = (version) => office.call('removeHead', { path: { head: made.id }, headers: { 'if-match': `"${version}"` } });
  bad(await remove(1), 409, 'stale');
  ok(await remove(2), 204);
});
