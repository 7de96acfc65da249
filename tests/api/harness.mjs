/*
 * harness.mjs -- a real server of the program under test, and clients that hold it to the contract.
 *
 * A test file starts one server with its own data (before) and stops it (after):
 *
 *     const server = await startServer();
 *     const clerk = await server.signIn();              // the account made by startServer
 *     const reply = await clerk.call('listTasks', { query: { limit: 10 } });
 *     assert.equal(reply.status, 200);                  // body, media type, headers are checked
 *     await server.stop();                              // exit 0, db check, journal verify
 *
 * XJ_BINARY is the program, XJ_API_DATABASE "sqlite" or "postgresql" (then XJ_TEST_PGSQL is the URL
 * of a cluster in which databases may be made).  Each operation that was answered is a line of the
 * file XJ_API_HITS; run.mjs fails where one of the contract is missing there.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { judge, operationAt, operationOf } from './contract.mjs';

const run = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.XJ_BINARY ?? join(root, 'build/xingjian');
export const kind = process.env.XJ_API_DATABASE ?? 'sqlite';

let databases = 0;

/* A database of its own in the cluster of XJ_TEST_PGSQL. */
async function makeDatabase() {
  const base = process.env.XJ_TEST_PGSQL;
  assert.ok(base, 'XJ_TEST_PGSQL is not set (tests/support/pg.sh sets it)');
  const name = `api_${process.pid}_${++databases}`;
  await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', base, '-c',
    `CREATE DATABASE ${name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'`]);
  return base.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

export class Server {
  constructor(folder, database) {
    this.folder = folder;
    this.log = '';
    this.env = {
      ...process.env,
      XJ_DATA: join(folder, 'data'),
      ...(database === undefined ? {} : { XJ_DATABASE: database }),
    };
  }

  /* Run a subcommand; its standard output, parsed where --json is among ARGS. */
  async cli(...args) {
    const { stdout } = await run(binary, args, { env: this.env, maxBuffer: 64 << 20 });
    return args.includes('--json') ? JSON.parse(stdout) : stdout;
  }

  /* The same where it is expected to fail: { code, stdout, stderr }. */
  async cliFails(...args) {
    try {
      await run(binary, args, { env: this.env, maxBuffer: 64 << 20 });
    } catch (err) {
      assert.equal(typeof err.code, 'number', `${args.join(' ')}: ${err.message}`);
      return { code: err.code, stdout: err.stdout, stderr: err.stderr };
    }
    return assert.fail(`xingjian ${args.join(' ')} was expected to fail`);
  }

  /* Start `serve`; resolves when it says its address. */
  async serve(...args) {
    const from = this.log.length; /* an earlier start said its own address */
    this.child = spawn(binary, ['serve', '--port', '0', ...args],
      { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => {
      this.child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    this.origin = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no address after 60 s\n${this.log}`)), 60000);
      const take = (chunk) => {
        this.log += chunk;
        const line = this.log.slice(from).split('\n').find((l) => l.includes('"event":"listening"'));
        if (line?.endsWith('}')) {
          clearTimeout(timer);
          resolve(JSON.parse(line).url);
        }
      };
      this.child.stdout.setEncoding('utf8').on('data', take);
      this.child.stderr.setEncoding('utf8').on('data', take);
      this.ended.then((how) => {
        clearTimeout(timer);
        reject(new Error(`the server ended at once: ${JSON.stringify(how)}\n${this.log}`));
      });
    });
    return this;
  }

  /* MEMBER of the first line of the log that tells EVENT; waits until there is one. */
  async logged(event, member) {
    for (;;) {
      const line = this.log.split('\n').slice(0, -1).find((l) => l.includes(`"event":"${event}"`));
      if (line !== undefined) return JSON.parse(line)[member];
      await Promise.race([once(this.child.stderr, 'data'), once(this.child.stdout, 'data'), this.ended]);
    }
  }

  client() {
    return new Client(this);
  }

  /* A signed-in client; without arguments that of the account made by startServer. */
  async signIn(name = this.account.name, password = this.account.password) {
    const client = this.client();
    const reply = await client.call('signIn', { body: { name, password } });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    client.csrf = reply.body.csrf;
    client.session = reply.body;
    return client;
  }

  /* Stop it as an operator would; everything stored must be sound. */
  async stop({ check = true } = {}) {
    if (this.child?.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    const how = this.child === undefined ? { code: 0, signal: null } : await this.ended;
    try {
      assert.deepEqual(how, { code: 0, signal: null }, `the server's end\n${this.log.slice(-8000)}`);
      if (check) {
        await this.cli('db', 'check');
        await this.cli('journal', 'verify');
      }
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /* End it without warning, as a power cut would. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export class Client {
  constructor(server) {
    this.server = server;
    this.cookies = new Map();
    this.csrf = undefined;
  }

  /*
   * One request of operation ID: { path: {}, query: {}, headers: {}, body }.  A body that is an
   * object goes as JSON, text and bytes as they are (name their content-type in headers).
   */
  async call(id, { path = {}, query = {}, headers = {}, body } = {}) {
    const operation = operationOf(id);
    const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => {
      assert.ok(path[name] !== undefined, `${id} needs the path parameter '${name}'`);
      return encodeURIComponent(path[name]);
    });
    const search = new URLSearchParams(
      Object.entries(query).filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)])).toString();
    return this.send(operation.method, filled + (search === '' ? '' : `?${search}`),
      { headers, body });
  }

