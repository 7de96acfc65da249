/* The command line: exit codes, both languages, JSON, with a server and without. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, sample, startServer } from './harness.mjs';

let server;
before(async () => { server = await startServer({ start: false }); });
after(async () => { await server.stop(); });

const run = (args, { input = '', env = {} } = {}) => {
  const done = spawnSync(binary, args, { input, env: { ...server.env, LC_ALL: 'C', ...env }, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
};

/* Rows: [what, arguments, exit code, words on standard error (or output, where it is 0)]. */
const rows = [
  ['nothing', [], 2, /usage: xingjian/],
  ['help', ['help'], 0, /user add/],
  ['help in Chinese', ['help', '--lang', 'zh'], 0, /用法：xingjian/],
  ['help of a command', ['help', 'user', 'add'], 0, /usage: xingjian user add/],
  ['--help of a command', ['user', 'add', '--help'], 0, /usage: xingjian user add/],
  ['help of no command', ['help', 'nonsense'], 2, /no command "nonsense"/],
  ['no such command', ['nonsense'], 2, /no command "nonsense"/],
  ['half a command', ['user'], 2, /no command "user"/],
  ['a word too few', ['tenant', 'add', 'x'], 2, /lacks a word/],
  ['a word too many', ['tenant', 'add', 'x', 'y', 'z'], 2, /a word too many/],
  ['no such option', ['tenant', 'list', '--nonsense'], 2, /no option "--nonsense"/],
  ['a setting of no range', ['--port', '65536', 'tenant', 'list'], 2, /"port" is a number from 0 to 65535/],
  ['a setting without value', ['tenant', 'list', '--port'], 2, /lacks its value/],
  ['another language', ['--lang', 'fr', 'tenant', 'list'], 2, /zh or en/],
  ['no settings file', ['--config', '/nonexistent', 'tenant', 'list'], 2, /cannot be read/],
  ['a database of another kind', ['--database', 'oracle:x', 'tenant', 'list'], 2, /./],
  ['a code that is none', ['tenant', 'add', '某市', '12'], 3, /a code has 6 to 9 digits/],
  ['a jurisdiction twice', ['tenant', 'add', '云沂市', '379901'], 3, /exists already/],
  ['a programme nowhere', ['programme', 'add', '无此市', 'x'], 3, /no jurisdiction "无此市"/],
  ['a programme twice', ['programme', 'add', '云沂市', '健康云沂行动'], 3, /exists already/],
  ['an account twice', ['user', 'add', '云沂市', 'CLERK'], 3, /exists already/],
  ['a name with a space', ['user', 'add', '云沂市', 'a b'], 3, /no space/],
  ['two kinds of password', ['user', 'add', '云沂市', 'x', '--generate', '--password-stdin'], 2, /say one of/],
  ['no password file', ['user', 'add', '云沂市', 'x', '--password-file', '/nonexistent'], 1, /cannot be read/],
  ['no such account', ['user', 'disable', 'nobody'], 3, /no such account/],
  ['no such unit', ['unit', 'alias', 'confirm', '云沂市', '甲', '乙'], 3, /no unit "甲"/],
  ['no such kind', ['unit', 'list', '云沂市', '--kind', 'x'], 3, /no kind/],
  ['no such state of a plan', ['plan', 'list', '--tenant', '云沂市', '--state', 'importing'], 3, /no state/],
  ['no such file', ['plan', 'compile', '/nonexistent'], 1, /could not be compiled: .* could not be opened/],
  ['an empty file', ['plan', 'compile', '/dev/null'], 1, /could not be compiled: the file is empty/],
  ['no such group', ['group', 'show', '云沂市', '各县市区'], 3, /no unit/],
  ['units of none', ['unit', 'list', '云沂市'], 0, /name +kind/],
  ['search indexes', ['search', 'rebuild', '云沂市'], 0, /done, 0 units and 0 documents changed/],
  ['search indexes of nobody', ['search', 'rebuild', '无此地'], 3, /no jurisdiction/],
  ['jurisdictions', ['tenant', 'list'], 0, /379900 +云沂市/],
  ['checks', ['db', 'check'], 0, /sound/],
  ['the journal', ['journal', 'verify'], 0, /whole/],
  ['migrated already', ['db', 'migrate'], 0, /already/],
];

