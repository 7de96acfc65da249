/*
 * contract.mjs -- api/openapi.yaml as a judge: which operation a request is, and whether a reply is
 * one that the contract allows (status, media type, headers, body).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

export const api = parse(
  readFileSync(new URL('../../api/openapi.yaml', import.meta.url), 'utf8'));

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
ajv.addSchema({ $id: 'openapi', ...api });

function resolve(node) {
  while (node?.$ref !== undefined) {
    node = node.$ref.slice(2).split('/').reduce(
      (at, part) => at[part.replaceAll('~1', '/').replaceAll('~0', '~')], api);
  }
  return node;
}

/* Each operation: { id, method, path, pattern, pointer, operation }. */
export const operations = [];
for (const [path, item] of Object.entries(api.paths)) {
  for (const method of ['get', 'put', 'post', 'patch', 'delete']) {
    if (item[method] === undefined) continue;
    operations.push({
      id: item[method].operationId,
      method: method.toUpperCase(),
      path,
      literal: !path.includes('{'),
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      pointer: `openapi#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
      operation: item[method],
    });
  }
}
/* A literal path is meant before one with a parameter. */
operations.sort((a, b) => Number(b.literal) - Number(a.literal));

export function operationOf(id) {
  const found = operations.find((operation) => operation.id === id);
  assert.ok(found, `the contract has no operation '${id}'`);
  return found;
}

/* The operation of a request, or undefined (an unknown path, a method that it does not take). */
export function operationAt(method, pathname) {
  const path = decodeURI(pathname);
  return operations.find((o) => o.method === method && o.pattern.test(path));
}

const validators = new Map();

function validate(pointer, schema, value, what) {
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({ $ref: pointer }));
  const check = validators.get(pointer);
  if (!check(value)) {
    const errors = check.errors.map((e) => `${e.instancePath || '/'} ${e.message}`
      + (e.params.additionalProperty ? ` '${e.params.additionalProperty}'` : ''));
    assert.fail(`${what}: the body breaks the contract:\n  ${errors.join('\n  ')}\n`
      + JSON.stringify(value, null, 1).slice(0, 4000));
  }
}

const problemPointer = 'openapi#/components/schemas/Problem';

/* Check REPLY ({status, headers, bytes, body}) against OPERATION; without one it is a problem. */
export function judge(operation, reply) {
  const { status } = reply;
  const media = (reply.headers.get('content-type') ?? '').split(';')[0].trim();
  const what = `${operation?.id ?? 'no operation'} → ${status}`;

  assert.ok(reply.headers.get('x-request-id'), `${what}: no X-Request-Id`);
  if (operation === undefined) {
    assert.equal(media, 'application/problem+json', `${what}: media type`);
    validate(problemPointer, null, reply.body, what);
    return;
  }
  if (status === 304) {
    assert.equal(reply.bytes.length, 0, `${what}: a body`);
    return;
  }
  const { responses } = operation.operation;
  const key = responses[status] !== undefined ? String(status) : 'default';
  assert.ok(key !== 'default' || status >= 400, `${what}: the contract has no such success`);
  let pointer = `${operation.pointer}/responses/${key}`;
  if (responses[key].$ref !== undefined) pointer = `openapi${responses[key].$ref}`;
  const response = resolve(responses[key]);
  for (const header of Object.keys(response.headers ?? {}))
    assert.ok(reply.headers.get(header) !== null, `${what}: no ${header}`);
  if (response.content === undefined) {
    assert.equal(reply.bytes.length, 0, `${what}: a body where none is promised`);
    return;
  }
  assert.ok(response.content[media] !== undefined, `${what}: the media type is '${media}'`);
  if (/json$/.test(media)) {
    assert.notEqual(reply.body, undefined, `${what}: no JSON`);
    /* A 409 with both texts, where the operation promises one, else the common problem. */
    if (key === '409' && reply.body.yours === undefined) pointer = undefined;
    validate(pointer === undefined ? problemPointer
      : `${pointer}/content/${media.replaceAll('~', '~0').replaceAll('/', '~1')}/schema`,
    response.content[media].schema, reply.body, what);
    if (media === 'application/problem+json')
      assert.equal(reply.body.status, status, `${what}: the problem says another status`);
  } else {
    assert.ok(reply.bytes.length > 0, `${what}: no bytes`);
  }
}
