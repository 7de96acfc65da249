/* One box over documents, published tasks and units. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sample, startServer } from './harness.mjs';

let server, clerk, published, task;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const put = async (name) => (await clerk.call('importDocument', {
    query: { programme, name: `${name}.txt` }, headers: { 'content-type': 'text/plain' }, body: sample(name),
  })).body.version;
  const first = await put('01-numbered-clauses');
  published = (await clerk.call('publishVersion', {
    path: { version: first.summary.id }, headers: { 'if-match': `"${first.summary.version}"` }, body: { remarks: '看过' },
  })).body;
  await put('02-decomposition-table');
  [task] = (await clerk.call('listTasks', { query: { limit: 1 } })).body.items;
});
after(async () => { await server.stop(); });

const search = async (q, query = {}) => (await clerk.call('search', { query: { q, ...query } })).body;

test('a document is found by its number in any form of brackets, its title and its first letters', async () => {
  const documents = (await clerk.call('listDocuments')).body.items;
  const head = documents.find((d) => d.doc_no !== null);
  assert.ok(head, 'a sample has a number');
  const ids = async (q) => (await search(q)).documents.items.map((d) => d.id);
  for (const [open, close] of ['〔〕', '[]', '（）', '【】', '()'].map((pair) => [...pair]))
    assert.deepEqual(await ids(head.doc_no.replace(/〔/, open).replace(/〕/, close)), [head.id]);
  assert.ok((await ids(head.title.slice(0, 4))).includes(head.id));
  assert.ok(documents.some((d) => d.title.includes('健康云沂行动2023年')));
  assert.equal((await ids('JKYYXD2023n')).length, 1);
  const listed = (await clerk.call('listDocuments', { query: { q: head.doc_no } })).body.items;
  assert.deepEqual(listed.map((d) => d.id), [head.id]);
});

test('two characters find published tasks, with the words around them', async () => {
  const words = [...task.title].slice(0, 2).join('');
  const found = await search(words);
  assert.ok(found.tasks.items.length > 0);
  for (const item of found.tasks.items)
    assert.ok((item.title + item.context).includes(words), JSON.stringify(item));
  const all = (await clerk.call('listTasks', { query: { q: words, limit: 200 } })).body.items;
  const paged = [];
  let after;
  do {
    const page = (await search(words, { in: 'tasks', limit: 1, after })).tasks;
    paged.push(...page.items.map((t) => t.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  assert.deepEqual(paged, all.map((t) => t.id));
});

test('a unit is found by its name, its first letters and another name of it', async () => {
  const name = '市教育局';
  for (const q of ['教育局', 'jyj', 'SJY'])
    assert.ok((await search(q, { in: 'units' })).units.items.some((u) => u.name === name && u.alias === null), q);
  const other = (await search('市', { in: 'units', limit: 100 })).units.items.find((u) => u.name !== name && u.kind !== 'group');
  await server.cli('unit', 'alias', 'confirm', '云沂市', other.name, name);
  const found = (await search(other.name, { in: 'units' })).units.items;
  assert.deepEqual(found.filter((u) => u.alias !== null).map((u) => [u.name, u.alias]), [[name, other.name]]);
  const all = (await search('市', { in: 'units', limit: 100 })).units.items;
  const paged = [];
  let after;
  do {
    const page = (await search('市', { in: 'units', limit: 2, after })).units;
    paged.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  assert.deepEqual(paged, all);
});

test('another jurisdiction finds nothing of it', async () => {
  await server.cli('tenant', 'add', '岚溪县', '379901');
  const stranger = await server.signIn(...Object.values(await server.addUser('stranger', '岚溪县')));
  const found = (await stranger.call('search', { query: { q: '市' } })).body;
  for (const group of ['documents', 'tasks', 'units']) assert.deepEqual(found[group], { items: [], next: null });
});

test('what is no search is refused', async () => {
  const { next } = (await search('市', { in: 'units', limit: 1 })).units;
  for (const query of [{}, { q: '' }, { q: '  ' }, { q: 'x'.repeat(101) }, { q: 'x', in: 'people' }, { q: 'x', limit: 101 },
    { q: '市', after: next }, { q: '市', in: 'tasks', after: next }, { q: 'x', in: 'units', after: 'x' }]) {
    const reply = await clerk.call('search', { query });
    assert.equal(reply.status, 400, JSON.stringify(query));
    assert.equal(reply.body.code, 'bad_input');
  }
  for (const q of ['%', "'", '"', '\\', 'a*', 'NEAR(', '🙂', '﹏']) await search(q);
});

test('what searches go by is made anew from what it is derived from', async () => {
  const again = await server.cli('search', 'rebuild', '云沂市', '--json');
  assert.deepEqual(again, { units: 0, documents: 0 });
});
