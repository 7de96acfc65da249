/* The 台账: tasks by filters, their totals, one task and its change, the spreadsheet. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sample, startServer } from './harness.mjs';

let server, clerk, published, draft;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const put = async (name) => (await clerk.call('importDocument', {
    query: { programme, name: `${name}.txt` }, headers: { 'content-type': 'text/plain' },
    body: sample(name),
  })).body.version;
  const first = await put('01-numbered-clauses');
  published = (await clerk.call('publishVersion', {
    path: { version: first.summary.id },
    headers: { 'if-match': `"${first.summary.version}"` },
    body: { remarks: '看过' },
  })).body;
  draft = await put('02-decomposition-table');
});
after(async () => { await server.stop(); });

const list = async (query = {}) => (await clerk.call('listTasks', { query })).body;
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};

/* All rows of a list, page by page. */
async function every(query) {
  const rows = [];
  let after;
  do {
    const page = await list({ ...query, after });
    rows.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

test('the register holds published tasks, drafts on request', async () => {
  const rows = await every({ limit: 500 });
  assert.equal(rows.length, published.summary.counts.tasks);
  assert.ok(rows.every((row) => row.state === 'published'));
  const drafted = await every({ version: draft.summary.id, limit: 500 });
  assert.equal(drafted.length, draft.summary.counts.tasks);
  assert.ok(drafted.every((row) => row.plan === draft.summary.id));
});

test('pages join without a gap or a repeat, in every order', async () => {
  for (const order of ['plan', 'due', '-due', 'changed', '-changed']) {
    const whole = await every({ order, limit: 500 });
    const paged = await every({ order, limit: 7 });
    assert.deepEqual(paged.map((row) => row.id), whole.map((row) => row.id), order);
    assert.equal(new Set(paged.map((row) => row.id)).size, paged.length, order);
  }
  const dates = (await every({ order: 'due', limit: 500 })).map((row) => row.deadline.date)
    .filter((date) => date !== null);
  assert.deepEqual(dates, [...dates].sort());
});

test('each filter gives exactly the rows it names', async () => {
  const rows = await every({ limit: 500 });
  const ids = (some) => some.map((row) => row.id).sort();
  const [{ action }] = rows;
  assert.deepEqual(ids(await every({ action, limit: 500 })),
    ids(rows.filter((row) => row.action === action)));
  const unit = rows[0].units[0];
  const has = (row, role) => row.units.some((u) => u.id === unit.id && (!role || u.role === role));
  assert.deepEqual(ids(await every({ unit: unit.id, limit: 500 })),
    ids(rows.filter((row) => has(row))));
  for (const role of ['lead', 'responsible', 'cooperate']) {
    assert.deepEqual(ids(await every({ unit: unit.id, role, limit: 500 })),
      ids(rows.filter((row) => has(row, role))), role);
  }
  for (const kind of ['none', 'complete_by', 'start_by', 'ongoing', 'full_year', 'recurring']) {
    assert.deepEqual(ids(await every({ kind, limit: 500 })),
      ids(rows.filter((row) => row.deadline.kind === kind)), kind);
  }
  for (const strength of ['must', 'expected', 'encouraged']) {
    assert.deepEqual(ids(await every({ strength, limit: 500 })),
      ids(rows.filter((row) => row.strength === strength)), strength);
  }
  const due = rows.map((row) => row.deadline.date).filter(Boolean).sort();
  const middle = due[Math.floor(due.length / 2)];
  assert.deepEqual(ids(await every({ due_from: middle, due_to: middle, limit: 500 })),
    ids(rows.filter((row) => row.deadline.date === middle)));
  const words = rows[3].title.slice(0, 4);
  const found = await every({ q: words, limit: 500 });
  assert.ok(found.some((row) => row.id === rows[3].id), `'${words}' is not found`);
  assert.ok(found.length < rows.length);
  assert.deepEqual((await list({ q: '此词不在任何任务之中' })).items, []);
});

test('totals count the same rows', async () => {
  const rows = await every({ limit: 500 });
  const totals = (await clerk.call('getTaskTotals')).body;
  assert.equal(totals.tasks, rows.length);
  assert.equal(totals.by_action.reduce((sum, row) => sum + row.tasks, 0), rows.length);
  assert.equal(totals.by_kind.reduce((sum, row) => sum + row.tasks, 0), rows.length);
  assert.equal(totals.by_strength.reduce((sum, row) => sum + row.tasks, 0), rows.length);
  for (const role of ['lead', 'responsible', 'cooperate']) {
    assert.equal(totals.by_unit.reduce((sum, row) => sum + row[role], 0),
      rows.reduce((sum, row) => sum + row.units.filter((u) => u.role === role).length, 0), role);
  }
  const some = (await clerk.call('getTaskTotals', { query: { strength: 'encouraged' } })).body;
  assert.equal(some.tasks, rows.filter((row) => row.strength === 'encouraged').length);
});

test('parameters that the contract does not have, or that do not fit, are refused', async () => {
  for (const query of [{ limit: 0 }, { limit: 501 }, { due_from: '2023-02-30' }, { order: 'x' },
    { after: 'AAAA' }, { nothing: 1 }, { unit: 'x' }, { q: '' }])
    bad(await clerk.call('listTasks', { query }), 400, 'bad_input');
});

test('the spreadsheet is a workbook and an attachment', async () => {
  for (const lang of ['zh', 'en']) {
    const reply = await clerk.call('exportTasks', { query: { lang } });
    assert.equal(reply.status, 200);
    assert.equal(reply.bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
    assert.match(reply.headers.get('content-disposition'), /^attachment; .*\.xlsx/);
  }
});

test('one task carries its words and its version', async () => {
  const [row] = (await list({ limit: 1 })).items;
  const reply = await clerk.call('getTask', { path: { task: row.id } });
  assert.equal(reply.headers.get('etag'), `"${row.version}"`);
  assert.equal(reply.body.title, row.title);
  assert.ok(reply.body.text.length >= row.title.length);
  const same = await clerk.call('getTask', {
    path: { task: row.id }, headers: { 'if-none-match': `"${row.version}"` },
  });
  assert.equal(same.status, 304);
  bad(await clerk.call('getTask', { path: { task: 999999 } }), 404, 'not_found');
});

const change = (task, body, headers = {}) => clerk.call('changeTask', {
  path: { task: task.id }, headers: { 'if-match': `"${task.version}"`, ...headers }, body,
});

test('a task of a draft changes, and the list shows it', async () => {
  const [row] = await every({ version: draft.summary.id, limit: 500 });
  const done = await change(row, {
    title: '改过的题目', strength: 'expected',
    units: [{ name: '市教育局', role: 'lead' }, { name: '一个新单位', role: 'cooperate' }],
    deadline: { kind: 'complete_by', date: '2031-05-31' }, why: '核对原件',
  });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.equal(done.body.version, row.version + 1);
  assert.equal(done.headers.get('etag'), `"${done.body.version}"`);
  assert.deepEqual(done.body.units.map((u) => [u.name, u.role]),
    [['市教育局', 'lead'], ['一个新单位', 'cooperate']]);
  const shown = (await every({ version: draft.summary.id, limit: 500 }))
    .find((r) => r.id === row.id);
  assert.equal(shown.title, '改过的题目');
  assert.equal(shown.deadline.date, '2031-05-31');
});

test('two people at once: the second gets both texts', async () => {
  const row = (await every({ version: draft.summary.id, limit: 500 }))[1];
  const replies = await Promise.all([
    change(row, { title: '甲的题目' }), change(row, { title: '乙的题目' })]);
  assert.deepEqual(replies.map((r) => r.status).sort(), [200, 409]);
  const won = replies.find((r) => r.status === 200).body;
  const lost = replies.find((r) => r.status === 409).body;
  assert.equal(lost.code, 'stale');
  assert.equal(lost.theirs.title, won.title);
  assert.notEqual(lost.yours.title, won.title);
});

test('a repeated change with its key changes nothing twice', async () => {
  const row = (await every({ version: draft.summary.id, limit: 500 }))[2];
  const key = { 'idempotency-key': 'change-0001' };
  const one = await change(row, { title: '一次' }, key);
  const two = await change(row, { title: '一次' }, key);
  assert.equal(one.status, 200);
  assert.equal(two.status, 200);
  assert.deepEqual(two.body, one.body);
  assert.equal((await clerk.call('getTask', { path: { task: row.id } })).body.version,
    row.version + 1);
});

test('what is published does not change, and a change says what it saw', async () => {
  const [row] = (await list({ limit: 1 })).items;
  bad(await change(row, { title: '不行' }), 409, 'conflict');
  bad(await clerk.call('changeTask', { path: { task: row.id }, body: { title: 'x' } }),
    428, 'version_required');
  const drafted = (await every({ version: draft.summary.id, limit: 500 }))[3];
  for (const body of [{}, { title: '' }, { nothing: 1 }, { deadline: { kind: 'x' } },
    { units: [{ name: '', role: 'lead' }] }])
    bad(await change(drafted, body), 400, 'bad_input');
});
