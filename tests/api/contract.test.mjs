/* The judge itself: a reply that breaks the contract must not pass. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, operationAt, operationOf, operations } from './contract.mjs';

const reply = (status, media, body, more = {}) => ({
  status,
  headers: new Headers({ 'x-request-id': 'r1', ...(media ? { 'content-type': media } : {}), ...more }),
  bytes: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  body,
});
const health = { status: 'ok', version: '1', database: 'sqlite' };
const problem = { type: 'about:blank', title: 't', status: 404, code: 'not_found', request_id: 'r1' };

test('a reply as promised passes', () => {
  judge(operationOf('getHealth'), reply(200, 'application/json', health));
  judge(operationOf('getHealth'), reply(404, 'application/problem+json', problem));
  judge(operationOf('signOut'), reply(204));
  judge(undefined, reply(404, 'application/problem+json', problem));
});

test('what the contract does not promise is refused', () => {
  const wrong = [
    ['getHealth', reply(200, 'application/json', { ...health, more: 1 }), /more/],
    ['getHealth', reply(200, 'application/json', { ...health, database: 'x' }), /database/],
    ['getHealth', reply(200, 'text/plain', health), /media type/],
    ['getHealth', reply(201, 'application/json', health), /no such success/],
    ['getHealth', reply(500, 'application/json', problem), /media type/],
    ['getHealth', reply(500, 'application/problem+json', problem), /another status/],
    ['getHealth', reply(500, 'application/problem+json', { status: 500 }), /title/],
    ['signOut', reply(204, undefined, {}), /a body/],
    ['getVersion', reply(200, 'application/json', {}), /ETag/],
    ['getVersion', reply(200, 'application/json', {}, { etag: '"1"' }), /document/],
  ];
  for (const [id, made, words] of wrong)
    assert.throws(() => judge(operationOf(id), made), words, `${id} ${words}`);
  const bare = reply(200, 'application/json', health);
  bare.headers.delete('x-request-id');
  assert.throws(() => judge(operationOf('getHealth'), bare), /X-Request-Id/);
});

test('a request finds its operation, literal paths first', () => {
  assert.equal(operationAt('GET', '/api/v1/tasks/totals').id, 'getTaskTotals');
  assert.equal(operationAt('GET', '/api/v1/tasks/17').id, 'getTask');
  assert.equal(operationAt('GET', '/api/v1/tasks/17/x'), undefined);
  assert.equal(operationAt('PUT', '/api/v1/tasks/17'), undefined);
  assert.equal(new Set(operations.map((o) => o.id)).size, operations.length);
});
