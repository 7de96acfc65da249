/* The pages in the program. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server;
before(async () => { server = await startServer(); });
after(async () => { await server.stop(); });

const get = (path, headers = {}) => fetch(server.origin + path, { headers, redirect: 'manual' });

test('the page comes with a policy that lets no other origin in', async () => {
  const reply = await get('/');
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get('content-type'), /^text\/html; charset=utf-8$/);
  const policy = reply.headers.get('content-security-policy');
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(await reply.text(), /<!doctype html>/i);
});

test("a route of the page's own gets the page, a file that is not there does not", async () => {
  const page = await (await get('/')).text();
  assert.equal(await (await get('/register/2020')).text(), page);
  assert.equal((await get('/assets/none.js')).status, 404);
  assert.equal((await get('/favicon.none')).status, 404);
});

test('a page held already is not sent again', async () => {
  const tag = (await get('/')).headers.get('etag');
  assert.ok(tag);
  const again = await get('/', { 'if-none-match': tag });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
});

test('files with their content in their name are kept for long', async () => {
  const page = await (await get('/')).text();
  const names = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1]);
  for (const name of names) {
    const reply = await get(name, { 'accept-encoding': 'gzip' });
    assert.equal(reply.status, 200, name);
    assert.match(reply.headers.get('cache-control'), /immutable/);
    const size = (await reply.arrayBuffer()).byteLength;
    assert.ok(size > 0, name);
    // A file of a few bytes grows when it is compressed: it is sent as it is.
    if (size > 200)
      assert.equal(reply.headers.get('content-encoding'), 'gzip', name);
  }
});

test('pages are only read', async () => {
  const reply = await fetch(server.origin + '/', { method: 'POST', body: 'x' });
  assert.equal(reply.status, 405);
});

test('a path that leaves the pages is refused', async () => {
  for (const path of ['/..%2fx.y', '/%00.js'])
    assert.ok([400, 404].includes((await get(path)).status), path);
});
