/*
 * Every operation with every role: allowed, refused, filtered (rights.tsv).  An operation without a row fails, and so
 * does one that shows a unit "own" rows without a look at what is left out (FILTERED below).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { operations } from './contract.mjs';
import { startServer } from './harness.mjs';

const lines = (path) => readFileSync(path, 'utf8').split('\n').filter((l) => l !== '' && !l.startsWith('#'))
  .map((l) => l.split('\t'));
const [heading, ...rows] = lines(new URL('rights.tsv', import.meta.url));
const roles = heading.slice(1);
const table = new Map(rows.map(([id, ...cells]) => [id, Object.fromEntries(roles.map((role, i) => [role, cells[i]]))]));
const [, ...rights] = lines(new URL('../../src/org/rights.tsv', import.meta.url));
const atUnit = ['liaison_a', 'liaison_b', 'officer', 'section_head', 'unit_head', 'county_office', 'evaluator'];

let server, office, clients, plan, draft, unit, other;

const text = (number) => `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕${number}号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市教育局）
2.建立专家库。（责任单位：市卫生健康委）
`;

const importText = async (number) => {
  const reply = await office.call('importDocument', {
    query: { programme: (await office.call('listProgrammes')).body.items[0].id, name: `${number}.txt` },
    headers: { 'content-type': 'text/plain' }, body: text(number),
  });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  return reply.body.version;
};

before(async () => {
  server = await startServer();
  office = await server.signIn();
  plan = await importText(1);
  const published = await office.call('publishVersion', { path: { version: plan.summary.id },
    headers: { 'if-match': `"${plan.summary.version}"` }, body: { remarks: '已核对' } });
  assert.equal(published.status, 200, JSON.stringify(published.body));
  draft = await importText(2);
  const units = (await office.call('listUnits')).body.items;
  unit = units.find((u) => u.name === '市教育局');
  other = units.find((u) => u.name === '市卫生健康委');
  clients = {};
  for (const role of roles) {
    const account = await server.addUser(role, '云沂市', {
      post: role === 'none' ? null : role, unit: atUnit.includes(role) ? '市教育局' : undefined });
    clients[role] = await server.signIn(account.name, account.password);
  }
});
after(async () => { await server.stop(); });

test('the table has a row for each operation, and no other', () => {
  assert.deepEqual([...table.keys()].sort(), operations.map((o) => o.id).sort());
  for (const [id, cells] of table)
    for (const role of roles) assert.match(cells[role] ?? '', /^(yes|all|issued|own|no)$/, `${id} ${role}`);
});

test('a route asks for a right that there is, and the table says what that right says', () => {
  const known = new Map(rights.map(([right, ...cells]) => [right, cells.map((c) => (c === '-' ? 'no' : c))]));
  for (const { id, operation } of operations) {
    const right = operation['x-permission'];
    if (['public', 'session'].includes(right)) continue;
    assert.ok(known.has(right), `${id}: there is no right ${right}`);
    assert.deepEqual(roles.map((role) => table.get(id)[role]), [...known.get(right), 'no'], id);
  }
});

const target = ({ path, operation }) => path.replaceAll(/\{\w+\}/g, '1') +
  ((operation.parameters ?? []).some((p) => p.name === 'against') ? '?against=1' : '');

test('each operation with each role: let in or refused', async () => {
  for (const role of roles)
    for (const operation of operations) {
      const id = operation.id;
      if (id === 'signOut') continue; // ends the session; last, below
      const reply = await clients[role].send(operation.method, target(operation));
      const what = `${id} as ${role}: ${reply.status} ${reply.body?.code ?? ''}`;
      if (table.get(id)[role] === 'no') {
        assert.equal(reply.status, 403, what);
        assert.equal(reply.body.code, 'forbidden', what);
      } else {
        assert.notEqual(reply.status, 403, what);
        if (id !== 'signIn') assert.notEqual(reply.status, 401, what);
      }
    }
});

/* ---- what those see who see a part ---- */

