/* Rules of a jurisdiction: what may be set, who set it, what another value would do before it is saved, and lists by column. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sample, startServer } from './harness.mjs';

let server, clerk, programme, units;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
  return reply.body;
};
const day = (days = 0) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const rules = async (client = clerk) => ok(await client.call('getDutyRules'));
const rule = (body, name) => body.rules.find((r) => r.name === name);
const put = async (values, { why = '市里要求', version, client = clerk, headers = {} } = {}) =>
  client.call('setDutyRules', {
    headers: { 'if-match': `"${version ?? (await rules()).version}"`, ...headers },
    body: { why, rules: Object.entries(values).map(([name, value]) => ({ name, value })) } });
const look = async (values, query = {}) =>
  clerk.call('previewDutyRules', { query, body: { rules: Object.entries(values).map(([name, value]) => ({ name, value })) } });
const lights = async () => {
  const sum = { red: 0, yellow: 0, green: 0, grey: 0 };
  for (const row of ok(await clerk.call('listDuties', { query: { limit: 500 } })).items) if (row.light) sum[row.light] += 1;
  return sum;
};
/* Lights of many tasks are made a moment later. */
async function settled() {
  for (let i = 0; i < 600; i += 1) {
    if (!(await rules()).relighting) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail('lights are being made still');
}

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = ok(await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: sample('01-numbered-clauses') }), 201).version;
  ok(await clerk.call('publishVersion', {
    path: { version: made.summary.id }, headers: { 'if-match': `"${made.summary.version}"` }, body: { remarks: '看过' } }));
  units = (await clerk.call('listUnits')).body.items.filter((unit) => unit.kind !== 'group');
  for (let i = 0; i < 6; i += 1)
    ok(await clerk.call('addDuty', { body: {
      programme, origin: 'hand', title: `第${i + 1}件事`, lead: units[i % 3].id, deadline_kind: 'complete_by', due: day(4 + 7 * i) } }), 201);
});
after(async () => { await server.stop(); });

test('a rule says what it may be, what it is, and who changed it last', async () => {
  const before = await rules();
  assert.deepEqual(rule(before, 'light_days_ahead'), {
    name: 'light_days_ahead', kind: 'int', least: 0, most: 60, words: [], value: '7', standard: '7', changed: null });
  assert.deepEqual(rule(before, 'way').words, ['area', 'line']);
  assert.deepEqual([rule(before, 'dates_half_yearly').kind, rule(before, 'dates_half_yearly').most], ['dates', 2]);
  assert.deepEqual([rule(before, 'begun_on').kind, rule(before, 'begun_on').value], ['day', '']);
  const now = ok(await put({ chase_after: '5' }));
  const { changed, value } = rule(now, 'chase_after');
  assert.equal(value, '5');
  assert.deepEqual([changed.old_value, changed.new_value, changed.back, changed.why], ['3', '5', false, '市里要求']);
  assert.ok(changed.actor_name.length > 0 && Date.parse(changed.at) > 0);
  const back = rule(ok(await put({ chase_after: null }, { why: '还按原来的' })), 'chase_after');
  assert.deepEqual([back.value, back.changed.back, back.changed.old_value], ['3', true, '5']);
});

test('what cannot be a value is refused, and changes nothing', async () => {
  const { version } = await rules();
  for (const value of ['', '1.5', '-1', '61', 'seven', ' 7', '7天', '99999999999999999999'])
    bad(await put({ light_days_ahead: value }, { version }), 400, 'bad_input');
  for (const [name, value] of [['way', 'both'], ['dates_half_yearly', '02-30'], ['dates_half_yearly', '01-01,02-01,03-01'], ['begun_on', 'soon'],
    ['send_from', '18'], ['send_to', '8']])
    bad(await put({ [name]: value }, { version }), 400, 'bad_input');
  bad(await put({ light_moon: '1' }, { version }), 404, 'not_found');
  bad(await put({ light_days_ahead: '9' }, { version, why: ' ' }), 400, 'bad_input');
  bad(await clerk.call('setDutyRules', { headers: { 'if-match': `"${version}"` }, body: { rules: [{ name: 'light_days_ahead', value: '9' }] } }), 400, 'bad_input');
  bad(await look({ light_days_ahead: '61' }), 400, 'bad_input');
  bad(await look({ light_moon: '1' }), 404, 'not_found');
  assert.equal((await rules()).version, version);
  assert.equal(ok(await put({ send_from: '0', send_to: '24' })).rules.length, 26);
  ok(await put({ send_from: null, send_to: null }));
});

