/* Files that come in pieces: the protocol's own client, broken lines, a killed server, strangers. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as tus from 'tus-js-client';
import { startServer } from './harness.mjs';

let server, here, there;
const protocol = { 'tus-resumable': '1.0.0' };
const named = (name) => `filename ${Buffer.from(name).toString('base64')}`;
const piece = (offset) => ({ ...protocol, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) });

before(async () => {
  server = await startServer();
  here = await server.signIn();
  const other = await server.addUser('other');
  there = await server.signIn(other.name, other.password);
});
after(async () => { await server.stop(); });

async function announce(client, name, length, more = {}) {
  return client.call('addUpload', {
    headers: { ...protocol, 'upload-length': String(length), 'upload-metadata': named(name), ...more },
  });
}

/* What lies in the data folder of upload ID. */
function held(id) {
  return readFileSync(join(server.folder, 'data/uploads', `${here.session.tenant.id}-${id}`));
}

test('the client of the protocol brings a file', async () => {
  const bytes = randomBytes(3 * 1024 * 1024 + 17);
  const seen = [];
  const url = await new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint: `${server.origin}/api/v1/uploads`,
      chunkSize: 1024 * 1024,
      metadata: { filename: '影像 资料.mp4', filetype: 'video/mp4' },
      headers: { cookie: [...here.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'x-csrf-token': here.csrf },
      onError: reject,
      onProgress: (sent) => { seen.push(sent); },
      onSuccess: () => { resolve(upload.url); },
    });
    upload.start();
  });
  const id = Number(url.split('/').at(-1));
  const reply = await here.call('getUpload', { path: { upload: id } });
  assert.equal(reply.body.name, '影像 资料.mp4');
  assert.equal(reply.body.offset, bytes.length);
  assert.equal(createHash('sha256').update(held(id)).digest('hex'), createHash('sha256').update(bytes).digest('hex'));
  assert.ok(seen.length > 1);
  assert.equal((await here.call('removeUpload', { path: { upload: id }, headers: protocol })).status, 204);
  assert.throws(() => held(id), { code: 'ENOENT' });
});

test('it goes on where it broke off, after the server was killed too', async () => {
  const added = await announce(here, 'a.bin', 10);
  assert.equal(added.status, 201);
  const id = added.body.id;
  assert.equal(added.headers.get('location'), `/api/v1/uploads/${id}`);
  assert.equal(added.headers.get('tus-resumable'), '1.0.0');
  const first = await here.call('appendUpload', { path: { upload: id }, headers: piece(0), body: Buffer.from('abcd') });
  assert.equal(first.status, 204);
  assert.equal(first.headers.get('upload-offset'), '4');

  await server.kill();
  await server.serve();
  here = await server.signIn();
  const head = await here.send('HEAD', `/api/v1/uploads/${id}`, { headers: protocol });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('upload-offset'), '4');
  assert.equal(head.headers.get('upload-length'), '10');
  assert.ok(Date.parse(head.headers.get('upload-expires')) > Date.now() + 6 * 86400e3);
  assert.equal(head.bytes.length, 0);

  /* the piece that was acknowledged comes again: the client had not heard it */
  const again = await here.call('appendUpload', { path: { upload: id }, headers: piece(0), body: Buffer.from('abcd') });
  assert.equal(again.status, 409);
  const beyond = await here.call('appendUpload', { path: { upload: id }, headers: piece(4), body: Buffer.from('efghijk') });
  assert.equal(beyond.status, 413);
  assert.equal((await here.call('appendUpload', { path: { upload: id }, headers: piece(4), body: Buffer.from('efghij') })).status, 204);
  assert.equal(held(id).toString(), 'abcdefghij');
  assert.deepEqual((await here.call('listUploads')).body.items.map((u) => [u.id, u.offset]), [[id, 10]]);
});

test('nobody else sees, continues or removes it', async () => {
  const { items: [mine] } = (await here.call('listUploads')).body;
  assert.deepEqual((await there.call('listUploads')).body.items, []);
  assert.equal((await there.call('getUpload', { path: { upload: mine.id } })).status, 404);
  assert.equal((await there.call('appendUpload', { path: { upload: mine.id }, headers: piece(10), body: Buffer.from('x') })).status, 404);
  assert.equal((await there.call('removeUpload', { path: { upload: mine.id }, headers: protocol })).status, 404);
  assert.equal((await here.call('getUpload', { path: { upload: mine.id } })).status, 200);
});

test('what cannot be is refused', async () => {
  assert.equal((await announce(here, 'a', 5, { 'tus-resumable': '0.2.2' })).body.code, 'unknown_protocol');
  assert.equal((await announce(here, 'a', 5, { 'tus-resumable': '0.2.2' })).status, 412);
  assert.equal((await announce(here, '../../x', 5)).status, 400);
  assert.equal((await announce(here, 'a', 600 * 1024 * 1024)).status, 413);
  assert.equal((await announce(here, 'a', 0)).status, 400);
  assert.equal((await announce(here, 'a', 5, { 'upload-metadata': 'filetype dGV4dA==' })).status, 400);
  assert.equal((await announce(here, 'a', 5, { 'upload-metadata': 'filename not!base64' })).status, 400);
  assert.equal((await announce(here, 'a', 5, { 'upload-metadata': `filename ${Buffer.from([0xff, 0xfe]).toString('base64')}` })).status, 400);
});

test('the same announcement twice is one upload', async () => {
  const key = { 'idempotency-key': 'announce-0001' };
  const one = await announce(here, 'twice.bin', 5, key);
  const two = await announce(here, 'twice.bin', 5, key);
  assert.equal(one.status, 201);
  assert.equal(two.status, 201);
  assert.equal(two.headers.get('location'), one.headers.get('location'));
});