const names = (reply) => reply.body.items.map((row) => row.title ?? row.name);
const issuedOnly = (id, path) => async (client) => {
  assert.equal((await client.call(id, { path: path(plan) })).status, 200);
  const reply = await client.call(id, { path: path(draft) });
  assert.equal(reply.status, 404, `${id} of a draft`);
};
const version = (v) => ({ version: v.summary.id });

/* For each operation: what CLIENT, whose posts reach WIDE ("own" units or "issued" papers of all), must not see. */
/* A list as a spreadsheet shows as many rows as the list, which is looked at on its own. */
const sheetOf = (book, list) => async (client) => {
  const rows = rowsOf((await client.call(book)).bytes);
  assert.equal(rows.length - 1, (await client.call(list, { query: { limit: 200 } })).body.items.length);
};

/* A task that one sees has no scan, and one that is not seen is not there. */
const noScan = async (client, id, more) => {
  for (const duty of (await office.call('listDuties')).body.items)
    assert.equal((await client.call(id, { path: { duty: duty.id, scan: 1, ...more } })).status, 404);
};

/* Only of the own unit. */
const ofUnit = (id, call = {}) => async (client) => {
  assert.equal((await client.call(id, { path: { unit: other.id }, ...call })).status, 404);
  assert.equal((await client.call(id, { path: { unit: unit.id }, ...call })).status, 200);
};
const first = { headers: { 'if-match': '"0"' } };

/* A return of the own unit, of which nothing waits, is STATUS; one of another is not there. */
const ofReturn = (id, call = {}, status = 200) => async (client) => {
  for (const one of await returns())
    assert.equal((await client.call(id, { path: { return: one.id }, ...call })).status, one.unit === unit.id ? status : 404);
};

/* What another unit asked of the office; made once. */
let asked;
const otherAsks = async () => {
  if (asked) return asked;
  const account = await server.addUser('asks', '云沂市', { post: 'liaison_a', unit: other.name });
  const theirs = (await returns()).find((one) => one.unit === other.id);
  const reply = await (await server.signIn(account.name, account.password)).call('addRequest',
    { body: { about: 'obligation', about_id: theirs.id, ask: 'extend', due: '2199-01-01', why: '要延期' } });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  asked = reply.body;
  return asked;
};

