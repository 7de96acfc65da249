/* Signing in and out, and the table of refusals that stands in front of every operation. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { operations } from './contract.mjs';
import { startServer } from './harness.mjs';

let server;
before(async () => { server = await startServer(); });
after(async () => { await server.stop(); });

const bad = (reply, status, code, what) => {
  assert.equal(reply.status, status, what ?? JSON.stringify(reply.body));
  assert.equal(reply.body.code, code, what);
};

test('signing in gives a cookie that scripts and other sites cannot use', async () => {
  const client = server.client();
  const reply = await client.call('signIn', { body: server.account });
  assert.equal(reply.status, 200);
  const [cookie] = reply.headers.getSetCookie();
  assert.match(cookie, /^xj_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  assert.equal(reply.body.person.name, 'clerk');
  assert.equal(reply.body.tenant.name, '云沂市');
  const who = await client.call('getSession');
  assert.deepEqual(who.body, reply.body);
});

test('over https alone, where the setting says so', async () => {
  const other = await startServer({ args: ['--secure-cookie', 'true'] });
  try {
    const reply = await other.client().call('signIn', { body: other.account });
    assert.match(reply.headers.getSetCookie()[0], /; Secure$/);
  } finally {
    await other.stop();
  }
});

test('a wrong name and a wrong password look the same', async () => {
  const name = await server.client().call('signIn', { body: { name: 'nobody', password: 'x' } });
  const word = await server.client().call('signIn', { body: { name: 'clerk', password: 'x' } });
  bad(name, 401, 'bad_credentials');
  bad(word, 401, 'bad_credentials');
  const same = ({ body }) => ({ ...body, request_id: '' });
  assert.deepEqual(same(name), same(word));
  assert.equal(name.headers.getSetCookie().length, 0);
});

test('signing out ends the session at once', async () => {
  const client = await server.signIn();
  const stolen = server.client();
  stolen.cookies = new Map(client.cookies);
  assert.equal((await stolen.call('getSession')).status, 200);
  const out = await client.call('signOut');
  assert.equal(out.status, 204);
  assert.match(out.headers.getSetCookie()[0], /^xj_session=; .*Max-Age=0/);
  bad(await stolen.call('getSession'), 401, 'unauthenticated');
});

test('an account that is closed, or whose password is set, is out at once', async () => {
  const made = await server.addUser('leaving');
  let client = await server.signIn(made.name, made.password);
  const set = await server.cli('user', 'password', 'leaving', '--generate', '--json');
  bad(await client.call('getSession'), 401, 'unauthenticated');
  bad(await server.client().call('signIn', { body: made }), 401, 'bad_credentials');
  client = await server.signIn('leaving', set.password);
  await server.cli('user', 'disable', 'leaving');
  bad(await client.call('getSession'), 401, 'unauthenticated');
  bad(await server.client().call('signIn', { body: { name: 'leaving', password: set.password } }),
    401, 'bad_credentials');
  await server.cli('user', 'enable', 'leaving');
  await server.signIn('leaving', set.password);
});

test('guessing shuts the door for the name', async () => {
  const made = await server.addUser('guessed');
  for (let i = 0; i < 5; i++)
    bad(await server.client().call('signIn', { body: { name: 'guessed', password: `no ${i}` } }),
      401, 'bad_credentials');
  bad(await server.client().call('signIn', { body: made }), 429, 'locked_out');
  await server.signIn();
});

test('many at once are answered, some of them with "too many"', async () => {
  const other = await startServer();
  try {
    const replies = await Promise.all(Array.from({ length: 60 }, (_, i) =>
      other.client().call('signIn', { body: { name: `n${i}`, password: 'x' } })));
    const codes = new Set(replies.map((reply) => reply.body.code));
    for (const code of codes)
      assert.ok(['bad_credentials', 'too_many', 'locked_out'].includes(code), code);
    assert.ok(codes.has('bad_credentials'));
    assert.equal((await other.client().call('getHealth')).status, 200);
  } finally {
    await other.stop();
  }
});

test('behind the proxy of the settings, failures count by the address it tells', async () => {
  const other = await startServer({ args: ['--proxy', '127.0.0.1'] });
  const from = (peer, name, password) => other.client().call('signIn',
    { headers: { 'x-forwarded-for': peer }, body: { name, password } });
  try {
    for (let i = 0; i < 20; i++) /* one house, and what the client itself wrote in front */
      bad(await from(`10.9.9.${i}, 2001:db8:0:1::${i + 1}`, `n${i}`, 'x'), 401, 'bad_credentials');
    const { name, password } = other.account;
    bad(await from('2001:db8:0:1:ffff::1', name, password), 429, 'locked_out');
    assert.equal((await from('2001:db8:0:2::1', name, password)).status, 200);
    assert.equal((await from('no address', name, password)).status, 200);
  } finally {
    await other.stop();
  }
});

test('an address that nobody vouches for is not believed', async () => {
  const other = await startServer();
  try {
    for (let i = 0; i < 20; i++)
      bad(await other.client().call('signIn', { headers: { 'x-forwarded-for': `10.0.0.${i}` },
        body: { name: `n${i}`, password: 'x' } }), 401, 'bad_credentials');
    bad(await other.client().call('signIn', { headers: { 'x-forwarded-for': '10.1.1.1' },
      body: other.account }), 429, 'locked_out');
  } finally {
    await other.stop();
  }
});