  /* Any request at all; what comes back is held to the contract all the same. */
  async send(method, target, { headers = {}, body } = {}) {
    const own = { ...headers };
    const changing = !['GET', 'HEAD', 'OPTIONS'].includes(method);
    const json = body !== undefined && typeof body === 'object' && !(body instanceof Uint8Array);
    if (json) own['content-type'] ??= 'application/json';
    if (changing && this.csrf !== undefined) own['x-csrf-token'] ??= this.csrf;
    if (this.cookies.size > 0)
      own.cookie ??= [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.server.origin + target, {
      method, headers: own, redirect: 'manual', body: json ? JSON.stringify(body) : body,
    });
    const reply = {
      status: answer.status,
      headers: answer.headers,
      bytes: Buffer.from(await answer.arrayBuffer()),
      body: undefined,
    };
    if (/json/.test(answer.headers.get('content-type') ?? '') && reply.bytes.length > 0)
      reply.body = JSON.parse(reply.bytes.toString('utf8'));
    for (const line of answer.headers.getSetCookie()) this.#keep(line);

    const url = new URL(this.server.origin + target);
    const operation = operationAt(method, url.pathname);
    if (method !== 'HEAD' && url.pathname.startsWith('/api/')) judge(operation, reply);
    /* Only what was answered with a success counts as hit. */
    if (operation !== undefined && reply.status < 400 && process.env.XJ_API_HITS !== undefined)
      appendFileSync(process.env.XJ_API_HITS, `${operation.id}\n`);
    return reply;
  }

  #keep(line) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const gone = attributes.some((a) => /^max-age=0$/i.test(a));
    if (gone) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

/* A server whose database is empty: it waits for its first start with `token`. */
export async function startEmptyServer() {
  const folder = mkdtempSync(join(tmpdir(), 'xj-api-'));
  const server = new Server(folder, kind === 'postgresql' ? await makeDatabase() : undefined);
  try {
    await server.cli('db', 'migrate');
    await server.serve();
    server.token = await server.logged('setup', 'token');
  } catch (err) {
    await server.stop({ check: false }).catch(() => undefined);
    throw err;
  }
  return server;
}

/*
 * A server that holds 泓州市 as it stands today, a year after its plan was published (play/), with all its
 * people: signIn(NAME, PLAYED_PASSWORD), the names are those of play/people.tsv.
 */
export const PLAYED_PASSWORD = 'a long password 7';
export async function startPlayedServer() {
  const beside = `${binary}-play`;
  // a year's thousands of commits wait for no disk
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'xj-api-'));
  const server = new Server(folder, kind === 'postgresql' ? await makeDatabase() : undefined);
  try {
    await server.cli('db', 'migrate');
    await run(existsSync(beside) ? beside : join(dirname(binary), 'play/xingjian-play'),
      [join(root, 'play'), join(root, 'samples/text/10-city-year.txt'), PLAYED_PASSWORD], { env: server.env });
    server.account = { name: 'bangong', password: PLAYED_PASSWORD };
    await server.serve();
  } catch (err) {
    rmSync(folder, { recursive: true, force: true });
    throw err;
  }
  return server;
}

/*
 * A server with one jurisdiction (云沂市), one programme (健康云沂行动) and one account.  Its
 * folder, and on PostgreSQL its database, are its own.
 */
export async function startServer({ args = [], start = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'xj-api-'));
  const server = new Server(folder, kind === 'postgresql' ? await makeDatabase() : undefined);
  try {
    await server.cli('db', 'migrate');
    await server.cli('tenant', 'add', '云沂市', '379900');
    await server.cli('programme', 'add', '云沂市', '健康云沂行动');
    server.account = await server.addUser('clerk', '云沂市', { post: null });
    if (start) await server.serve(...args);
  } catch (err) {
    rmSync(folder, { recursive: true, force: true });
    throw err;
  }
  return server;
}

/*
 * Another account of TENANT with a password that the program draws: { name, password }.  POST is its role ('office'
 * unless said; null: none), UNIT the name of that post's unit.
 */
Server.prototype.addUser = async function addUser(name, tenant = '云沂市', { post = 'office', unit } = {}) {
  const made = await this.cli('user', 'add', tenant, name, '--generate', '--json',
    ...(post === null ? [] : ['--post', post]), ...(unit === undefined ? [] : ['--unit', unit]));
  assert.equal(typeof made.password, 'string', JSON.stringify(made));
  return { name, password: made.password };
};

/* Job ID as it is when it has ended. */
export async function jobEnded(client, id) {
  for (let i = 0; i < 1200; i++) {
    const { body } = await client.call('getJob', { path: { job: id } });
    if (body.finished_at !== null) return body;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return assert.fail(`job ${id} does not end`);
}

/*
 * What an import came to, whether it was answered at once or is a job: { status, body } as an
 * answer at once would have them.
 */
export async function imported(client, reply) {
  if (reply.status !== 202) return reply;
  const job = await jobEnded(client, reply.body.id);
  if (job.state !== 'done') return { status: undefined, body: job.problem };
  const { version: id, unchanged, previous } = job.result;
  const version = await client.call('getVersion', { path: { version: id } });
  const diff = unchanged || previous === null ? null
    : (await client.call('diffVersions', { path: { version: id }, query: { against: previous } })).body;
  return { status: unchanged ? 200 : 201, body: { version: version.body, unchanged, diff } };
}

export const sample = (name) => readFileSync(join(root, 'samples/text', `${name}.txt`));