const FILTERED = {
  getDispatchRules: ofUnit('getDispatchRules'),
  getDispatchBefore: ofUnit('getDispatchBefore'),
  listDispatchWaiting: ofUnit('listDispatchWaiting'),
  setDispatchRules: async (client) => {
    assert.equal((await client.call('setDispatchRules', { path: { unit: other.id }, ...first, body: { rules: [] } })).status, 404);
  },
  getSignChain: ofUnit('getSignChain'),
  setSignChain: async (client) => {
    assert.equal((await client.call('setSignChain', { path: { unit: other.id }, ...first, body: { steps: [] } })).status, 404);
  },
  getReturnSigning: ofReturn('getReturnSigning'),
  signReturn: ofReturn('signReturn', { ...first, body: { sign: true } }, 409),
  withdrawReturn: ofReturn('withdrawReturn', { ...first, body: {} }, 409),
  listSignings: async (client) => {
    for (const row of (await client.call('listSignings')).body.items) assert.equal(row.unit.id, unit.id);
  },
  listRequests: async (client) => {
    await otherAsks();
    assert.equal((await office.call('listRequests')).body.items.length, 1);
    assert.deepEqual((await client.call('listRequests')).body.items, []);
  },
  exportRequests: sheetOf('exportRequests', 'listRequests'),
  addRequest: async (client) => {
    const { about_id } = await otherAsks();
    assert.equal((await client.call('addRequest', { body: { about: 'obligation', about_id, ask: 'extend', due: '2199-01-01', why: '要延期' } })).status, 404);
  },
  withdrawRequest: async (client) => {
    const { id } = await otherAsks();
    assert.equal((await client.call('withdrawRequest', { path: { request: id }, headers: { 'if-match': '"1"' }, body: {} })).status, 404);
  },
  dispatchByRule: ofUnit('dispatchByRule', { ...first, body: {} }),
  exportDocuments: sheetOf('exportDocuments', 'listDocuments'),
  exportDuties: sheetOf('exportDuties', 'listDuties'),
  exportObligations: sheetOf('exportObligations', 'listObligations'),
  exportOrders: sheetOf('exportOrders', 'listOrders'),
  exportReceipts: sheetOf('exportReceipts', 'listReceipts'),
  exportInspections: sheetOf('exportInspections', 'listInspections'),
  exportFindings: sheetOf('exportFindings', 'listFindings'),
  exportCirculars: sheetOf('exportCirculars', 'listCirculars'),
  listDocuments: async (client) => {
    const items = (await client.call('listDocuments')).body.items;
    assert.deepEqual(items.map((d) => d.latest.id), [plan.summary.id]);
    for (const [version, n] of [[plan, 1], [draft, 0]]) // words find no more
      assert.equal((await client.call('listDocuments', { query: { q: version.document.doc_no } })).body.items.length, n);
  },
  getDocument: async (client) => {
    assert.equal((await client.call('getDocument', { path: { document: plan.document.id } })).status, 200);
    assert.equal((await client.call('getDocument', { path: { document: draft.document.id } })).status, 404);
  },
  getDocumentChain: async (client) => {
    assert.equal((await client.call('getDocumentChain', { path: { document: plan.document.id } })).status, 200);
    assert.equal((await client.call('getDocumentChain', { path: { document: draft.document.id } })).status, 404);
  },
  search: async (client, wide, at) => {
    const found = async (q) => (await client.call('search', { query: { q } })).body;
    assert.equal((await found(plan.document.doc_no)).documents.items.length, 1);
    assert.deepEqual((await found(draft.document.doc_no)).documents.items, []);
    assert.equal((await found('宣传教育')).tasks.items.length, wide === 'issued' || at ? 1 : 0);
  },
  getVersion: issuedOnly('getVersion', version),
  getRegister: issuedOnly('getRegister', version),
  getOriginal: issuedOnly('getOriginal', version),
  getPage: async (client) => { // a text has no pages; a draft is not there at all
    for (const [v, status] of [[plan, 415], [draft, 404]])
      assert.equal((await client.call('getPage', { path: { ...version(v), page: 1 } })).status, status);
  },
  diffVersions: async (client) => {
    const reply = await client.call('diffVersions', { path: version(draft), query: { against: plan.summary.id } });
    assert.equal(reply.status, 404);
  },
  listTasks: async (client, wide, at) => {
    const expected = wide === 'issued' ? ['开展宣传教育', '建立专家库'] : at ? ['开展宣传教育'] : [];
    const items = (await client.call('listTasks')).body.items;
    assert.equal(items.length, expected.length, JSON.stringify(names({ body: { items } })));
    for (const [i, title] of expected.entries()) assert.match(items[i].title, new RegExp(title));
    for (const query of [{ version: draft.summary.id }, { state: 'draft' }])
      assert.deepEqual((await client.call('listTasks', { query })).body.items, []);
  },
  getTaskTotals: async (client, wide, at) => {
    assert.equal((await client.call('getTaskTotals')).body.tasks, wide === 'issued' ? 2 : at ? 1 : 0);
    assert.equal((await client.call('getTaskTotals', { query: { state: 'draft' } })).body.tasks, 0);
  },
  exportTasks: async (client) => {
    assert.equal((await client.call('exportTasks')).status, 200); // the same list as listTasks
  },
  listUnitTasks: async (client, wide, at) => {
    const seen = async (id) => (await client.call('listUnitTasks', { path: { unit: id } })).body;
    const [mine, theirs] = [await seen(unit.id), await seen(other.id)];
    assert.equal(mine.items.length, wide === 'issued' || at ? 1 : 0);
    assert.equal(theirs.items.length, wide === 'issued' ? 1 : 0);
    assert.equal(theirs.documents.length, theirs.items.length);
  },
  exportTasksCsv: async (client, wide, at) => {
    const reply = await client.call('exportTasksCsv', { query: { columns: 'title' } });
    assert.equal(reply.bytes.toString('utf8').trim().split('\r\n').length - 1, wide === 'issued' ? 2 : at ? 1 : 0);
  },
  getTask: async (client, wide, at) => {
    const [mine, theirs] = (await office.call('listTasks')).body.items;
    const [drafted] = (await office.call('listTasks', { query: { version: draft.summary.id } })).body.items;
    const status = async (task) => (await client.call('getTask', { path: { task: task.id } })).status;
    assert.equal(await status(mine), wide === 'issued' || at ? 200 : 404);
    assert.equal(await status(theirs), wide === 'issued' ? 200 : 404);
    assert.equal(await status(drafted), 404);
  },
  listDuties: async (client, wide, at) => {
    assert.equal((await client.call('listDuties')).body.items.length, wide === 'issued' ? 2 : at ? 1 : 0);
  },
  listInstructions: async (client) => { // none is named; instructions.test.mjs looks at those who are
    assert.equal((await client.call('listInstructions')).body.items.length, 0);
  },
  getDutyScan: (client) => noScan(client, 'getDutyScan', {}),
  getDutyScanPage: (client) => noScan(client, 'getDutyScanPage', { page: 1 }),
  getDuty: (client, wide, at) => dutyStatus(wide, at, (duty) => client.call('getDuty', { path: { duty: duty.id } })),
  listDutyLights: (client, wide, at) =>
    dutyStatus(wide, at, (duty) => client.call('listDutyLights', { path: { duty: duty.id } })),
  listDutyReturns: (client, wide, at) =>
    dutyStatus(wide, at, (duty) => client.call('listDutyReturns', { path: { duty: duty.id } })),
  moveDuty: async (client, wide, at) => {
    const move = (duty, word, version) => client.call('moveDuty', { path: { duty: duty.id },
      headers: { 'if-match': `"${version}"` }, body: { move: word, why: '试' } });
    const [mine, theirs] = (await office.call('listDuties')).body.items;
    assert.equal((await move(theirs, 'acknowledge', theirs.version)).status, 404);
    const status = (await move(mine, 'acknowledge', mine.version + 90)).status;
    assert.equal(status, at ? 409 : 404); // stale, but theirs to move
    assert.equal((await move(mine, 'suspend', mine.version)).status, 403); // the office's
  },
  dispatchDuties: async (client, wide, at) => {
    const [mine, theirs] = (await office.call('listDuties')).body.items;
    const dispatch = async (duty) => (await client.call('dispatchDuties',
      { body: { unit: duty.owner, duties: [duty.id], section: duty.owner } })).status;
    assert.equal(await dispatch(theirs), 404);
    assert.equal(await dispatch(mine), at ? 200 : 404);
  },
  listObligations: async (client, wide, at) => {
    const items = (await client.call('listObligations')).body.items;
    const all = (await office.call('listObligations')).body.items;
    assert.equal(items.length, wide === 'issued' ? all.length : at ? all.filter((o) => o.unit === unit.id).length : 0);
  },
  getObligation: async (client, wide, at) => {
    for (const one of (await office.call('listObligations')).body.items)
      assert.equal((await client.call('getObligation', { path: { obligation: one.id } })).status,
        wide === 'issued' || (at && one.unit === unit.id) ? 200 : 404);
  },
  moveObligation: async (client, wide, at) => {
    const move = (one, word) => client.call('moveObligation', { path: { obligation: one.id },
      headers: { 'if-match': `"${one.version + 90}"` }, body: { move: word, why: '试' } });
    for (const one of (await office.call('listObligations')).body.items) {
      assert.equal((await move(one, 'send')).status, at && one.unit === unit.id ? 409 : 404);
      assert.equal((await move(one, 'accept')).status, 403);
    }
  },
  listFeeds: async (client) => { // nobody feeds a return of the plan: each task has its lead alone
    assert.deepEqual((await client.call('listFeeds', { query: { unit: unit.id } })).body.items, []);
  },
  getReturn: async (client, wide, at) => {
    for (const one of await returns())
      assert.equal((await client.call('getReturn', { path: { return: one.id } })).status,
        wide === 'issued' || (at && one.unit === unit.id) ? 200 : 404);
  },
  keepReturnRow: async (client, wide, at) => {
    for (const one of await returns()) {
      const [{ duty }] = (await office.call('getReturn', { path: { return: one.id } })).body.rows;
      const reply = await client.call('keepReturnRow', { path: { return: one.id, duty },
        headers: { 'if-match': '"90"' }, body: { unit: one.unit, text: '试' } });
      assert.equal(reply.status, at && one.unit === unit.id ? 409 : 404, JSON.stringify(reply.body));
    }
  },
  keepReturnRows: async (client, wide, at) => {
    for (const one of await returns()) {
      const [{ duty }] = (await office.call('getReturn', { path: { return: one.id } })).body.rows;
      const reply = await client.call('keepReturnRows', { path: { return: one.id },
        body: { unit: one.unit, rows: [{ duty, version: 90, text: '试' }] } });
      assert.equal(reply.status, at && one.unit === unit.id ? 200 : 404, JSON.stringify(reply.body));
    }
  },
  readReturnSheet: async (client, wide, at) => {
    for (const one of await returns()) {
      const reply = await client.call('readReturnSheet', { path: { return: one.id },
        headers: { 'content-type': 'application/octet-stream' }, body: 'no spreadsheet' });
      assert.equal(reply.status, at && one.unit === unit.id ? 415 : 404, JSON.stringify(reply.body));
    }
  },
  getReturnCode: async (client, wide, at) => {
    for (const one of await returns())
      assert.equal((await client.call('getReturnCode', { path: { return: one.id } })).status,
        wide === 'issued' || (at && one.unit === unit.id) ? 200 : 404);
  },
  exportReturn: async (client, wide, at) => {
    for (const one of await returns())
      assert.equal((await client.call('exportReturn', { path: { return: one.id } })).status,
        wide === 'issued' || (at && one.unit === unit.id) ? 200 : 404);
  },
  sendReturn: async (client, wide, at) => {
    for (const one of await returns()) {
      const reply = await client.call('sendReturn', { path: { return: one.id },
        headers: { 'if-match': `"${one.version + 90}"` }, body: {} });
      assert.equal(reply.status, at && one.unit === unit.id ? 409 : 404, JSON.stringify(reply.body));
    }
  },
  listSummaries: async (client, wide, at) => {
    await summaries();
    const seen = (await client.call('listSummaries')).body.items.map((s) => [s.unit.id, s.state]);
    assert.ok(seen.every(([whose, state]) => (wide === 'issued' && state === 'sent') || (at && whose === unit.id)), JSON.stringify(seen));
    assert.equal(seen.length > 0, wide === 'issued' || at);
  },
  getSummary: async (client, wide, at) => {
    for (const one of await summaries())
      assert.equal((await client.call('getSummary', { path: { summary: one.id } })).status, seesSummary(one, wide, at) ? 200 : 404);
  },
  exportSummary: async (client, wide, at) => {
    for (const one of await summaries())
      assert.equal((await client.call('exportSummary', { path: { summary: one.id } })).status, seesSummary(one, wide, at) ? 200 : 404);
  },
  draftSummary: async (client, wide, at) => {
    for (const one of await summaries()) {
      const reply = await client.call('draftSummary', { body: { kind: 'half_year', programme: one.programme, unit: one.unit.id, from_on: '2026-01-01', to_on: '2026-06-30' } });
      assert.equal(reply.status, at && one.unit.id === unit.id ? 201 : 404, JSON.stringify(reply.body));
    }
  },
  writeSummary: async (client, wide, at) => {
    for (const one of await summaries())
      assert.equal((await client.call('writeSummary', { path: { summary: one.id }, headers: { 'if-match': '"90"' }, body: { heading: '试', body: '试' } })).status,
        at && one.unit.id === unit.id ? 409 : 404);
  },
  sendSummary: async (client, wide, at) => {
    for (const one of await summaries())
      assert.equal((await client.call('sendSummary', { path: { summary: one.id }, headers: { 'if-match': '"90"' } })).status,
        at && one.unit.id === unit.id ? 409 : 404);
  },
  listReturnFiles: async (client, wide, at) => {
    for (const one of await returns())
      assert.equal((await client.call('listReturnFiles', { path: { return: one.id } })).status,
        wide === 'issued' || (at && one.unit === unit.id) ? 200 : 404);
  },
  getFile: async (client, wide, at) => {
    for (const { id, unit: whose } of await files())
      assert.equal((await client.call('getFile', { path: { file: id } })).status,
        wide === 'issued' || (at && whose.id === unit.id) ? 200 : 404);
  },
  listOriginals: async (client, wide, at) => {
    await files();
    const items = (await client.call('listOriginals')).body.items;
    assert.ok(items.every(({ file }) => wide === 'issued' || file.unit.id === unit.id));
    assert.equal(items.length > 0, wide === 'issued' || at);
  },
  addReturnFile: async (client, wide, at) => {
    for (const one of await returns()) {
      const reply = await addOriginal(client, one, '代表单位上传的说明');
      assert.equal(reply.status, at && one.unit === unit.id ? 201 : 404, JSON.stringify(reply.body));
    }
  },
  takeReturnFile: async (client) => { // an upload is its sender's alone
    for (const one of await returns()) {
      const reply = await client.call('takeReturnFile', { path: { return: one.id }, body: { upload: 1, unit: one.unit } });
      assert.equal(reply.status, 404);
    }
  },
  removeFile: async (client) => { // what the office entered is the office's to take away
    for (const { id } of (await files()).filter((file) => file.on_behalf))
      assert.equal((await client.call('removeFile', { path: { file: id } })).status, 404);
  },
  listReceipts: async (client, wide, at) => {
    const items = (await client.call('listReceipts')).body.items;
    assert.ok(items.every((row) => wide === 'issued' || row.unit === unit.id));
    assert.equal(items.length > 0, wide === 'issued' || at);
  },
  acknowledgeNotice: async (client, wide, at) => {
    for (const { notice, unit: who } of (await office.call('listReceipts')).body.items)
      assert.equal((await client.call('acknowledgeNotice', { body: { notice, unit: who } })).status,
        at && who === unit.id ? 200 : 404);
  },
  listOrders: async (client) => {
    assert.deepEqual((await client.call('listOrders')).body.items, []);
  },
  getPasteText: async (client, wide, at) => {
    const { text } = (await client.call('getPasteText', { query: { days: 366 } })).body;
    assert.equal(text.includes(`${unit.name}：`), wide === 'issued' || at);
    assert.equal(text.includes(`${other.name}：`), wide === 'issued');
  },
  getHeatMap: async (client, wide, at) => {
    const programme = (await office.call('listProgrammes')).body.items[0].id;
    const { cells } = (await client.call('getHeatMap', { query: { programme } })).body;
    assert.ok(cells.every((cell) => wide === 'issued' || cell.unit === unit.id));
    assert.equal(cells.length > 0, wide === 'issued' || at);
  },
  listActionFigures: async (client, wide, at) => {
    const programme = (await office.call('listProgrammes')).body.items[0].id;
    const { actions } = (await office.call('getHeatMap', { query: { programme } })).body;
    for (const action of actions) {
      const { items } = (await client.call('listActionFigures', { query: { programme, action_no: action.no } })).body;
      assert.ok(items.every((figure) => wide === 'issued' || (at && figure.unit === unit.id)));
    }
  },
  listPairs: issuedOnly('listPairs', version),
  listPeople: async (client) => {
    const items = (await client.call('listPeople')).body.items;
    assert.deepEqual(items.map((p) => p.name).sort(), [...atUnit].sort());
  },
  exportDirectory: async (client, wide, at) => { // read back by who may see all of it
    const { bytes } = await client.call('exportDirectory');
    const reply = await office.call('previewDirectory', { headers: { 'content-type': 'application/octet-stream' }, body: bytes });
    const names = (what) => reply.body.lines.filter((l) => l.what === what).map((l) => l.account ?? l.name);
    assert.ok(at);
    assert.deepEqual([...new Set(names('person'))].sort(), [...atUnit].sort());
    assert.ok(names('unit').includes(unit.name));
    assert.ok(!names('unit').includes(other.name));
  },
  getPerson: async (client) => {
    const person = office.session.person.id;
    assert.equal((await client.call('getPerson', { path: { person } })).status, 404);
  },
  addPerson: async (client) => {
    const reply = await client.call('addPerson', { body: { name: 'x', post: { role: 'officer', unit: other.id } } });
    assert.equal(reply.status, 403);
  },
  addPost: async (client) => {
    const reply = await client.call('addPost', { path: { person: office.session.person.id }, body: { role: 'officer', unit: other.id } });
    assert.equal(reply.status, 403);
  },
  endPost: async (client) => {
    const [post] = (await office.call('getPerson', { path: { person: office.session.person.id } })).body.posts;
    const reply = await client.call('endPost', { path: { post: post.id }, headers: { 'if-match': '"1"' }, body: { last: '2026-01-01' } });
    assert.equal(reply.status, 403);
  },
  listInspections: async (client) => { // none was planned with this unit, or with this person in its team
    assert.deepEqual((await client.call('listInspections')).body.items, []);
  },
  getInspection: inspectionHidden('getInspection', (made) => ({ inspection: made.inspection })),
  getVisit: inspectionHidden('getVisit', (made) => ({ visit: made.visit })),
  recordVisit: inspectionHidden('recordVisit', (made) => ({ visit: made.visit }), { answers: [], findings: [], summary: '' }),
  setFindingAbout: inspectionHidden('setFindingAbout', (made) => ({ finding: made.finding }), {}),
  listFindings: async (client) => {
    assert.deepEqual((await client.call('listFindings')).body.items, []);
  },
  getFinding: inspectionHidden('getFinding', (made) => ({ finding: made.finding })),
  addFindingPicture: inspectionHidden('addFindingPicture', (made) => ({ finding: made.finding }),
    Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 3, 1, 2, 0xff, 0xd9]), { 'content-type': 'image/jpeg' }),
  getFindingAnswer: inspectionHidden('getFindingAnswer', (made) => ({ finding: made.finding, scan: 1 })),
  getFindingPicture: inspectionHidden('getFindingPicture', (made) => ({ finding: made.finding, picture: 1 })),
  moveRectification: inspectionHidden('moveRectification', (made) => ({ finding: made.finding }), { move: 'begin' }),
  listCirculars: async (client) => {
    assert.deepEqual((await client.call('listCirculars')).body.items, []);
  },
  getCircular: inspectionHidden('getCircular', (made) => ({ circular: made.circular })),
};