test('what is no session is none', async () => {
  const words = ['', 'x', 'A'.repeat(43), 'A'.repeat(44), '%00', 'A'.repeat(2000)];
  for (const word of words) {
    const client = server.client();
    client.cookies.set('xj_session', word);
    bad(await client.call('getSession'), 401, 'unauthenticated', word.slice(0, 50));
  }
});

/* ---- the table: each operation against each way of having no right ---- */

const target = ({ path, operation }) =>
  path.replace('{channel}', 'mail').replaceAll(/\{\w+\}/g, '1') + // a word, where ids are not asked for
  ((operation.parameters ?? []).some((p) => p.name === 'against') ? '?against=1' : '');

const closed = operations.filter(({ operation }) => operation['x-permission'] !== 'public');
const changing = closed.filter(({ method }) => method !== 'GET');

test('no operation that changes something is done without the CSRF token', async () => {
  const client = await server.signIn();
  const right = client.csrf;
  for (const operation of changing) {
    for (const csrf of [undefined, '', 'x', 'A'.repeat(43), right.slice(1), `${right}x`]) {
      client.csrf = csrf;
      bad(await client.send(operation.method, target(operation)), 403, 'bad_csrf',
        `${operation.id} ${csrf}`);
    }
  }
  client.csrf = right;
  assert.equal((await client.call('getSession')).status, 200);
});

test("another session's CSRF token does not do", async () => {
  const one = await server.signIn();
  const two = await server.signIn();
  one.csrf = two.csrf;
  bad(await one.call('signOut'), 403, 'bad_csrf');
});

test('what another site sends changes nothing, with the token or without', async () => {
  const client = await server.signIn();
  for (const site of ['cross-site', 'same-site', 'x'])
    for (const operation of operations.filter(({ method }) => method !== 'GET'))
      bad(await client.send(operation.method, target(operation),
        { headers: { 'sec-fetch-site': site } }), 403, 'bad_csrf', `${operation.id} ${site}`);
  assert.equal((await client.send('DELETE', '/api/v1/session',
    { headers: { 'sec-fetch-site': 'same-origin' } })).status, 204);
});

/* What an account may not do is refused before its body or version is looked at. */
const allowed = async (client) => {
  const { body: { rights } } = await client.call('getSession');
  const held = new Set(['public', 'session', ...rights.map(({ right }) => right)]);
  return operations.filter(({ operation }) => held.has(operation['x-permission']));
};

test('a body that is not what the contract says is refused before anything else happens', async () => {
  const client = await server.signIn();
  const json = (await allowed(client)).filter(({ operation }) =>
    operation.requestBody?.content?.['application/json'] !== undefined);
  assert.ok(json.length > 0);
  for (const operation of json) {
    const headers = { 'content-type': 'application/json', 'if-match': '"1"' };
    const send = (body, more = {}) => client.send(operation.method, target(operation),
      { headers: { ...headers, ...more }, body });
    bad(await send('{'), 400, 'bad_json', operation.id);
    bad(await send('[]'), 400, 'bad_input', operation.id);
    bad(await send('{"no_such_member":1}'), 400, 'bad_input', operation.id);
    bad(await send('{"a":1,"a":1}'), 400, 'bad_json', operation.id);
    bad(await send('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_kind', operation.id);
    const large = await send(`{"no_such_member":"${'x'.repeat(
      operation.operation['x-body-max'] ?? 1 << 20)}"}`);
    bad(large, 413, 'too_large', operation.id);
  }
});

test('a change of what has versions must name the one it saw', async () => {
  const client = await server.signIn();
  const versioned = (await allowed(client)).filter(({ operation }) => (operation.parameters ?? []).some(
    (p) => p.$ref === '#/components/parameters/IfMatch'));
  assert.ok(versioned.length > 0);
  for (const operation of versioned) {
    const json = operation.operation.requestBody === undefined ? {} :
      { headers: { 'content-type': 'application/json' }, body: '{"why":"x"}' };
    const send = (headers) => client.send(operation.method, target(operation),
      { ...json, headers: { ...json.headers, ...headers } });
    bad(await send({}), 428, 'version_required', operation.id);
    bad(await send({ 'if-match': '*' }), 400, 'bad_input', operation.id);
    bad(await send({ 'if-match': '1' }), 400, 'bad_input', operation.id);
  }
});

test('the journal has each sign-in, refusal and sign-out', async () => {
  const other = await startServer();
  try {
    const rows = async () => (await other.cli('journal', 'verify', '--json')).rows;
    const atFirst = await rows();
    await other.client().call('signIn', { body: { name: 'clerk', password: 'x' } });
    assert.equal(await rows(), atFirst + 1);
    const client = await other.signIn(); // with the failure forgotten
    assert.equal(await rows(), atFirst + 3);
    await client.call('signOut');
    assert.equal(await rows(), atFirst + 4);
  } finally {
    await other.stop();
  }
});
