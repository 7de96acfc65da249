/* Every list as a spreadsheet: the same rows as the list, page after page, and text that stays text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { root, startServer } from './harness.mjs';

let server, office, liaison;

const sheet = (name) => readFileSync(join(root, 'src/api/sheets.tsv'), 'utf8').split('\n').map((l) => l.split('\t'))
  .filter(([what, of]) => what === 'col' && of === name);
const LISTS = { listAliases: 'exportAliases', listAreas: 'exportAreas', listCirculars: 'exportCirculars', listDeliveries: 'exportDeliveries',
  listDocuments: 'exportDocuments', listDuties: 'exportDuties', listFindings: 'exportFindings', listInspectionBurden: 'exportInspectionBurden',
  listInspections: 'exportInspections', listObligations: 'exportObligations', listOrders: 'exportOrders', listReceipts: 'exportReceipts' };
const NEEDED = { listInspectionBurden: { year: 2026 } };

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const made = await office.call('importDocument', {
    query: { programme: (await office.call('listProgrammes')).body.items[0].id, name: '01.txt' },
    headers: { 'content-type': 'text/plain' }, body: readFileSync(join(root, 'samples/text/01-numbered-clauses.txt'), 'utf8') });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { summary } = made.body.version;
  const done = await office.call('publishVersion', { path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '照此发布' } });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  liaison = await server.signIn(account.name, account.password);
  await office.call('addArea', { body: { name: '=HYPERLINK("x")', level: 'county', official: false } });
});
after(async () => { await server.stop(); });

for (const [list, book] of Object.entries(LISTS))
  test(`${book} has the rows of ${list}, for each who may ask`, async () => {
    const columns = sheet(list);
    for (const client of [office, liaison])
      for (const lang of ['zh', 'en']) {
        const query = { ...NEEDED[list] };
        const items = [];
        const first = await client.call(list, { query });
        const made = await client.call(book, { query: { ...query, lang } });
        assert.equal(made.status, first.status, JSON.stringify(made.body));
        if (first.status !== 200) continue;
        for (let page = first.body; ; page = (await client.call(list, { query: { ...query, after: page.next } })).body) {
          items.push(...page.items);
          if (!page.next) break;
        }
        const [head, ...rows] = rowsOf(made.bytes);
        assert.deepEqual(head, columns.map((c) => c[lang === 'zh' ? 3 : 4]));
        assert.equal(rows.length, items.length);
        for (const [i, item] of items.entries())
          for (const [k, [, , key, , , , how]] of columns.entries()) {
            const value = key.split('.').reduce((o, part) => o?.[part], item);
            if (how === 'text') assert.equal(rows[i][k] ?? '', value === null || value === undefined ? '' : String(value), `${key} of row ${i}`);
            else if (how === 'int') assert.equal(rows[i][k] || '', value === null || value === undefined ? '' : String(value), `${key} of row ${i}`);
            else assert.equal((rows[i][k] ?? '') === '', value === null || value === undefined || value === '');
          }
      }
  });

test('filters are those of the list, and every word of a list is known to its sheet', async () => {
  const open = (await office.call('listObligations', { query: { open: true, limit: 200 } })).body.items;
  assert.ok(open.length > 0);
  const rows = rowsOf((await office.call('exportObligations', { query: { open: true } })).bytes).slice(1);
  for (const row of rows) assert.doesNotMatch(row.join(' '), /[a-z]_[a-z]|\breturn\b/, 'a word of the API');
  const duties = rowsOf((await office.call('exportDuties')).bytes).slice(1);
  for (const row of duties) assert.match(row[6], /[一-龥]/);
  const [, area] = rowsOf((await office.call('exportAreas')).bytes);
  assert.equal(area[0], '=HYPERLINK("x")'); // read as text: a formula has no text of its own
  const bad = await office.call('exportDuties', { query: { light: 'blue' } });
  assert.equal(bad.status, 400);
});

test('many alike names are decided in one request; what cannot be is named', async () => {
  const file = '单位名称\n云沂市财政局\n市财政局\n云沂市审计局\n市审计局\n';
  const seen = await office.call('previewDirectory', { headers: { 'content-type': 'text/plain' }, body: file });
  await office.call('importDirectory', { query: { token: seen.body.token }, headers: { 'content-type': 'text/plain' }, body: file });
  const units = (await office.call('listUnits', { query: { limit: 500 } })).body.items;
  const id = (name) => units.find((u) => u.name === name).id;
  const pairs = [['市财政局', '云沂市财政局'], ['市审计局', '云沂市审计局']].map(([a, b]) => ({ alias: id(a), unit: id(b) }));
  const said = await office.call('decideAliases', { body: { state: 'confirmed', pairs: [...pairs, { alias: id('市财政局'), unit: id('云沂市审计局') }] } });
  assert.deepEqual(said.body, { decided: 2, left: [{ alias: id('市财政局'), unit: id('云沂市审计局') }] });
  assert.deepEqual((await office.call('decideAliases', { body: { state: 'proposed', pairs } })).body, { decided: 2, left: [] });
  assert.equal((await office.call('decideAliases', { body: { state: 'confirmed', pairs: [{ alias: 1, unit: 2 }] } })).status, 404);
});