/* A campaign of the office alone at another unit, with a visit, a finding and a circular, made once. */
let hidden;
async function otherInspection() {
  const done = (reply) => {
    assert.ok(reply.status < 300, JSON.stringify(reply.body));
    return reply.body;
  };
  const day = new Date().toISOString().slice(0, 10);
  const version = (n) => ({ 'if-match': `"${n}"` });
  const { id: inspection } = done(await office.call('addInspection', { body: { programme: (await office.call('listProgrammes')).body.items[0].id,
    title: '别处的督导', basis: '1号', from_on: `${day.slice(0, 4)}-01-01`, to_on: `${day.slice(0, 4)}-12-31`, announced: true,
    units: [{ unit: other.id, planned: 1 }], team: [office.session.person.id] } }));
  done(await office.call('moveInspection', { path: { inspection }, headers: version(1), body: { move: 'issue' } }));
  const { id: visit } = done(await office.call('addVisit', { path: { inspection }, body: { unit: other.id, visit_on: day, announced: true } }));
  done(await office.call('recordVisit', { path: { visit }, headers: version(1), body: { answers: [], findings: [{ words: '问题', grade: 'general' }], summary: '' } }));
  const finding = (await office.call('listFindings')).body.items[0].id;
  const { id: circular } = done(await office.call('draftCircular', { path: { inspection } }));
  done(await office.call('publishCircular', { path: { circular }, headers: version(1), body: { to_all: false, units: [other.id] } }));
  return { inspection, visit, finding, circular };
}
function inspectionHidden(id, path, body, headers = {}) {
  return async (client) => {
    hidden ??= await otherInspection();
    const reply = await client.call(id, { path: path(hidden), headers: { 'if-match': '"1"', ...headers }, body });
    assert.equal(reply.status, 404, `${id} ${JSON.stringify(reply.body)}`);
  };
}

