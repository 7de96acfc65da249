/* Duty tasks, what is due, lights, rules: the routes of duty/. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { sample, startServer } from './harness.mjs';

let server, clerk, programme, document, units;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = (await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' },
    body: sample('01-numbered-clauses'),
  })).body.version;
  const published = await clerk.call('publishVersion', {
    path: { version: made.summary.id },
    headers: { 'if-match': `"${made.summary.version}"` }, body: { remarks: '看过' },
  });
  assert.equal(published.status, 200);
  document = published.body.document.id;
  units = (await clerk.call('listUnits')).body.items.filter((unit) => unit.kind !== 'group');
});
after(async () => { await server.stop(); });

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const duties = async (query = {}) => ok(await clerk.call('listDuties', { query })).items;
const obligations = async (query = {}) =>
  ok(await clerk.call('listObligations', { query: { limit: 500, ...query } })).items;
const move = (duty, version, body) =>
  clerk.call('moveDuty', { path: { duty }, headers: { 'if-match': `"${version}"` }, body });
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

async function addDuty(more = {}) {
  return ok(await clerk.call('addDuty', { body: {
    programme, origin: 'hand', title: '做好一件事', lead: units[0].id, deadline_kind: 'ongoing', ...more,
  } }), 201);
}

test('a published plan has duty tasks, each with an owner, a light and moves', async () => {
  const rows = await duties({ document, limit: 500 });
  assert.ok(rows.length > 10);
  for (const row of rows) {
    assert.ok(row.owner > 0 && row.owner_name.length > 0);
    assert.equal(row.state, 'assigned');
    assert.ok(['green', 'yellow', 'red'].includes(row.light));
  }
  const whole = ok(await clerk.call('getDuty', { path: { duty: rows[0].id } }));
  assert.deepEqual(whole.moves, ['acknowledge', 'extend', 'amend', 'suspend']);
  assert.equal(whole.history[0].move, 'assign');
  bad(await clerk.call('getDuty', { path: { duty: 1 } }), 404, 'not_found');
});

test('what has no deadline is not put off: a correction gives it one, and with it the move', async () => {
  const { id } = await addDuty({ title: '没有期限的事' });
  const seen = async () => ok(await clerk.call('getDuty', { path: { duty: id } }));
  let now = await seen();
  assert.deepEqual([now.due, now.moves], [null, ['acknowledge', 'amend', 'suspend']]);
  bad(await move(id, now.version, { move: 'extend', why: '来不及', due: '2099-12-30' }), 409, 'conflict');
  ok(await clerk.call('correctDuty', { path: { duty: id }, headers: { 'if-match': `"${now.version}"` },
    body: { deadline_kind: 'complete_by', due: '2099-11-30', why: '补定期限' } }));
  now = await seen();
  assert.deepEqual(now.moves, ['acknowledge', 'extend', 'amend', 'suspend']);
  ok(await move(id, now.version, { move: 'extend', why: '来不及', due: '2099-12-30' }));
  assert.equal((await seen()).due, '2099-12-30');
});

test('the list goes by each column, both ways, and so does its sheet', async () => {
  const whole = new Map((await duties({ limit: 500 })).map((row) => [row.id, row]));
  const by = { no: (d) => d.id, due: (d) => d.due ?? '9999-12-31', action: (d) => d.action_no, owner: (d) => d.owner,
    light: (d) => ['red', 'yellow', 'green', 'grey', null].indexOf(d.light) };
  const walk = async (order) => {
    const seen = [];
    let next;
    do {
      const page = ok(await clerk.call('listDuties', { query: { order, limit: 7, after: next } }));
      seen.push(...page.items.map((row) => row.id));
      next = page.next ?? undefined;
    } while (next !== undefined);
    return seen;
  };
  for (const order of ['no', 'due', 'action', 'owner', 'state', 'light']) {
    const up = await walk(order);
    assert.deepEqual(new Set(up), new Set(whole.keys()), order);
    assert.equal(up.length, whole.size, order);
    assert.deepEqual(await walk(`-${order}`), up.toReversed(), order);
    const value = by[order];
    for (let i = 1; value && i < up.length; i += 1) {
      const [a, b] = [up[i - 1], up[i]].map((id) => value(whole.get(id)));
      // both databases compare bytes
      assert.ok(typeof a === 'number' ? a <= b : Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0, `${order}: ${a} ${b}`);
    }
  }
  const first = ok(await clerk.call('listDuties', { query: { order: 'due', limit: 3 } }));
  bad(await clerk.call('listDuties', { query: { order: '-due', limit: 3, after: first.next } }), 400, 'bad_input');
  const sheet = rowsOf(Buffer.from((await clerk.call('exportDuties', { query: { order: '-owner' } })).bytes));
  const owners = (await walk('-owner')).map((id) => whole.get(id).owner_name);
  const column = sheet[0].indexOf('牵头单位');
  assert.deepEqual(sheet.slice(1).map((cells) => cells[column]), owners);
});

test('lists page by key', async () => {
  const all = await duties({ limit: 500 });
  const seen = [];
  let next;
  do {
    const page = ok(await clerk.call('listDuties', { query: { limit: 7, after: next } }));
    seen.push(...page.items.map((row) => row.id));
    next = page.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(seen, all.map((row) => row.id));
  const owed = await obligations();
  const paged = [];
  do {
    const page = ok(await clerk.call('listObligations', { query: { limit: 3, after: next } }));
    paged.push(...page.items.map((row) => row.id));
    next = page.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(paged, owed.map((row) => row.id));
  bad(await clerk.call('listObligations', { query: { after: 'du.AAAA' } }), 400, 'bad_input');
});

test('a move says who, when and why; the impossible and the stale are refused with both', async () => {
  const duty = await addDuty();
  assert.equal(duty.state, 'assigned');
  const moved = await move(duty.id, 1, { move: 'acknowledge' });
  assert.equal(moved.headers.get('etag'), '"2"');
  assert.equal(ok(moved).state, 'acknowledged');
  const stale = await move(duty.id, 1, { move: 'begin' });
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.state, 'acknowledged');
  assert.deepEqual(stale.body.yours, { move: 'begin' });
  bad(await move(duty.id, 2, { move: 'archive' }), 409, 'conflict');
  bad(await move(duty.id, 2, { move: 'suspend' }), 400, 'bad_input');
  bad(await move(duty.id, 2, { move: 'begin', happened_on: '2999-01-01' }), 400, 'bad_input');
  bad(await clerk.call('moveDuty', { path: { duty: duty.id }, body: { move: 'begin' } }), 428,
    'version_required');
  const last = ok(await move(duty.id, 2, { move: 'begin', why: '已部署' })).history.at(-1);
  assert.equal(last.happened_on, today());
  assert.equal(last.why, '已部署');
  assert.ok(last.person > 0 && last.person_name.length > 0);
});

test('the same request again moves nothing twice', async () => {
  const duty = await addDuty();
  const headers = { 'if-match': '"1"', 'idempotency-key': 'move-0000001' };
  const again = () => clerk.call('moveDuty', { path: { duty: duty.id }, headers, body: { move: 'acknowledge' } });
  assert.equal(ok(await again()).version, 2);
  assert.equal(ok(await again()).version, 2);
  assert.equal(ok(await clerk.call('getDuty', { path: { duty: duty.id } })).version, 2);
});

test('an instruction is added with its leader and is restricted', async () => {
  bad(await clerk.call('addDuty', { body: {
    programme, origin: 'instruction', title: '研办', lead: units[0].id, deadline_kind: 'none',
  } }), 400, 'bad_input');
  const duty = await addDuty({ origin: 'instruction', leader: '李市长', given_on: '2026-01-04', words: '请研办' });
  assert.equal(duty.restricted, true);
  assert.equal(duty.leader, '李市长');
});

test('a correction carries its reason', async () => {
  const duty = await addDuty();
  const correct = (version, body) => clerk.call('correctDuty', {
    path: { duty: duty.id }, headers: { 'if-match': `"${version}"` }, body });
  bad(await correct(1, { why: '改', cadence: 'hourly' }), 400, 'bad_input');
  const now = ok(await correct(1, { why: '录入有误', title: '做好两件事', cadence: 'quarterly' }));
  assert.equal(now.title, '做好两件事');
  assert.equal(now.returns_on.length, 4);
  assert.deepEqual(now.history.at(-1).before, { title: '做好一件事', cadence: 'half_yearly' });
  bad(await correct(1, { why: '改', title: 'x' }), 409, 'stale');
});

test('tags, dispatch and a filter by them', async () => {
  const duty = await addDuty();
  assert.deepEqual(ok(await clerk.call('setDutyTags', { path: { duty: duty.id }, body: { tags: ['民生实事'] } })).tags,
    ['民生实事']);
  assert.deepEqual((await duties({ tag: '民生实事' })).map((row) => row.id), [duty.id]);
  ok(await clerk.call('dispatchDuties', { body: { unit: units[0].id, duties: [duty.id], section: units[1].id } }));
  const whole = ok(await clerk.call('getDuty', { path: { duty: duty.id } }));
  assert.equal(whole.handlers[0].section, units[1].id);
  bad(await clerk.call('dispatchDuties', { body: { unit: units[2].id, duties: [duty.id], section: units[1].id } }),
    400, 'bad_input');
});

test('one unit, one date, one return; it is sent, returned, accepted, its original received', async () => {
  const own = (await duties({ limit: 500 })).filter((row) => row.owner === units[0].id);
  assert.ok(own.length > 1);
  const returns = await obligations({ unit: units[0].id, kind: 'return', open: true });
  assert.equal(new Set(returns.map((row) => row.due)).size, returns.length);
  const { id } = returns[0];
  const go = async (version, body) => clerk.call('moveObligation', {
    path: { obligation: id }, headers: { 'if-match': `"${version}"` }, body });
  const whole = ok(await clerk.call('getObligation', { path: { obligation: id } }));
  assert.equal(whole.tasks.filter((row) => row.state !== 'withdrawn').length, returns[0].rows);
  assert.deepEqual(whole.moves, ['send', 'receive_original', 'extend', 'withdraw']);
  const { version } = whole.summary;
  bad(await go(version, { move: 'accept' }), 409, 'conflict');
  assert.equal(ok(await go(version, { move: 'send' })).summary.state, 'sent');
  assert.equal(ok(await go(version + 1, { move: 'return', why: '数字不符' })).summary.open, true);
  ok(await go(version + 2, { move: 'send' }));
  ok(await go(version + 3, { move: 'accept' }));
  const last = ok(await go(version + 4, { move: 'receive_original' }));
  assert.equal(last.summary.original_on, today());
  assert.equal(last.history.length, 5);
  const stale = await go(version, { move: 'send' });
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.summary.state, 'original_received');
});

test('a notice is acknowledged once by a unit', async () => {
  const waiting = ok(await clerk.call('listReceipts', { query: { open: true, limit: 2 } }));
  assert.equal(waiting.items.length, 2);
  assert.ok(waiting.next !== null);
  assert.equal(ok(await clerk.call('listReceipts', { query: { open: true, limit: 2, after: waiting.next } })).items.length, 2);
  const { notice, unit } = waiting.items[0];
  ok(await clerk.call('acknowledgeNotice', { body: { notice, unit } }));
  ok(await clerk.call('acknowledgeNotice', { body: { notice, unit } }));
  const done = ok(await clerk.call('listReceipts', { query: { notice, unit } })).items;
  assert.equal(done[0].acknowledged_on, today());
  bad(await clerk.call('acknowledgeNotice', { body: { notice: 1, unit } }), 404, 'not_found');
});

test('what the document leaves open is settled by rule, all at once', async () => {
  const open = (await duties({ document, unsettled: true, limit: 500 })).filter((row) => row.unsettled.includes('lead'));
  assert.ok(open.length > 1);
  const done = ok(await clerk.call('settleDocument', { path: { document }, body: { answers: [
    { open: 'lead', keep: true }, { open: 'cadence', cadence: 'half_yearly' }, { open: 'way', way: 'area' },
    { open: 'counties', counties: [] }] } }));
  assert.ok(done.changed >= open.length);
  assert.equal((await duties({ document, unsettled: true, limit: 500 })).length, 0);
  const like = (await duties({ document, limit: 500 })).find((row) => row.owner !== units[0].id);
  ok(await clerk.call('settleDocument', { path: { document }, body: { answers: [{ like: like.id, lead: units[0].id }] } }));
  assert.equal(ok(await clerk.call('getDuty', { path: { duty: like.id } })).owner, units[0].id);
  bad(await clerk.call('settleDocument', { path: { document }, body: { answers: [{ open: 'lead' }] } }), 400, 'bad_input');
  bad(await clerk.call('settleDocument', { path: { document: 1 }, body: { answers: [{ keep: true }] } }), 404, 'not_found');
});

test('lights and the heat map as of a day', async () => {
  const duty = (await duties({ document, limit: 1 }))[0];
  assert.ok(ok(await clerk.call('listDutyLights', { path: { duty: duty.id } })).items.length > 0);
  assert.equal(ok(await clerk.call('listDutyLights', { path: { duty: duty.id }, query: { day: '2001-01-01' } })).items.length, 0);
  const heat = ok(await clerk.call('getHeatMap', { query: { programme } }));
  assert.equal(heat.day, today());
  assert.ok(heat.cells.length > 10 && heat.actions.length > 1 && heat.units.length > 3);
  assert.equal(ok(await clerk.call('getHeatMap', { query: { programme, day: '2001-01-01' } })).light, 'grey');
});

test('rules are set and taken back; the calendar says what it knows', async () => {
  const rules = ok(await clerk.call('getDutyRules'));
  const set = (version, value) => clerk.call('setDutyRules', {
    headers: { 'if-match': `"${version}"` }, body: { why: '试行', rules: [{ name: 'light_days_ahead', value }] } });
  const value = (body) => body.rules.find((rule) => rule.name === 'light_days_ahead').value;
  bad(await set(rules.version, '600'), 400, 'bad_input');
  assert.equal(value(ok(await set(rules.version, '14'))), '14');
  bad(await set(rules.version, '15'), 409, 'stale');
  assert.equal(value(ok(await set(rules.version + 1, null))), '7');
  const known = ok(await clerk.call('getDutyCalendar', { query: { year: 2026 } }));
  assert.equal(known.known, true);
  assert.ok(known.days.some((day) => day.day === '2026-02-14' && day.works));
  assert.equal(ok(await clerk.call('getDutyCalendar', { query: { year: 2033 } })).known, false);
  ok(await clerk.call('setDutyCalendar', { body: { days: [
    { day: '2033-10-03', works: false, name: '国庆节', source: '国办通知' }] } }));
  const own = ok(await clerk.call('getDutyCalendar', { query: { year: 2033 } }));
  assert.equal(own.known, true);
  assert.equal(own.days.length, 1);
});

test('the clock drafts an order, which a person signs', async () => {
  await addDuty({ deadline_kind: 'complete_by', due: '2026-01-31', starts_on: '2026-01-05', lead: units[3].id });
  const later = new Date(Date.now() + 40 * 86400e3).toISOString().slice(0, 10);
  await server.cli('clock', 'run', '--at', later);
  const orders = ok(await clerk.call('listOrders', { query: { open: true, unit: units[3].id } })).items;
  const mine = orders.find((order) => order.obligation_due === '2026-01-31');
  assert.equal(mine.state, 'order_drafted');
  const step = (version, body) => clerk.call('moveOrder', {
    path: { order: mine.id }, headers: { 'if-match': `"${version}"` }, body });
  bad(await step(1, { move: 'publish', why: 'x' }), 409, 'conflict');
  assert.equal(ok(await step(1, { move: 'sign' })).version, 2);
  bad(await step(1, { move: 'end' }), 409, 'stale');
  const signed = ok(await clerk.call('listOrders', { query: { unit: units[3].id } })).items.find((order) => order.id === mine.id);
  assert.equal(signed.state, 'order');
  assert.ok(signed.signed_name.length > 0);
});
