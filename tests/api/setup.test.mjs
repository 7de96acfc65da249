/* The first start of an empty server, and programmes added later. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmptyServer, startServer } from './harness.mjs';

const wish = (token) => ({
  token,
  tenant: { name: '云沂市', code: '379900' },
  person: { name: 'office', display_name: '推进办', password: 'a long password 7' },
  programme: { name: '健康云沂行动' },
});

const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};

test('an empty server is set up once, by whoever has its token', async () => {
  const server = await startEmptyServer();
  try {
    const anyone = server.client();
    assert.deepEqual((await anyone.call('getSetup')).body, { open: true });
    assert.match(server.token, /^[A-Za-z0-9]{5}(-[A-Za-z0-9]{5}){3}$/);

    bad(await anyone.call('doSetup', { body: wish('a'.repeat(20)) }), 403, 'setup_token');
    bad(await anyone.call('doSetup', { body: wish('') }), 400, 'bad_input');
    const weak = wish(server.token);
    weak.person.password = 'office';
    const refused = await anyone.call('doSetup', { body: weak });
    bad(refused, 400, 'bad_input');
    assert.equal(refused.body.fields[0].at, '/person/password');
    const code = wish(server.token);
    code.tenant.code = '12';
    assert.equal((await anyone.call('doSetup', { body: code })).body.fields[0].at, '/tenant/code');
    const elsewhere = await anyone.call('doSetup',
      { body: wish(server.token), headers: { 'sec-fetch-site': 'cross-site' } });
    bad(elsewhere, 403, 'bad_csrf');
    assert.deepEqual((await anyone.call('getSetup')).body, { open: true }, 'a refusal stores nothing');

    // two at once: one wins
    const two = await Promise.all([wish(server.token), { ...wish(server.token), tenant: { name: '岚溪县', code: '379901' } }]
      .map((body) => server.client().call('doSetup', { body })));
    assert.deepEqual(two.map((r) => r.status).sort(), [204, 409]);
    bad(two.find((r) => r.status === 409), 409, 'setup_done');
    assert.deepEqual((await anyone.call('getSetup')).body, { open: false });
    bad(await anyone.call('doSetup', { body: wish(server.token) }), 409, 'setup_done');

    const office = await server.signIn('office', 'a long password 7');
    const programmes = (await office.call('listProgrammes')).body.items;
    assert.deepEqual(programmes.map((p) => p.name), ['健康云沂行动']);
    assert.ok(!server.log.includes('a long password 7'));
  } finally {
    await server.stop();
  }
});

test('a server with a jurisdiction prints no token and refuses', async () => {
  const server = await startServer();
  try {
    assert.deepEqual((await server.client().call('getSetup')).body, { open: false });
    bad(await server.client().call('doSetup', { body: wish('a'.repeat(20)) }), 409, 'setup_done');
    assert.ok(!server.log.includes('"event":"setup"'));
  } finally {
    await server.stop();
  }
});

test('a programme is added once', async () => {
  const server = await startServer();
  try {
    const clerk = await server.signIn();
    const headers = { 'idempotency-key': 'programme-1' };
    const made = await clerk.call('addProgramme', { body: { name: '国家卫生城市创建' }, headers });
    assert.equal(made.status, 201);
    const again = await clerk.call('addProgramme', { body: { name: '国家卫生城市创建' }, headers });
    assert.deepEqual(again.body, made.body);
    bad(await clerk.call('addProgramme', { body: { name: '国家卫生城市创建' } }), 409, 'conflict');
    bad(await clerk.call('addProgramme', { body: { name: '' } }), 400, 'bad_input');
    bad(await clerk.call('addProgramme', { body: { name: 'x'.repeat(51) } }), 400, 'bad_input');
    const names = (await clerk.call('listProgrammes')).body.items.map((p) => p.name);
    assert.deepEqual(names, ['健康云沂行动', '国家卫生城市创建']);
  } finally {
    await server.stop();
  }
});