async function returns() {
  return (await office.call('listObligations', { query: { kind: 'return' } })).body.items;
}

/* A draft and a sent one of each unit that returns. */
let written;
async function summaries() {
  if (written !== undefined) return written;
  written = [];
  const owed = await returns();
  for (const whose of new Set(owed.map((o) => o.unit)))
    for (const send of [false, true]) {
      const made = await office.call('draftSummary', { body: { kind: 'half_year', programme: owed[0].programme, unit: whose, from_on: '2026-01-01', to_on: '2026-12-31' } });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const sent = send ? await office.call('sendSummary', { path: { summary: made.body.id }, headers: { 'if-match': '"1"' } }) : made;
      written.push(sent.body);
    }
  return written;
}
const seesSummary = (one, wide, at) => (wide === 'issued' && one.state === 'sent') || (at && one.unit.id === unit.id);

const addOriginal = (client, one, text) => client.call('addReturnFile', { path: { return: one.id },
  query: { unit: one.unit, name: '原件.txt', purpose: 'original' }, headers: { 'content-type': 'application/octet-stream' }, body: text });

/* Originals, of each return one that the office entered. */
async function files() {
  for (const one of await returns()) assert.equal((await addOriginal(office, one, '收到的原件')).status, 201);
  return (await office.call('listOriginals')).body.items.map(({ file }) => file);
}