test('somebody else was first: both texts; the same act twice is one', async () => {
  const { version } = await rules();
  const first = ok(await put({ person_cap: '4' }, { version, headers: { 'idempotency-key': 'rule-cap-four' } }));
  assert.deepEqual(ok(await put({ person_cap: '4' }, { version, headers: { 'idempotency-key': 'rule-cap-four' } })), first);
  const problem = bad(await put({ person_cap: '5' }, { version }), 409, 'stale');
  assert.deepEqual(problem.yours.rules, [{ name: 'person_cap', value: '5' }]);
  assert.equal(rule(problem.theirs, 'person_cap').value, '4');
  assert.equal(problem.theirs.version, version + 1);
  ok(await put({ person_cap: null }));
});

test('what another value would do is what it does', async () => {
  const was = await lights();
  const seen = ok(await look({ light_days_ahead: '20' }));
  assert.equal(seen.day, day());
  assert.deepEqual(seen.tasks.was, was);
  assert.ok(seen.changed > 0 && seen.tasks.now.yellow > was.yellow);
  assert.deepEqual(await lights(), was, 'nothing was written');
  const changed = [];
  for (let after; ;) {
    const page = ok(await look({ light_days_ahead: '20' }, { limit: 1, after }));
    changed.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  assert.equal(changed.length, seen.changed);
  assert.deepEqual(changed.map((row) => row.duty), [...new Set(changed.map((row) => row.duty))].sort((a, b) => a - b));
  const one = changed.find((row) => row.title === '第2件事');
  assert.deepEqual([one.was, one.now, one.reason, one.owner_name], ['green', 'yellow', 'near', units[1].name]);
  bad(await look({ light_days_ahead: '20' }, { after: 'x' }), 400, 'bad_input');

  ok(await put({ light_days_ahead: '20' }));
  await settled();
  assert.deepEqual(await lights(), seen.tasks.now);
  const heat = ok(await clerk.call('getHeatMap', { query: { programme } }));
  const sum = { red: 0, yellow: 0, green: 0, grey: 0 };
  for (const action of heat.actions) sum[action.light] += 1;
  assert.deepEqual(seen.actions.now, sum);
  const of = { red: 0, yellow: 0, green: 0, grey: 0 };
  for (const unit of heat.units) of[unit.light] += 1;
  assert.deepEqual(seen.units.now, of);
  ok(await put({ light_days_ahead: null }));
  await settled();
  assert.deepEqual(await lights(), was);
});

test('who changed what is listed by page, of one rule or of all', async () => {
  const all = [];
  for (let after; ;) {
    const page = ok(await clerk.call('listDutyRuleChanges', { query: { limit: 3, after } }));
    all.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  assert.ok(all.length >= 8);
  assert.deepEqual(all.map((row) => row.id), all.map((row) => row.id).toSorted((a, b) => b - a));
  const ahead = ok(await clerk.call('listDutyRuleChanges', { query: { name: 'light_days_ahead' } }));
  assert.deepEqual(ahead.items.map((row) => row.new_value), ['7', '20']);
  assert.equal(ok(await clerk.call('listDutyRuleChanges', { query: { name: 'returns_cap' } })).items.length, 0);
  const unit = await server.addUser('one', '云沂市', { post: 'liaison_a', unit: units[0].name });
  const client = await server.signIn(unit.name, unit.password);
  assert.equal((await rules(client)).rules.length, 26);
  bad(await put({ light_days_ahead: '9' }, { client }), 403, 'forbidden');
});

test('a rule of reminders says whom the coming weeks would remind, and reminds nobody', async () => {
  const account = await server.addUser('two', '云沂市', { post: 'liaison_a', unit: units[2].name }); // a unit that is supervised
  const client = await server.signIn(account.name, account.password);
  const told = async () => [ok(await client.call('listNotices', { query: { limit: 200 } })).items.length,
    ok(await clerk.call('listDeliveries', { query: { limit: 200 } })).items.length];
  const before = await told();
  const same = ok(await look({ person_cap: '3' })).messages;
  assert.deepEqual(same.now, same.was);
  assert.equal(Date.parse(same.last) - Date.parse(same.first), 27 * 86400e3);
  assert.ok(same.was.people >= 2 && same.was.kinds.digest >= 4 && same.was.kinds.ahead > 0 && same.was.kinds.chase > 0, JSON.stringify(same));
  assert.equal(Object.values(same.was.kinds).reduce((a, b) => a + b), same.was.messages);
  assert.ok(same.was.unheard > 0, 'most units have nobody who speaks for them');
  const late = ok(await look({ chase_after: '60' })).messages;
  assert.deepEqual(late.was, same.was);
  assert.equal(late.now.kinds.chase, 0);
  assert.ok(late.now.messages < late.was.messages && late.now.kinds.digest === late.was.kinds.digest);
  const few = ok(await look({ person_cap: '1' })).messages;
  const capped = ({ kinds }) => kinds.ahead + kinds.chase + kinds.receipt;
  assert.ok(capped(few.now) < capped(few.was), JSON.stringify(few));
  assert.ok(few.now.most_in_week <= few.was.most_in_week && few.now.kinds.digest === few.was.kinds.digest);
  assert.equal(ok(await look({ light_days_ahead: '9' })).messages, null);
  bad(await look({ person_cap: '0' }), 400, 'bad_input');
  assert.deepEqual(await told(), before);
  assert.equal(rule(await rules(), 'person_cap').value, '3');
});

test('another jurisdiction has its own', async () => {
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const account = await server.addUser('stranger', '岚溪县');
  const stranger = await server.signIn(account.name, account.password);
  assert.equal(ok(await stranger.call('listDutyRuleChanges')).items.length, 0);
  assert.equal(ok(await stranger.call('previewDutyRules', { body: { rules: [{ name: 'light_days_ahead', value: '60' }] } })).changed, 0);
  bad(await put({ chase_after: '9' }, { client: stranger, version: 99 }), 409, 'stale');
});

test('what is owed goes by due day, unit and day sent, both ways and by page', async () => {
  const query = { limit: 500 };
  const whole = new Map(ok(await clerk.call('listObligations', { query })).items.map((row) => [row.id, row]));
  const value = { due: (row) => row.due, unit: (row) => String(row.unit).padStart(20, '0'), sent: (row) => row.sent_on ?? '' };
  const walk = async (order, more = {}) => {
    const seen = [];
    for (let after; ;) {
      const page = ok(await clerk.call('listObligations', { query: { order, limit: 7, after, ...more } }));
      seen.push(...page.items.map((row) => row.id));
      if (page.next === null) return seen;
      after = page.next;
    }
  };
  for (const order of ['due', 'unit', 'sent']) {
    const up = await walk(order);
    assert.equal(up.length, whole.size, order);
    assert.deepEqual(new Set(up), new Set(whole.keys()), order);
    assert.deepEqual(await walk(`-${order}`), up.toReversed(), order);
    for (let i = 1; i < up.length; i += 1) assert.ok(value[order](whole.get(up[i - 1])) <= value[order](whole.get(up[i])), order);
  }
  const open = await walk('-unit', { open: true });
  assert.ok(open.length > 0 && open.every((id) => whole.get(id).open));
  const first = ok(await clerk.call('listObligations', { query: { order: 'unit', limit: 3 } }));
  bad(await clerk.call('listObligations', { query: { order: 'due', limit: 3, after: first.next } }), 400, 'bad_input');
  assert.equal((await clerk.call('exportObligations', { query: { order: '-unit' } })).status, 200);
});