for (const [what, args, code, words] of rows)
  test(`${what}: exit ${code}`, () => {
    const done = run(args);
    assert.equal(done.code, code, `${done.out}${done.err}`);
    assert.match(code === 0 ? done.out : done.err, words);
    if (code !== 0) assert.equal(done.out, '');
  });

test('an error with --json is one object with a code', () => {
  const done = run(['--json', 'programme', 'add', '无此市', 'x']);
  assert.equal(done.code, 3);
  assert.equal(JSON.parse(done.err).code, 'not_found');
});

test('a warning shows the words that it is about, with some around where they are few', () => {
  const file = join(server.folder, 'worn.txt');
  writeFileSync(file, '云沂市健康行动2024年方案\n一、重点任务\n（一）控烟行动\n1.开展控烟宣传，谋划一批项目并列岀清单。' +
    '（市教育局负责，6月底前完成）\n2.建设无烟单位，巩固成果。（市教育局负责）\n');
  const done = run(['plan', 'compile', file, '--lang', 'zh']);
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, /“岀”：“.*谋划一批项目并列岀清单.*”（ocr_suspect）/);
  assert.match(done.out, /没有完成时限：“建设无烟单位，巩固成果.*”（no_deadline）/);
});

test('a difference is told in the language of the reader', () => {
  const plan = (month) => '云沂市健康行动2024年方案\n一、重点任务\n（一）控烟行动\n' +
    `1.开展控烟宣传。（市教育局负责，${month}月底前完成）\n2.建设无烟单位。（市教育局负责，长期坚持）\n`;
  const files = ['6', '9'].map((month) => {
    const file = join(server.folder, `month-${month}.txt`);
    writeFileSync(file, plan(month));
    return file;
  });
  assert.match(run(['plan', 'diff', ...files, '--lang', 'zh']).out,
    /限期完成 2024-06-30 → 限期完成 2024-09-30/);
  assert.match(run(['plan', 'diff', ...files]).out,
    /complete by a date 2024-06-30 → complete by a date 2024-09-30/);
});

test('the language follows the locale', () => {
  assert.match(run(['tenant', 'list'], { env: { LC_ALL: 'zh_CN.UTF-8' } }).out, /代码/);
  assert.match(run(['tenant', 'list'], { env: { LC_ALL: '', LANG: 'zh_CN.UTF-8' } }).out, /代码/);
  assert.match(run(['tenant', 'list'], { env: { LC_ALL: 'en_US.UTF-8' } }).out, /code/);
  assert.match(run(['programme', 'add', '无此市', 'x'], { env: { LC_ALL: 'zh_CN.UTF-8' } }).err,
    /没有找到/);
});

test('every command has help in both languages, and codes are listed', () => {
  const { commands, exits } = JSON.parse(run(['help', '--json']).out);
  assert.ok(commands.length >= 20);
  assert.deepEqual(exits.map((e) => e.code), [0, 1, 2, 3, 4, 5]);
  for (const { name, zh, en } of commands) {
    assert.notEqual(zh, en);
    for (const lang of ['zh', 'en']) {
      const done = run(['help', '--lang', lang, ...name.split(' ')]);
      assert.equal(done.code, 0, name);
      assert.match(done.out, new RegExp(`xingjian ${name}`), name);
    }
  }
});

test('a password comes from standard input or a file, never from the command line', () => {
  const file = join(server.folder, 'password');
  writeFileSync(file, 'from-a-file-1\r\nsecond line\n', { mode: 0o600 });
  assert.equal(run(['user', 'add', '379900', 'stdin', '--password-stdin'],
    { input: 'ten-letters\n' }).code, 0);
  assert.equal(run(['user', 'add', '379900', 'file', '--password-file', file]).code, 0);
  const short = run(['user', 'add', '379900', 'short', '--password-stdin'], { input: 'ninechars\n' });
  assert.equal(short.code, 3);
  assert.match(short.err, /10 to 256/);
  assert.equal(run(['user', 'add', '379900', 'long', '--password-stdin'],
    { input: 'x'.repeat(5000) }).code, 3);
});