/* One of the unit's duty tasks is there, one of another's is not. */
async function dutyStatus(wide, at, call) {
  const [mine, theirs] = (await office.call('listDuties')).body.items;
  assert.equal((await call(mine)).status, wide === 'issued' || at ? 200 : 404);
  assert.equal((await call(theirs)).status, wide === 'issued' ? 200 : 404);
}

test('what reaches a part shows that part', async () => {
  assert.ok(unit && other);
  for (const { id } of operations)
    for (const role of roles) {
      const wide = table.get(id)[role];
      if (wide !== 'own' && wide !== 'issued') continue;
      assert.ok(FILTERED[id], `${id} shows a part to ${role}: say in FILTERED what is left out`);
      await FILTERED[id](clients[role], wide, atUnit.includes(role));
    }
});

test('the session says the posts and the rights', async () => {
  const of = async (role) => (await clients[role].call('getSession')).body;
  assert.deepEqual((await of('none')).posts, []);
  assert.deepEqual((await of('none')).rights, []);
  const liaison = await of('liaison_a');
  assert.deepEqual(liaison.posts, [{ role: 'liaison_a', unit: { id: unit.id, name: '市教育局' } }]);
  assert.equal(liaison.rights.find((r) => r.right === 'task.read').reach, 'own');
  assert.equal((await of('office')).rights.find((r) => r.right === 'task.change').reach, 'all');
  assert.equal((await clients.none.call('signOut')).status, 204);
});

test('the first account of a jurisdiction is its office and administrator', async () => {
  assert.deepEqual((await office.call('getSession')).body.posts.map((p) => p.role).sort(), ['administrator', 'office']);
  assert.match((await server.cliFails('user', 'add', '云沂市', 'x', '--post', 'king', '--generate')).stderr, /king/);
  assert.match((await server.cliFails('user', 'add', '云沂市', 'x', '--post', 'officer', '--generate')).stderr, /at a unit/);
});
