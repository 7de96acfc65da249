/* For those who watch a programme: counts, lights over time, what returns said, what units were asked. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { imported, sample, startServer } from './harness.mjs';

let server, clerk, programme, units;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const day = (days = 0) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const year = Number(day().slice(0, 4));
const desk = async () => ok(await clerk.call('getDutyDesk'));

async function addDuty(more = {}) {
  return ok(await clerk.call('addDuty', { body: {
    programme, origin: 'hand', title: '做好一件事', lead: units[0], deadline_kind: 'ongoing', ...more,
  } }), 201);
}

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const { version } = (await imported(clerk, await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: sample('01-numbered-clauses') }))).body;
  ok(await clerk.call('publishVersion', {
    path: { version: version.summary.id }, headers: { 'if-match': `"${version.summary.version}"` }, body: { remarks: '看过' } }));
  const found = ok(await clerk.call('listUnits', { query: { limit: 500 } })).items;
  units = ['市教育局', '市体育局'].map((name) => found.find((unit) => unit.name === name).id);
});
after(async () => { await server.stop(); });

test('counts are the lengths of lists', async () => {
  const duty = await addDuty({ starts_on: `${year - 1}-01-05`, cadence: 'monthly' });
  const counts = await desk();
  assert.equal(counts.receipts, ok(await clerk.call('listReceipts', { query: { open: true, limit: 500 } })).items.length);
  const late = ok(await clerk.call('listObligations', { query: { open: true, due_to: day(-1), limit: 500 } })).items;
  assert.ok(late.length >= 12);
  assert.equal(counts.late, late.length);
  const decisions = ok(await clerk.call('listObligations', { query: { kind: 'decision', open: true, due_to: counts.decide_to } })).items;
  let undecided = 0;
  for (const { id } of decisions)
    undecided += ok(await clerk.call('getObligation', { path: { obligation: id } })).tasks.filter((row) => row.state === 'open').length;
  assert.equal(counts.decisions, undecided);
  const owed = late.find((row) => row.kind === 'return');
  const sent = ok(await clerk.call('moveObligation', {
    path: { obligation: owed.id }, headers: { 'if-match': `"${owed.version}"` }, body: { move: 'send' } }));
  assert.equal(sent.summary.state, 'sent');
  assert.equal((await desk()).sent, 1);
  assert.equal((await desk()).late, counts.late - 1);
  ok(await clerk.call('moveDuty', { path: { duty: duty.id }, headers: { 'if-match': `"${duty.version}"` }, body: { move: 'suspend', why: '机构调整' } }));
  assert.equal((await desk()).suspended, counts.suspended + 1);
});

test('lights over time, and what turned red', async () => {
  const starts = day(-200);
  const duty = await addDuty({ lead: units[1], title: '逾期的事', starts_on: starts, deadline_kind: 'complete_by', due: day(-40), cadence: '' });
  const trend = ok(await clerk.call('getLightTrend', { query: { programme, months: 12 } })).items;
  assert.equal(trend.length, 13);
  assert.equal(trend.at(-1).day, day());
  assert.ok(trend.at(-1).red >= 1);
  const turns = (query) => clerk.call('listLightTurns', { query: { programme, light: 'red', from: day(-60), to: day(), ...query } });
  const mine = ok(await turns()).items.find((turn) => turn.duty === duty.id);
  assert.equal(mine.on, day(-39));
  assert.equal(mine.reason, 'overdue');
  assert.equal(mine.before, 'yellow');
  assert.equal(mine.now, 'red');
  assert.equal(mine.until, null);
  assert.equal(ok(await turns({ from: day(-30) })).items.find((turn) => turn.duty === duty.id), undefined);
  assert.deepEqual(ok(await turns({ action_no: 999 })).items, []);
  const seen = [];
  let next;
  do {
    const page = ok(await turns({ from: `${year - 1}-01-01`, limit: 1, after: next }));
    seen.push(...page.items);
    next = page.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(seen, ok(await turns({ from: `${year - 1}-01-01` })).items);
  const lights = ok(await clerk.call('listDutyLights', { path: { duty: duty.id }, query: { from: starts } })).items;
  assert.deepEqual(lights.map((light) => light.light), ['green', 'yellow', 'red']);
});

test('what returns say of a duty task, the last first', async () => {
  const duty = await addDuty({ lead: units[1], title: '要报的事', starts_on: `${year - 1}-01-05` });
  const list = async (query = {}) => ok(await clerk.call('listDutyReturns', { path: { duty: duty.id }, query }));
  const all = (await list()).items;
  assert.ok(all.length >= 3);
  assert.deepEqual(all.map((said) => said.due), all.map((said) => said.due).sort().reverse());
  assert.equal((await list({ limit: 1, after: (await list({ limit: 1 })).next })).items[0].return, all[1].return);
  const first = all.at(-1);
  ok(await clerk.call('keepReturnRow', {
    path: { return: first.return, duty: duty.id }, headers: { 'if-match': '"0"' },
    body: { unit: units[1], text: '办了两期', percent: 20 } }));
  assert.equal((await list()).items.at(-1).text, null);
  const whole = ok(await clerk.call('getReturn', { path: { return: first.return } }));
  ok(await clerk.call('sendReturn', { path: { return: first.return }, headers: { 'if-match': `"${whole.head.version}"` }, body: { happened_on: first.due } }));
  const said = (await list()).items.at(-1);
  assert.equal(said.text, '办了两期');
  assert.equal(said.percent, 20);
  assert.equal(said.sent_on, first.due);
  assert.equal((await clerk.call('listDutyReturns', { path: { duty: 999999 } })).status, 404);
});

test('figures of an action are the last that were sent', async () => {
  const duties = ok(await clerk.call('listDuties', { query: { origin: 'plan', limit: 500 } })).items;
  let figured;
  for (const duty of duties) {
    const [owed] = ok(await clerk.call('listDutyReturns', { path: { duty: duty.id } })).items.slice(-1);
    if (owed === undefined) continue;
    const report = ok(await clerk.call('getReturn', { path: { return: owed.return } }));
    const row = report.rows.find((one) => one.figures.length > 0);
    if (row !== undefined) { figured = { report, row }; break; }
  }
  assert.ok(figured, 'a task of the plan has a target');
  const { report, row } = figured;
  const { indicator, measure } = row.figures[0];
  for (const one of report.rows)
    ok(await clerk.call('keepReturnRow', {
      path: { return: report.head.id, duty: one.duty }, headers: { 'if-match': '"0"' },
      body: { unit: report.head.unit.id, text: '进展正常', ...(one === row ? { figures: [{ indicator, measure, value: 12.5, span: 'to_date' }] } : {}) } }));
  const figures = async () => ok(await clerk.call('listActionFigures', { query: { programme, action_no: row.action_no } })).items;
  assert.deepEqual(await figures(), []);
  ok(await clerk.call('sendReturn', { path: { return: report.head.id }, headers: { 'if-match': `"${report.head.version}"` }, body: {} }));
  const [figure] = await figures();
  assert.equal(figure.indicator, indicator);
  assert.equal(figure.value, 12.5);
  assert.equal(figure.duty, row.duty);
});

test('what units were asked for, on screen and as a spreadsheet', async () => {
  const asked = ok(await clerk.call('listAsked', { query: { year } }));
  assert.equal(asked.cap, 3);
  const mine = asked.items.find((item) => item.unit.id === units[1]);
  assert.equal(mine.months.length, 12);
  assert.equal(mine.returns, mine.months.reduce((sum, month) => sum + month.returns, 0));
  assert.ok(mine.returns >= 2);
  assert.ok(mine.notices >= 1);
  for (const lang of ['zh', 'en']) {
    const book = await clerk.call('exportAsked', { query: { year, lang } });
    assert.equal(book.status, 200);
    assert.match(book.headers.get('content-disposition'), /burden\.xlsx/);
  }
  assert.equal((await clerk.call('listAsked', { query: { year: 1999 } })).status, 400);
});

test('who does not watch the programme is refused', async () => {
  const { name, password } = await server.addUser('liaison', undefined, { post: 'liaison_a', unit: '市教育局' });
  const liaison = await server.signIn(name, password);
  for (const [id, query] of [['getDutyDesk', {}], ['getLightTrend', { programme }], ['listAsked', { year }], ['exportAsked', { year }],
    ['listLightTurns', { programme, light: 'red', from: day(-1), to: day() }]])
    assert.equal((await liaison.call(id, { query })).status, 403, id);
});
