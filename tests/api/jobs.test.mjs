/* Long imports: queued, watched, cancelled, taken up again after a crash; standing by for the lock. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeTesseract, picture } from '../support/tesseract.mjs';
import { binary, jobEnded, sample, startServer } from './harness.mjs';

const plan = sample('01-numbered-clauses');
let server, clerk, programme, gate;

before(async () => {
  server = await startServer({ start: false });
  gate = fakeTesseract(server.folder);
  server.env.PATH = `${gate.bin}:${server.env.PATH}`;
  await server.serve();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
});
after(async () => { await server.stop(); });

/* Pictures of other bytes and the same letters. */
let copies = 0;
const another = () => Buffer.concat([picture, Buffer.from(`copy ${copies++}`)]);

const put = (body, name, headers = {}, client = clerk) => client.call('importDocument', {
  query: { programme, name }, headers: { 'content-type': 'application/octet-stream', ...headers }, body,
});
const get = async (job) => (await clerk.call('getJob', { path: { job } })).body;
const until = async (what, ask) => {
  for (let i = 0; i < 1200; i++) {
    const got = await ask();
    if (got) return got;
    await sleep(100);
  }
  return assert.fail(`waited in vain: ${what}`);
};
const uploads = () => readdirSync(join(server.folder, 'data/jobs'),
  { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length;

test('a picture is kept and answered with its job, which ends with the draft', async () => {
  gate.shut();
  const reply = await put(another(), 'scan.png');
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  assert.equal(reply.headers.get('location'), `/api/v1/jobs/${reply.body.id}`);
  assert.deepEqual(reply.body.what, { programme, name: 'scan.png', size: picture.length + 6 });
  assert.equal(uploads(), 1);
  const running = await until('it recognises', async () => {
    const job = await get(reply.body.id);
    return job.doing === 'recognising' ? job : undefined;
  });
  assert.deepEqual([running.state, running.done, running.total], ['running', 1, 1]);
  gate.open();
  const done = await jobEnded(clerk, reply.body.id);
  assert.equal(done.state, 'done', JSON.stringify(done));
  assert.equal(done.result.tasks, 1);
  assert.equal(done.result.unchanged, false);
  const version = await clerk.call('getVersion', { path: { version: done.result.version } });
  assert.equal(version.body.document.id, done.result.document);
  assert.equal(uploads(), 0);
});

test('a small text is answered at once; whoever prefers it gets a job', async () => {
  assert.equal((await put(plan, 'now.txt')).status, 201);
  const later = await put(sample('02-decomposition-table'), 'later.txt', { prefer: 'respond-async' });
  assert.equal(later.status, 202);
  assert.equal((await jobEnded(clerk, later.body.id)).state, 'done');
});

test('what cannot be done is refused before a job is made', async () => {
  const count = async () => (await clerk.call('listJobs', { query: { limit: 99 } })).body.items.length;
  const held = await count();
  for (const [query, status, code] of [
    [{ programme: 999999, name: 'a.png' }, 404, 'not_found'],
    [{ programme, name: 'a/b.png' }, 400, 'bad_input'],
    [{ programme, name: 'a.docx' }, 415, 'unsupported_kind'],
  ]) {
    const reply = await clerk.call('importDocument', {
      query, headers: { 'content-type': 'application/octet-stream' }, body: another(),
    });
    assert.deepEqual([reply.status, reply.body.code], [status, code]);
  }
  assert.equal(await count(), held);
});

test('a job that failed says why, and can be taken off the list', async () => {
  const reply = await put('今天天气很好。\n', 'no plan.txt', { prefer: 'respond-async' });
  const failed = await jobEnded(clerk, reply.body.id);
  assert.deepEqual([failed.state, failed.problem?.code, failed.result], ['failed', 'no_plan', null]);
  const path = { job: failed.id };
  assert.equal((await clerk.call('cancelJob', { path })).status, 409);
  assert.equal((await clerk.call('removeJob', { path })).status, 204);
  assert.equal((await clerk.call('getJob', { path })).status, 404);
});

test('a classified paper leaves nothing behind', async () => {
  const reply = await put(Buffer.from(`机密★10年\n${plan}`), 'secret.txt', { prefer: 'respond-async' });
  const failed = await jobEnded(clerk, reply.body.id);
  assert.equal(failed.problem.code, 'classified');
  await until('its file is removed', () => uploads() === 0);
});

test('one that runs and one that waits are cancelled; other people see neither', async () => {
  gate.shut();
  const begun = gate.begun();
  const [one, two] = [(await put(another(), '1.png')).body, (await put(another(), '2.png')).body];
  await until('the first begins', () => gate.begun() > begun);
  assert.equal((await get(two.id)).state, 'waiting'); // one person's go one after the other
  const account = await server.addUser('other');
  const other = await server.signIn(account.name, account.password);
  assert.equal((await other.call('getJob', { path: { job: one.id } })).status, 404);
  assert.equal((await other.call('cancelJob', { path: { job: one.id } })).status, 404);
  assert.deepEqual((await other.call('listJobs')).body.items, []);
  assert.equal((await clerk.call('removeJob', { path: { job: one.id } })).status, 409);
  assert.equal((await clerk.call('cancelJob', { path: { job: two.id } })).body.state, 'cancelled');
  assert.equal((await clerk.call('cancelJob', { path: { job: one.id } })).status, 200);
  assert.equal((await jobEnded(clerk, one.id)).state, 'cancelled');
  assert.equal((await clerk.call('cancelJob', { path: { job: one.id } })).status, 200); // stays so
  await until('their files are removed', () => uploads() === 0);
  gate.open();
});

test('a retried upload makes one job', async () => {
  gate.shut();
  const key = { 'idempotency-key': 'upload-0001' };
  const bytes = another();
  const one = await put(bytes, 'same.png', key);
  const two = await put(bytes, 'same.png', key);
  assert.deepEqual([one.status, two.status], [202, 202]);
  assert.equal(two.body.id, one.body.id);
  assert.equal((await put(another(), 'same.png', key)).body.code, 'idempotency_key_reused');
  gate.open();
  assert.equal((await jobEnded(clerk, one.body.id)).state, 'done');
  assert.equal((await put(bytes, 'same.png', key)).body.state, 'done');
  /* the same key for another way of doing it is another request */
  const mixed = { 'idempotency-key': 'upload-0002' };
  assert.equal((await put(plan, 'now.txt', mixed)).status, 200);
  assert.equal((await put(plan, 'now.txt', { ...mixed, prefer: 'respond-async' })).body.code, 'idempotency_key_reused');
});

test('the list is newest first and paged to its end', async () => {
  const all = (await clerk.call('listJobs', { query: { limit: 99 } })).body.items.map((j) => j.id);
  assert.deepEqual(all, [...all].sort((a, b) => b - a));
  const paged = [];
  let next;
  do {
    const page = await clerk.call('listJobs', { query: { limit: 2, after: next } });
    paged.push(...page.body.items.map((j) => j.id));
    next = page.body.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(paged, all);
});

test('one above the limit of a person is refused, and takes nothing from the others', async () => {
  const account = await server.addUser('eager');
  const eager = await server.signIn(account.name, account.password);
  gate.shut();
  const jobs = [];
  for (let i = 0; i < 20; i++) jobs.push((await put(another(), `${i}.png`, {}, eager)).body.id);
  const refused = await put(another(), '20.png', {}, eager);
  assert.deepEqual([refused.status, refused.body.code], [429, 'too_many']);
  const own = await put(another(), 'own.png');
  assert.equal(own.status, 202);
  for (const job of jobs) await eager.call('cancelJob', { path: { job } });
  gate.open();
  assert.equal((await jobEnded(clerk, own.body.id)).state, 'done');
});

test('a server that was killed in the middle takes the job up, and the draft is there once', async () => {
  gate.shut();
  const begun = gate.begun();
  const { id } = (await put(another(), 'crash.png')).body;
  const count = (await clerk.call('listDocuments', { query: { limit: 200 } })).body.items.length;
  await until('it begins', () => gate.begun() > begun);
  await server.kill();
  await server.serve();
  clerk = await server.signIn();
  await until('it begins again', () => gate.begun() > begun + 1);
  gate.open();
  const done = await jobEnded(clerk, id);
  assert.equal(done.state, 'done', JSON.stringify(done));
  assert.equal(done.result.unchanged, false);
  const { items } = (await clerk.call('listDocuments', { query: { limit: 200 } })).body;
  const versions = await Promise.all(items.map(async (d) =>
    (await clerk.call('getDocument', { path: { document: d.id } })).body.versions));
  assert.equal(versions.flat().filter((v) => v.id === done.result.version).length, 1);
  assert.ok(items.length <= count + 1);
  assert.equal(uploads(), 0);
});

test('a stop in good order gives the job back, and the next start does it', async () => {
  gate.shut();
  const begun = gate.begun();
  const { id } = (await put(another(), 'stopped.png')).body;
  await until('it begins', () => gate.begun() > begun);
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.ended, { code: 0, signal: null });
  gate.open();
  await server.serve();
  clerk = await server.signIn();
  assert.equal((await jobEnded(clerk, id)).state, 'done');
});

test('the command line waits for a long import with a running server', async () => {
  const file = join(server.folder, 'cli.png');
  writeFileSync(file, another());
  const answer = await server.cli('plan', 'import', file, '--tenant', '云沂市', '--programme', '健康云沂行动', '--json');
  assert.equal(answer.version.summary.file_name ?? 'cli.png', 'cli.png');
  assert.equal(answer.version.summary.counts.tasks, 1);
});

test('a second server stands by and takes over when the first ends', async () => {
  let log = '';
  const second = spawn(binary, ['serve', '--port', '0'], { env: server.env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [second.stdout, second.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => { log += chunk; });
  const ended = new Promise((resolve) => { second.on('exit', (code, signal) => resolve({ code, signal })); });
  await until('it stands by', () => log.includes('"event":"standing-by"'));
  assert.ok(!log.includes('"event":"listening"'));
  assert.equal((await clerk.call('getHealth')).status, 200);
  await server.kill();
  await until('it listens', () => log.includes('"event":"listening"'));
  /* a third waits in turn, and ends in good order when told to */
  const third = spawn(binary, ['serve', '--port', '0'], { env: server.env, stdio: ['ignore', 'ignore', 'pipe'] });
  let waits = '';
  third.stderr.setEncoding('utf8').on('data', (chunk) => { waits += chunk; });
  const gone = new Promise((resolve) => { third.on('exit', (code) => resolve(code)); });
  await until('the third stands by', () => waits.includes('standing-by'));
  third.kill('SIGTERM');
  assert.equal(await gone, 0);
  server.child = second;
  server.ended = ended;
});
