/* Accounts, posts and sessions: made, changed, handed over, ended; what each may see of them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client, root, startServer } from './harness.mjs';

let server, office, liaison, education, health;

const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const get = async (client, person) => (await client.call('getPerson', { path: { person } })).body;
const add = (client, name, post, more = {}) => client.call('addPerson', { body: { name, post, ...more } });
const rows = async () => (await server.cli('journal', 'verify', '--json')).rows;

before(async () => {
  server = await startServer();
  office = await server.signIn();
  await server.cli('plan', 'import', '--tenant', '379900', '--programme', '健康云沂行动',
    join(root, 'samples/text/01-numbered-clauses.txt'));
  const units = (await office.call('listUnits', { query: { limit: 500 } })).body.items;
  [education, health] = ['市教育局', '市卫生健康委'].map((name) => units.find((u) => u.name === name).id);
  const account = await server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  liaison = await server.signIn(account.name, account.password);
});
after(async () => { await server.stop(); });

test('a new account has a post and a password that is shown once', async () => {
  const request = { headers: { 'idempotency-key': 'new-account-1' },
    body: { name: 'wang', display_name: '王明', post: { role: 'officer', unit: health, from: '2020-01-01' } } };
  const made = await office.call('addPerson', request);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.match(made.body.password, /^.{20,}$/);
  const again = await office.call('addPerson', request);
  assert.deepEqual(again.body, { id: made.body.id, password: null });
  const client = await server.signIn('wang', made.body.password);
  assert.deepEqual(client.session.posts, [{ role: 'officer', unit: { id: health, name: '市卫生健康委' } }]);
  bad(await add(office, 'WANG', { role: 'officer', unit: health }), 409, 'conflict');
  bad(await add(office, 'li', { role: 'officer' }), 400, 'bad_input');
  bad(await add(office, 'li', { role: 'officer', unit: 1 }), 404, 'not_found');
  bad(await add(office, 'li', { role: 'officer', unit: health, from: '2020-02-02', to: '2020-02-01' }), 400, 'bad_input');
});

test('people are listed by name, by unit and a page at a time', async () => {
  const all = (await office.call('listPeople')).body;
  assert.deepEqual(all.items.map((p) => p.name), ['clerk', 'liaison', 'wang']);
  assert.deepEqual(all.items[2].posts.map((p) => [p.role, p.unit.id, p.from, p.to]), [['officer', health, '2020-01-01', null]]);
  const found = async (query) => (await office.call('listPeople', { query })).body.items.map((p) => p.name);
  assert.deepEqual(await found({ q: '王' }), ['wang']);
  assert.deepEqual(await found({ q: 'WAN' }), ['wang']);
  assert.deepEqual(await found({ unit: education }), ['liaison']);
  const first = (await office.call('listPeople', { query: { limit: 2 } })).body;
  assert.deepEqual((await office.call('listPeople', { query: { limit: 2, after: first.next } })).body.items, all.items.slice(2));
  bad(await office.call('listPeople', { query: { after: 'x' } }), 400, 'bad_input');
});

test('a unit sees its own people and gives the posts of its sections', async () => {
  assert.deepEqual((await liaison.call('listPeople')).body.items.map((p) => p.name), ['liaison']);
  const wang = (await office.call('listPeople', { query: { q: 'wang' } })).body.items[0];
  bad(await liaison.call('getPerson', { path: { person: wang.id } }), 404, 'not_found');
  bad(await add(liaison, 'x', { role: 'office' }), 403, 'forbidden');
  bad(await add(liaison, 'x', { role: 'unit_head', unit: education }), 403, 'forbidden');
  bad(await add(liaison, 'x', { role: 'officer', unit: health }), 403, 'forbidden');
  const made = await add(liaison, 'zhao', { role: 'officer', unit: education });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  bad(await liaison.call('addPost', { path: { person: made.body.id }, body: { role: 'officer', unit: health } }), 403, 'forbidden');
  const theirs = (await get(office, wang.id)).posts[0];
  bad(await liaison.call('endPost', { path: { post: theirs.id }, headers: { 'if-match': `"${theirs.version}"` },
    body: { last: '2026-01-31' } }), 403, 'forbidden');
});

test('a mobile number is seen by few, and each reading is journalled', async () => {
  const { id, version } = await get(office, (await office.call('listPeople', { query: { q: 'zhao' } })).body.items[0].id);
  const changed = await office.call('changePerson', { path: { person: id }, headers: { 'if-match': `"${version}"` },
    body: { phone: '0539-1', mobile: '139', display_name: '赵' } });
  assert.deepEqual(changed.body, { id, version: version + 1 });
  const before_ = await rows();
  assert.equal((await get(office, id)).mobile, '139');
  assert.equal(await rows(), before_ + 1);
  const seen = await get(liaison, id);
  assert.deepEqual([seen.mobile, seen.phone, seen.display_name], [null, '0539-1', '赵']);
  assert.equal(await rows(), before_ + 1);
  assert.equal((await get(office, id)).version, version + 1);
});

test('who changes what somebody else changed first gets both texts', async () => {
  const person = await get(office, (await office.call('listPeople', { query: { q: 'zhao' } })).body.items[0].id);
  const change = (body, version) => office.call('changePerson',
    { path: { person: person.id }, headers: { 'if-match': `"${version}"` }, body });
  assert.equal((await change({ phone: '' }, person.version)).status, 200);
  const late = await change({ phone: '7' }, person.version);
  bad(late, 409, 'stale');
  assert.deepEqual(late.body.yours, { phone: '7' });
  assert.deepEqual(late.body.theirs, { display_name: '赵', phone: null, disabled: false, version: person.version + 1 });
});

test('closing an account and another password end its sessions', async () => {
  const made = (await add(office, 'sun', { role: 'leader' })).body;
  let client = await server.signIn('sun', made.password);
  const set = (await office.call('resetPassword', { path: { person: made.id }, body: {} })).body;
  bad(await client.call('getSession'), 401, 'unauthenticated');
  bad(await server.client().call('signIn', { body: { name: 'sun', password: made.password } }), 401, 'bad_credentials');
  client = await server.signIn('sun', set.password);
  const { version } = await get(office, made.id);
  await office.call('changePerson', { path: { person: made.id }, headers: { 'if-match': `"${version}"` }, body: { disabled: true } });
  bad(await client.call('getSession'), 401, 'unauthenticated');
  bad(await office.call('resetPassword', { path: { person: 1 }, body: {} }), 404, 'not_found');
});

test('nobody but an administrator touches an administrator', async () => {
  const plain = await server.addUser('plain');
  const client = await server.signIn(plain.name, plain.password);
  const clerk = await get(client, office.session.person.id);
  bad(await client.call('resetPassword', { path: { person: clerk.id }, body: {} }), 403, 'forbidden');
  bad(await client.call('changePerson', { path: { person: clerk.id }, headers: { 'if-match': `"${clerk.version}"` },
    body: { disabled: true } }), 403, 'forbidden');
  bad(await client.call('addPost', { path: { person: client.session.person.id }, body: { role: 'administrator' } }), 403, 'forbidden');
  bad(await add(client, 'y', { role: 'administrator' }), 403, 'forbidden');
});

test('a post ends, a successor has it from the next day, and rights follow at once', async () => {
  const mine = (await get(office, liaison.session.person.id)).posts[0];
  const next = (await add(office, 'qian', { role: 'expert' })).body;
  const end = (body, version = mine.version) => office.call('endPost',
    { path: { post: mine.id }, headers: { 'if-match': `"${version}"` }, body });
  bad(await end({ last: '2020-01-31' }, 9), 409, 'stale');
  bad(await end({ last: '2020-01-31', successor: liaison.session.person.id }), 400, 'bad_input');
  const ended = await end({ last: '2020-01-31', successor: next.id });
  assert.equal(ended.status, 200, JSON.stringify(ended.body));
  const taken = (await get(office, next.id)).posts.find((p) => p.role === 'liaison_a');
  assert.deepEqual([taken.id, taken.from, taken.to, taken.unit.id], [ended.body.next, '2020-02-01', null, education]);
  assert.equal((await get(office, liaison.session.person.id)).posts[0].successor, taken.id);
  bad(await liaison.call('listTasks'), 403, 'forbidden');
  const client = await server.signIn('qian', next.password);
  assert.equal((await client.call('listTasks')).status, 200);
  const other = await office.call('addPost', { path: { person: next.id }, body: { role: 'liaison_a', unit: education } });
  bad(other, 409, 'conflict');
  const second = await office.call('addPost', { path: { person: next.id }, body: { role: 'section_head', unit: education } });
  assert.equal(second.status, 201, JSON.stringify(second.body));
  assert.ok((await get(office, next.id)).posts.some((p) => p.role === 'section_head' && p.to === null));
});

test('sessions are listed and ended: one\'s own, and by an administrator any', async () => {
  const one = await server.signIn('plain', (await office.call('resetPassword', {
    path: { person: (await office.call('listPeople', { query: { q: 'plain' } })).body.items[0].id }, body: {} })).body.password);
  const person = one.session.person.id;
  const [current] = (await one.call('listSessions')).body.items;
  assert.equal(current.current, true);
  bad(await one.call('listSessions', { query: { person: office.session.person.id } }), 403, 'forbidden');
  const [theirs] = (await office.call('listSessions')).body.items;
  bad(await one.call('endSession', { path: { id: theirs.id } }), 404, 'not_found');
  const seen = (await office.call('listSessions', { query: { person } })).body.items;
  assert.deepEqual(seen.map((s) => [s.id, s.current]), [[current.id, false]]);
  assert.equal((await office.call('endSession', { path: { id: current.id } })).status, 204);
  bad(await one.call('getSession'), 401, 'unauthenticated');
  bad(await office.call('endSession', { path: { id: current.id } }), 404, 'not_found');
});

test('sessions are told apart by their device, and ended all at once', async () => {
  const account = await server.addUser('travels', '云沂市', { post: 'office' });
  const here = await server.signIn(account.name, account.password);
  const there = await server.signIn(account.name, account.password);
  const person = here.session.person.id;
  const seen = (await here.call('listSessions')).body.items;
  assert.equal(seen.length, 2);
  for (const session of seen) assert.deepEqual([session.device, session.address], ['node', '127.0.0.1']);
  assert.equal((await here.call('endSessions')).status, 204);
  bad(await there.call('getSession'), 401, 'unauthenticated');
  assert.deepEqual((await here.call('listSessions')).body.items.map((s) => s.current), [true]);
  bad(await liaison.call('endSessions', { query: { person } }), 403, 'forbidden');
  assert.equal((await here.call('getSession')).status, 200);
  const admin = await server.addUser('ends', '云沂市', { post: 'administrator' });
  const ends = await server.signIn(admin.name, admin.password);
  assert.equal((await ends.call('endSessions', { query: { person } })).status, 204);
  bad(await here.call('getSession'), 401, 'unauthenticated');
  assert.equal((await ends.call('getSession')).status, 200);
});

test('one changes one\'s own password, for which the old one is needed', async () => {
  const account = await server.addUser('renews', '云沂市', { post: 'office' });
  const here = await server.signIn(account.name, account.password);
  const there = await server.signIn(account.name, account.password);
  const change = (old, next) => here.call('changePassword', { body: { old, new: next } });
  bad(await change('wrong password', 'a new good one'), 401, 'bad_credentials');
  for (const weak of ['renewsrenews'.slice(0, 6), 'xxxxxxxxxxxx']) {
    const reply = await change(account.password, weak);
    bad(reply, 400, 'bad_input');
    assert.equal(reply.body.fields[0].at, '/new');
  }
  assert.equal((await change(account.password, 'a new good one')).status, 204);
  assert.equal((await change(account.password, 'a new good one')).status, 204, 'sent again');
  assert.equal((await here.call('getSession')).status, 200, 'the one that asked goes on');
  bad(await there.call('getSession'), 401, 'unauthenticated');
  bad(await new Client(server).call('signIn', { body: account }), 401, 'bad_credentials');
  await server.signIn(account.name, 'a new good one');
  for (let i = 0; i < 4; i += 1) bad(await change('wrong password', 'another good one'), 401, 'bad_credentials');
  bad(await change('wrong password', 'another good one'), 401, 'bad_credentials');
  bad(await change('a new good one', 'another good one'), 429, 'locked_out');
});

test("another jurisdiction's people, posts and sessions are not there", async () => {
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const account = await server.addUser('there', '岚溪县', { post: null });
  const there = await server.signIn(account.name, account.password);
  const me = office.session.person.id;
  const [post] = (await get(office, me)).posts;
  const [session] = (await office.call('listSessions')).body.items;
  const version = { 'if-match': '"1"' };
  assert.deepEqual((await there.call('listPeople')).body.items.map((p) => p.name), ['there']);
  bad(await there.call('getPerson', { path: { person: me } }), 404, 'not_found');
  bad(await there.call('changePerson', { path: { person: me }, headers: version, body: { phone: '1' } }), 404, 'not_found');
  bad(await there.call('resetPassword', { path: { person: me }, body: {} }), 404, 'not_found');
  bad(await there.call('addPost', { path: { person: me }, body: { role: 'leader' } }), 404, 'not_found');
  bad(await there.call('endPost', { path: { post: post.id }, headers: version, body: { last: '2026-01-01' } }), 404, 'not_found');
  bad(await there.call('endSession', { path: { id: session.id } }), 404, 'not_found');
  assert.deepEqual((await there.call('listSessions', { query: { person: me } })).body.items, []);
});
