/* Files of every kind, whole and broken: through the command line and through the import. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, imported, root, startServer } from './harness.mjs';

const samples = join(root, 'samples');
const broken = readdirSync(join(samples, 'broken')).filter((n) => n.endsWith('.expect.json'))
  .map((n) => [n.slice(0, -'.expect.json'.length),
    JSON.parse(readFileSync(join(samples, 'broken', n), 'utf8'))]);
const whole = ['docx/01-automatic-numbers.docx', 'xlsx/02-sheets-1904.xlsx',
  'html/01-site-page.html', 'encodings/02-gb18030.txt', 'encodings/04-utf16be.txt',
  'ocr/01-county-plan.txt', 'pdf/01-running-heads.pdf'];

/* Whether the library that reads PDF is there; ./test installs it, another machine need not. */
const readsPdf = ['x86_64', 'aarch64'].some((cpu) =>
  existsSync(`/usr/lib/${cpu}-linux-gnu/libpoppler-glib.so.8`));

let server;
let clerk;
let programme;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  [programme] = (await clerk.call('listProgrammes')).body.items;
});
after(() => server.stop());

const send = async (file, name) => imported(clerk, await clerk.call('importDocument', {
  query: { programme: programme.id, name },
  headers: { 'content-type': 'application/octet-stream' },
  body: readFileSync(join(samples, file)),
}));

/* What is kept: the blobs' names and the documents. */
const kept = async () => ({
  blobs: existsSync(join(server.folder, 'data/blobs'))
    ? readdirSync(join(server.folder, 'data/blobs'), { recursive: true }).sort() : [],
  documents: (await clerk.call('listDocuments', { query: { limit: 200 } })).body.items.length,
});

test('there are broken files of every sort', () => {
  const errors = new Set(broken.map(([, expect]) => expect.error ?? 'ok'));
  for (const one of ['classified', 'bad_input', 'too_large', 'unsupported_kind', 'ok'])
    assert.ok(errors.has(one), one);
});

for (const [name, expect] of broken) {
  test(`plan compile ${name}: ${expect.error ?? 'taken'}`, () => {
    const done = spawnSync(binary, ['plan', 'compile', join(samples, 'broken', name), '--json'],
      { encoding: 'utf8', maxBuffer: 64 << 20, env: server.env });
    if (expect.ok) {
      assert.equal(done.status, 0, done.stderr);
      assert.ok(JSON.parse(done.stdout).tasks.length > 0);
    } else {
      assert.equal(done.status, 1, done.stdout);
      const answer = JSON.parse(done.stdout.trim() || done.stderr);
      assert.equal(answer.code, expect.error, done.stdout);
    }
  });

  test(`import ${name}: ${expect.error ?? 'taken'}`, async () => {
    const was = await kept();
    const reply = await send(`broken/${name}`, name);
    if (expect.ok) {
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
    } else {
      assert.equal(reply.body.code, expect.error, JSON.stringify(reply.body));
      assert.ok(reply.status >= 400 && reply.status < 500);
      assert.deepEqual(await kept(), was, 'something of a refused file was kept');
    }
  });
}

test('nothing of a classified paper is kept, whatever its name', async () => {
  const was = await kept();
  for (const name of ['计划.docx', 'a.txt', 'x']) {
    const reply = await send('broken/classified.docx', name);
    assert.equal(reply.body.code, 'classified');
  }
  assert.deepEqual(await kept(), was);
});

for (const file of whole) {
  test(`import ${file}`, { skip: file.startsWith('pdf') && !readsPdf && 'libpoppler-glib8 is absent' },
    async () => {
      const reply = await send(file, file.replace(/^.*\//, ''));
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
      assert.ok(reply.body.version.summary.counts.tasks > 0);
    });
}

test('the pages of a PDF are there as they look, and other kinds have none', { skip: !readsPdf }, async () => {
  const pdf = (await send('pdf/03-table.pdf', '03-table.pdf')).body.version.summary.id;
  const page = (path, more = {}) => clerk.call('getPage', { path: { version: pdf, page: 1, ...path }, ...more });
  const first = await page({}, { query: { width: 400 } });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal(first.headers.get('content-type'), 'image/png');
  assert.equal(first.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(first.bytes.readUInt32BE(16), 400);
  const [width, height] = first.headers.get('x-page-size').split(' ').map(Number);
  const places = (await clerk.call('getRegister', { path: { version: pdf } })).body.places.filter((p) => p.box);
  assert.ok(places.length > 10);
  for (const { box: [left, top, right, bottom] } of places)
    assert.ok(left >= 0 && left < right && right <= width && top >= 0 && top < bottom && bottom <= height);
  const count = Number(first.headers.get('x-page-count'));
  assert.ok(Math.max(...places.map((p) => p.page)) <= count);
  const same = await page({}, { query: { width: 400 }, headers: { 'if-none-match': first.headers.get('etag') } });
  assert.equal(same.status, 304);
  for (const [what, status, code] of [[page({ page: count + 1 }), 404, 'not_found'], [page({ page: 0 }), 400, 'bad_input'],
    [page({}, { query: { width: 2401 } }), 400, 'bad_input'], [page({ version: 999 }), 404, 'not_found']]) {
    const reply = await what;
    assert.equal(reply.status, status, JSON.stringify(reply.body));
    assert.equal(reply.body.code, code);
  }
  const word = (await send('docx/01-automatic-numbers.docx', 'a.docx')).body.version.summary.id;
  const none = await page({ version: word });
  assert.equal(none.status, 415);
  assert.equal(none.body.code, 'unsupported_kind');
});
