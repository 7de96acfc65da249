/* The plan subcommands of the real program: without a server, and beside one. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, root, startServer } from './harness.mjs';

const PLACE = ['--tenant', '379900'];
const INTO = [...PLACE, '--programme', '健康云沂行动'];
const path = (name) => join(root, 'samples/text', `${name}.txt`);
const lines = (text) => text.trim().split('\n').map((line) => JSON.parse(line));
let server;

before(async () => { server = await startServer({ start: false }); });
after(async () => { await server.stop(); });

/* Exit code and output, whatever the code is. */
const ended = (...args) => new Promise((resolve) => {
  execFile(binary, args, { env: server.env, maxBuffer: 64 << 20 }, (err, stdout, stderr) =>
    resolve({ code: err === null ? 0 : err.code, stdout, stderr }));
});

/* Import FILES; an object for each. */
const imported = async (...files) => {
  const { code, stdout, stderr } = await ended('plan', 'import', ...files, ...INTO, '--json');
  assert.equal(code, 0, stderr);
  return lines(stdout);
};

test('compile prints an object a file, in their order, and stores nothing', async () => {
  const files = ['05-goals-and-tasks', '01-numbered-clauses'].map(path);
  const { code, stdout } = await ended('plan', 'compile', ...files, '--json');
  assert.equal(code, 0);
  assert.deepEqual(lines(stdout).map((r) => r.tasks.length), [30, 54]);
  assert.deepEqual((await server.cli('plan', 'list', ...PLACE, '--json')).items, []);
});

test('the exit status is that of the worst file, and the others are done', async () => {
  const { code, stdout, stderr } = await ended('plan', 'compile', path('05-goals-and-tasks'),
    join(server.folder, 'absent.txt'), '--json');
  assert.notEqual(code, 0);
  assert.match(stdout + stderr, /absent\.txt/);
  assert.equal(lines(stdout)[0].tasks.length, 30);
});

test('for people, compile tells what was found', async () => {
  const { stdout } = await ended('plan', 'compile', path('01-numbered-clauses'), '--lang', 'zh');
  assert.match(stdout, /健康云沂行动2023年实施方案/);
  assert.match(stdout, /54/);
});

test('import, list, show, diff and publish a plan and its next version', async () => {
  const [one] = await imported(path('05-goals-and-tasks'));
  assert.equal(one.version.summary.state, 'draft');
  const [same] = await imported(path('05-goals-and-tasks'));
  assert.equal(same.unchanged, true);
  assert.equal(same.version.summary.id, one.version.summary.id);

  const id = String(one.version.summary.id);
  const listed = (await server.cli('plan', 'list', ...PLACE, '--json')).items;
  assert.deepEqual(listed.map((d) => d.latest.id), [one.version.summary.id]);
  assert.match(await server.cli('plan', 'show', id, ...PLACE, '--tasks'), /沂东县/);

  const amended = join(server.folder, 'amended.txt');
  writeFileSync(amended, await new Promise((resolve) => {
    execFile('sed', ['s/2025年12月底/2025年11月底/', path('05-goals-and-tasks')],
      { maxBuffer: 1 << 24 }, (_, stdout) => resolve(`${stdout}\n`));
  }));
  const [two] = await imported(amended);
  assert.equal(two.version.document.id, one.version.document.id);
  assert.equal(two.version.summary.no, 2);
  const stored = await server.cli('plan', 'diff', id, String(two.version.summary.id), ...PLACE,
    '--json');
  assert.deepEqual([stored.added, stored.dropped], [[], []]);
  const files = await server.cli('plan', 'diff', path('05-goals-and-tasks'), amended, '--json');
  assert.equal(files.changed.length, stored.changed.length);

  const refused = await server.cliFails('plan', 'publish', id, '--tenant', '沂北县');
  assert.notEqual(refused.code, 0);
  await server.cli('plan', 'publish', String(two.version.summary.id), ...PLACE, '--remarks', '看过');
  const [head] = (await server.cli('plan', 'list', ...PLACE, '--state', 'published', '--json')).items;
  assert.equal(head.latest.id, two.version.summary.id);
});

test('beside a running server the same commands go to it', async () => {
  await server.serve();
  const [made] = await imported(path('02-decomposition-table'));
  const clerk = await server.signIn();
  const seen = await clerk.call('getVersion', { path: { version: made.version.summary.id } });
  assert.equal(seen.status, 200);
  assert.equal(seen.body.summary.counts.tasks, 45);
  assert.match(seen.body.summary.imported_by ?? '', /^os:/);
});

test('a wrong command line is said with its usage', async () => {
  assert.equal((await server.cliFails('plan', 'import', path('05-goals-and-tasks'))).code, 2);
  assert.equal((await server.cliFails('plan', 'show')).code, 2);
  const absent = await server.cliFails('plan', 'show', '999999', ...PLACE);
  assert.notEqual(absent.code, 0);
});