test('settings come from a file, the environment and flags, the later winning', () => {
  const file = join(server.folder, 'settings');
  writeFileSync(file, '# where\nport = 99999\n');
  assert.match(run(['--config', file, 'tenant', 'list']).err, /line 2 of the settings/);
  writeFileSync(file, `data = ${join(server.folder, 'nowhere')}\n`);
  /* the environment of the test names the folder too, and wins */
  assert.equal(run(['--config', file, 'tenant', 'list']).code, 0);
  assert.equal(run(['tenant', 'list', '--data', '/dev/null/x']).code, 1);
  assert.equal(run(['tenant', 'list'], { env: { XJ_PORT: 'x' } }).code, 2);
});

test('the same commands go to a running server, and their actor is the account', async () => {
  await server.serve();
  const socket = statSync(join(server.folder, 'data/socket'));
  assert.equal(socket.mode & 0o777, 0o600);
  assert.equal(statSync(join(server.folder, 'data')).mode & 0o777, 0o700);
  const made = await server.addUser('through-the-server');
  assert.equal((await server.signIn(made.name, made.password)).session.person.name, made.name);
  assert.equal(run(['tenant', 'add', '云沂市', '379901']).code, 3);
  assert.equal(run(['journal', 'verify']).code, 0);
  assert.equal(run(['db', 'check']).code, 0);
  /* what needs the data for itself says so */
  const done = run(['db', 'migrate']);
  assert.equal(done.code, 5);
  assert.match(done.err, /another process holds/);
});

test('the heads of the journal, kept elsewhere, show later what was cut off', async () => {
  const { heads } = await server.cli('journal', 'verify', '--json');
  assert.ok(heads.length >= 2 && heads.every((h) => /^\d+:\d+:[0-9a-f]{64}$/.test(h)), heads.join());
  await server.cli('programme', 'add', '379900', 'grown');
  assert.equal(run(['journal', 'verify', ...heads]).code, 0); // grown from them: still there
  const [tenant, rows, hash] = heads[1].split(':');
  for (const other of [`${tenant}:${Number(rows) + 1000}:${hash}`, `${tenant}:${rows}:${'0'.repeat(64)}`]) {
    const done = run(['journal', 'verify', other]);
    assert.equal(done.code, 4);
    assert.match(done.err, /not in the chain/);
  }
  assert.notEqual(run(['journal', 'verify', 'nonsense']).code, 0);
});

test('the check reads the files beside the database', async () => {
  const file = join(server.folder, 'plan.txt');
  writeFileSync(file, sample('01-numbered-clauses'));
  await server.cli('plan', 'import', file, '--tenant', '云沂市', '--programme', '健康云沂行动');
  const blobs = join(server.folder, 'data/blobs');
  const original = readdirSync(blobs, { recursive: true }).map((n) => join(blobs, n))
    .find((n) => statSync(n).isFile() && readFileSync(n).equals(sample('01-numbered-clauses')));
  assert.equal(run(['db', 'check']).code, 0);
  renameSync(original, `${file}.kept`);
  let done = run(['db', 'check']);
  assert.equal(done.code, 4);
  assert.match(done.err, /lacks its original/);
  writeFileSync(original, 'something else');
  done = run(['db', 'check']);
  assert.equal(done.code, 4);
  rmSync(original);
  renameSync(`${file}.kept`, original);
  assert.equal(run(['db', 'check']).code, 0);
});

test('many at once: each is done once', async () => {
  const ends = await Promise.all(Array.from({ length: 12 }, (_, i) =>
    server.cli('programme', 'add', '379900', `p${i}`)));
  assert.equal(ends.length, 12);
  const { items } = await server.cli('programme', 'list', '379900', '--json');
  assert.equal(items.filter((p) => /^p\d+$/.test(p.name)).length, 12);
});

test('a server that was killed leaves nothing in the way', async () => {
  await server.kill();
  assert.equal(run(['tenant', 'list']).code, 0);
  await server.serve();
  assert.equal(run(['tenant', 'list']).code, 0);
});

