import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { api, operations } from './contract.mjs';
import { kind, startServer } from './harness.mjs';

let server;
before(async () => { server = await startServer(); });
after(async () => { await server.stop(); });

test('health names the database and the version', async () => {
  const reply = await server.client().call('getHealth');
  assert.equal(reply.status, 200);
  assert.deepEqual(reply.body, { status: 'ok', version: api.info.version, database: kind });
});

test('the contract is served as it stands in the repository', async () => {
  const reply = await server.client().call('getOpenapi');
  assert.equal(reply.status, 200);
  assert.deepEqual(reply.body, JSON.parse(JSON.stringify(api)));
});

test('a path that the contract does not have is a problem with a code', async () => {
  const reply = await server.client().send('GET', '/api/v1/nothing');
  assert.equal(reply.status, 404);
  assert.equal(reply.body.code, 'not_found');
});

test('a method that a path does not take is refused with those it takes', async () => {
  const reply = await server.client().send('DELETE', '/api/v1/tasks');
  assert.equal(reply.status, 405);
  assert.match(reply.headers.get('allow') ?? '', /GET/);
});

test('every operation that is not public refuses a stranger', async () => {
  const stranger = server.client();
  for (const { id, method, path, operation } of operations) {
    if (operation['x-permission'] === 'public') continue;
    const query = (operation.parameters ?? []).some((p) => p.name === 'against') ? '?against=1' : '';
    const reply = await stranger.send(method, path.replaceAll(/\{\w+\}/g, '1') + query);
    assert.equal(reply.status, 401, id);
    assert.equal(reply.body.code, 'unauthenticated', id);
  }
});

test('the log is one JSON object a line', () => {
  const lines = server.log.split('\n').filter((line) => line.startsWith('{'));
  assert.ok(lines.length > 0);
  for (const line of lines) assert.equal(typeof JSON.parse(line).event, 'string');
});

test('the version of the contract is that of the build', () => {
  const build = readFileSync(new URL('../../meson.build', import.meta.url), 'utf8');
  assert.equal(/version: '([^']+)'/.exec(build)[1], api.info.version);
});
