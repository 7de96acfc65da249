/* plan import, list, show, diff and publish: the program itself, with a server running. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startServer } from './harness.mjs';

const old = join(root, 'samples/text/01-numbered-clauses.txt');
const sample = readFileSync(old, 'utf8');
const where = ['--tenant', '379900', '--programme', '健康云沂行动'];
let server, next, first, second;

before(async () => {
  server = await startServer();
  next = join(server.folder, 'next.txt');
  writeFileSync(next, sample.replaceAll('市教育局', '市水利局'));
});
after(async () => { await server.stop(); });

test('several files are a line each, and the worst decides', async () => {
  first = await server.cli('plan', 'import', old, ...where, '--json');
  assert.equal(first.unchanged, false);
  assert.equal(first.diff, null);
  const worst = await server.cliFails('plan', 'import', old, '/nonexistent', next, ...where, '--json');
  assert.notEqual(worst.code, 0);
  const lines = worst.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines[0].unchanged, true);
  second = lines.at(-1);
  assert.equal(second.diff.old, first.version.summary.id);
  assert.ok(second.diff.changed.length > 0);
});

test('what is needed is asked for', async () => {
  assert.equal((await server.cliFails('plan', 'import', old)).code, 2);
  assert.equal((await server.cliFails('plan', 'list')).code, 2);
  assert.equal((await server.cliFails('plan', 'show', 'x', '--tenant', '379900')).code, 3);
  assert.notEqual((await server.cliFails('plan', 'import', old, '--tenant', '379900', '--programme', '没有')).code, 0);
});

test('versions are listed, shown and compared, for people too', async () => {
  const id = String(second.version.summary.id);
  const listed = await server.cli('plan', 'list', '--tenant', '379900', '--json');
  assert.deepEqual(listed.items.map((d) => String(d.latest.id)), [id]);
  assert.match(await server.cli('plan', 'list', '--tenant', '379900', '--lang', 'zh'), /草稿/);
  const shown = await server.cli('plan', 'show', id, '--tenant', '379900', '--tasks', '--json');
  assert.equal(shown.tasks.length, shown.version.summary.counts.tasks);
  assert.match(await server.cli('plan', 'show', id, '--tenant', '379900', '--tasks'), /市水利局/);
  const stored = await server.cli('plan', 'diff', String(first.version.summary.id), id, '--tenant', '379900', '--json');
  const files = await server.cli('plan', 'diff', old, next, '--json');
  assert.deepEqual(stored.changed, files.changed);
  assert.match(await server.cli('plan', 'diff', old, next, '--lang', 'zh'), /改动/);
});

test('a draft is published once, and the one before is superseded', async () => {
  for (const made of [first, second]) {
    const id = String(made.version.summary.id);
    const done = await server.cli('plan', 'publish', id, '--tenant', '379900', '--remarks', '已核', '--json');
    assert.equal(done.summary.state, 'published');
    assert.equal((await server.cliFails('plan', 'publish', id, '--tenant', '379900', '--remarks', '已核')).code, 3);
  }
  const shown = await server.cli('plan', 'show', String(first.version.summary.id), '--tenant', '379900', '--json');
  assert.equal(shown.version.summary.state, 'superseded');
});
