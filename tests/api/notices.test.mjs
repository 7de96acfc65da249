/* Telling people: every way once, later where a server is down, again after kill -9; inboxes, calendars, hand-over. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { fakeGateway, fakeMail } from './fakes.mjs';
import { sample, startServer } from './harness.mjs';

let server, office, programme, units, mail, gateway, args, day;
const people = []; // the liaison officers: { client, unit, mail }

const DAY = 86400e3;
const iso = (t) => new Date(t).toISOString().slice(0, 10);
const plus = (d, n) => iso(Date.parse(d) + n * DAY);
const today = () => iso(Date.now() + 8 * 3600e3);
const weekday = (d) => (new Date(d).getUTCDay() + 6) % 7; // Monday 0

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const clock = (at) => server.cli('clock', 'run', '--at', at, '--json');
const send = (at) => server.cli('notice', 'send', '--at', at, '--json');
const inbox = async (client, query = {}) => ok(await client.call('listNotices', { query: { limit: 200, ...query } }));
const channel = async (client, name) =>
  ok(await client.call('listNoticeChannels')).items.find((row) => row.channel === name);
async function choose(client, name, body) {
  const { version } = await channel(client, name);
  return ok(await client.call('setNoticeChannel', { path: { channel: name },
    headers: { 'if-match': `"${version}"` }, body }));
}
async function rules(values) {
  const { version } = ok(await office.call('getDutyRules'));
  ok(await office.call('setDutyRules', { headers: { 'if-match': `"${version}"` },
    body: { why: '试行', rules: Object.entries(values).map(([name, value]) => ({ name, value })) } }));
}
async function liaison(name, unit) {
  const account = await server.addUser(name, '云沂市', { post: 'liaison_a', unit: unit.name });
  const client = await server.signIn(account.name, account.password);
  return { name, client, unit, mail: `${name}@example.org` };
}
const deliveries = async (state) =>
  ok(await office.call('listDeliveries', { query: { state, limit: 500 } })).items;

before(async () => {
  mail = await fakeMail();
  gateway = await fakeGateway();
  args = ['--notice-every', '0', '--mail-server', mail.url, '--mail-tls', 'none', '--mail-from', 'office@example.org',
    '--mail-from-name', '推进办', '--sms-url', gateway.url, '--sms-secret', 's1', '--hook-url', gateway.url,
    '--hook-secret', 's2', '--site', 'http://xj.example.org'];
  server = await startServer({ args });
  office = await server.signIn();
  programme = ok(await office.call('listProgrammes')).items[0].id;
  const made = ok(await office.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' },
    body: sample('01-numbered-clauses'),
  }), 201).version;
  ok(await office.call('publishVersion', { path: { version: made.summary.id },
    headers: { 'if-match': `"${made.summary.version}"` }, body: { remarks: '看过' } }));
  await rules({ send_from: '0', send_to: '24' });
  // A Monday in whose week something is due, behind today.
  const owed = ok(await office.call('listObligations', { query: { kind: 'return', open: true, limit: 500 } })).items;
  const monday = (d) => plus(d, -weekday(d));
  day = owed.map((o) => monday(o.due)).find((d) => d > today());
  const due = owed.filter((o) => monday(o.due) === day);
  units = [...new Map(due.map((o) => [o.unit, { id: o.unit, name: o.unit_name }])).values()];
  assert.ok(units.length >= 3, 'the sample has three units that return in one week');
  for (let i = 0; i < 3; i++) people.push(await liaison(`liaison${i}`, units[i]));
  // What comes before that week stays in the inbox: nobody has chosen another way yet.
  await clock(plus(day, -1));
  await send(plus(day, -1));
});
after(async () => {
  await mail.close();
  await gateway.close();
  await server.stop();
});

test('a way is chosen with an address that it can go to, and nobody else’s change is lost', async () => {
  const { client } = people[0];
  assert.equal((await channel(client, 'mail')).available, true);
  const set = (version, body, name = 'mail') => client.call('setNoticeChannel', { path: { channel: name },
    headers: { 'if-match': `"${version}"` }, body });
  bad(await set(0, { wanted: true }), 400, 'bad_input');
  bad(await set(0, { wanted: true, address: 'a b@example.org' }), 400, 'bad_input');
  bad(await set(0, { wanted: true, address: 'abc' }, 'sms'), 400, 'bad_input');
  bad(await set(0, { wanted: true }, 'sms'), 400, 'bad_input');
  bad(await set(0, { wanted: true, address: '12345678' }, 'hook'), 400, 'bad_input');
  bad(await client.call('setNoticeChannel', { path: { channel: 'mail' }, body: { wanted: false } }), 428, 'version_required');
  const reply = await set(0, { wanted: true, address: people[0].mail });
  assert.equal(reply.headers.get('etag'), '"1"');
  const stale = await set(0, { wanted: false });
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.address, people[0].mail);
  assert.deepEqual(stale.body.yours, { wanted: false });
  await choose(people[1].client, 'mail', { wanted: true, address: people[1].mail, language: 'en' });
  await choose(people[1].client, 'sms', { wanted: true, address: '13800000000' });
  await choose(people[2].client, 'hook', { wanted: true });
});

test('a digest reaches the inbox and each chosen way, once', async () => {
  await clock(day);
  const first = await send(day);
  assert.ok(first.spread > 0 && first.sent === 4, JSON.stringify(first));
  assert.deepEqual(await send(day), { spread: 0, sent: 0, failed: 0, moot: 0, later: 0 });
  const mine = (await inbox(people[0].client)).items;
  assert.equal(mine[0].kind, 'digest');
  assert.equal(mine[0].unit, people[0].unit.id);
  assert.ok(mine[0].items.length > 0 && mine[0].items.every((item) => item.obligation > 0));
  const [zh, en] = [people[0], people[1]].map((p) => mail.letters.filter((l) => l.to === p.mail));
  assert.equal(zh.length, 1);
  assert.equal(en.length, 1);
  assert.match(zh[0].subject, /^本周应办 \d+ 件（.+）$/);
  assert.ok(zh[0].text.includes(people[0].unit.name) && zh[0].text.includes('http://xj.example.org/notices'), zh[0].text);
  assert.ok(zh[0].text.startsWith('liaison0，您好：'));
  assert.match(en[0].subject, /^This week: \d+ due/);
  assert.match(zh[0].id, /^<notice-\d+@example\.org>$/);
  assert.equal(zh[0].from, 'office@example.org');
  const [sms, hook] = ['to', 'account'].map((key) => gateway.posts.filter((p) => key in p.body));
  assert.equal(sms.length, 1);
  assert.deepEqual(Object.keys(sms[0].body), ['id', 'to', 'text']);
  assert.equal(hook.length, 1);
  assert.equal(hook[0].body.account, 'liaison2');
  assert.equal(hook[0].headers['xingjian-id'], hook[0].body.id);
  const [, at, hex] = hook[0].headers['xingjian-signature'].match(/^t=(\d+),v1=([0-9a-f]{64})$/);
  assert.equal(createHmac('sha256', 's2').update(`${at}.${hook[0].raw}`).digest('hex'), hex);
});

test('who has part in a task is told once what changed in it, from what to what, and what the office declined', async () => {
  const { client, unit } = people[0];
  const of = (items, kind) => items.filter((notice) => notice.kind === kind);
  const before_ = of((await inbox(client)).items, 'change');
  assert.ok(before_.some((notice) => notice.items.every((item) => item.kind === 'receipt')), 'the plan’s notice waits');
  const row = ok(await office.call('listDuties', { query: { unit: unit.id, limit: 500 } })).items
    .find((duty) => duty.owner === unit.id && duty.state !== 'done');
  const duty = ok(await office.call('getDuty', { path: { duty: row.id } }));
  const request = ok(await client.call('addRequest', { body: { about: 'duty', about_id: duty.id, ask: 'suspend', why: '场地未定' } }), 201);
  ok(await office.call('answerRequest', { path: { request: request.id }, headers: { 'if-match': '"1"' },
    body: { grant: false, words: '可另选场地' } }));
  ok(await office.call('correctDuty', { path: { duty: duty.id }, headers: { 'if-match': `"${duty.version}"` },
    body: { title: `${duty.title}（改）`, why: '名称有误' } }));
  await clock(plus(day, 1));
  await send(plus(day, 1));
  const [told, ...rest] = of((await inbox(client)).items, 'change');
  assert.equal(rest.length, before_.length, 'one message more');
  assert.equal(told.made_for, plus(day, 1));
  assert.equal(told.unit, unit.id);
  const [declined, corrected] = ['request', 'task'].map((kind) => told.items.find((item) => item.kind === kind));
  assert.deepEqual([declined.move, declined.why, declined.duty], ['decline', '可另选场地', duty.id]);
  assert.deepEqual([corrected.move, corrected.why, corrected.duty], ['correct', '名称有误', duty.id]);
  assert.deepEqual(corrected.changes, [{ field: 'title', before: duty.title, after: `${duty.title}（改）` }]);
  await send(plus(day, 1));
  assert.equal(of((await inbox(client)).items, 'change').length, before_.length + 1);
});

test('an inbox pages by key, counts what is unread, and is nobody else’s', async () => {
  const { client } = people[0];
  const all = await inbox(client);
  assert.equal(all.unread, all.items.filter((n) => n.read_at === null).length);
  assert.ok(all.unread > 0);
  const [page, others] = [await inbox(client, { limit: 1 }), await inbox(people[1].client)];
  assert.equal(page.items[0].id, all.items[0].id);
  if (page.next !== null)
    assert.equal((await inbox(client, { limit: 1, after: page.next })).items[0].id, all.items[1].id);
  ok(await people[1].client.call('readNotices', { body: { notices: [all.items[0].id] } }));
  assert.equal((await inbox(client)).unread, all.unread);
  assert.ok(others.items.every((n) => !all.items.some((m) => m.id === n.id)));
  assert.deepEqual(ok(await client.call('readNotices', { body: { notices: [all.items[0].id] } })), { unread: all.unread - 1 });
  assert.notEqual((await inbox(client)).items[0].read_at, null);
  assert.deepEqual(ok(await client.call('readNotices', { body: { last: all.items[0].id } })), { unread: 0 });
  assert.deepEqual((await inbox(client, { unread: true })).items, []);
  bad(await client.call('listNotices', { query: { after: 'delivery.AAAA' } }), 400, 'bad_input');
});

test('a unit for which nobody speaks is shown to the office, and told when somebody does', async () => {
  const failed = (await deliveries('failed')).filter((d) => d.person === null);
  assert.ok(failed.length > 0);
  assert.ok(failed.every((d) => d.code === 'not_found' && !people.some((p) => p.unit.id === d.unit)));
  const one = failed[0];
  const late = await liaison('later', { id: one.unit, name: one.unit_name });
  assert.deepEqual((await inbox(late.client)).items, []);
  ok(await office.call('sendDeliveryAgain', { path: { delivery: one.id }, body: {} }));
  assert.equal((await inbox(late.client)).items.length, 1);
  bad(await office.call('sendDeliveryAgain', { path: { delivery: one.id }, body: {} }), 404, 'not_found');
  bad(await late.client.call('listDeliveries'), 403, 'forbidden');
});

test('a mail server that is down for a day delays, and loses nothing', async () => {
  const due = plus(day, 14);
  await mail.close();
  await clock(due);
  const down = await send(due);
  assert.equal(down.sent, gateway.posts.length - 2, 'the other ways go on');
  assert.ok(down.later === 1, JSON.stringify(down)); // one try, then the way is left alone
  const before_ = mail.letters.length;
  const waiting = (await deliveries('waiting')).filter((d) => d.channel === 'mail');
  assert.ok(waiting.length > 1 && waiting.filter((d) => d.tries > 0).every((d) => d.code === 'unavailable'));
  await mail.open();
  const up = await send(plus(due, 1));
  assert.equal(up.later, 0);
  assert.equal(mail.letters.length, before_ + up.sent);
  // The cap of a day puts some off, to the next: none is lost.
  let sent = up.sent;
  for (let n = 2; n < 7; n++) sent += (await send(plus(due, n))).sent;
  assert.equal(sent, waiting.length);
  assert.deepEqual((await deliveries('waiting')), []);
  assert.equal(new Set(mail.letters.map((l) => l.id)).size, mail.letters.length);
});

test('above the cap of a day the rest goes on the next, and outside working hours nothing goes', async () => {
  const from = plus(day, 28), saturday = plus(from, 5);
  await rules({ day_cap: '1' });
  await clock(from);
  const count = (l) => l.filter((x) => x.to === people[0].mail).length;
  const start = count(mail.letters);
  await send(from);
  assert.equal(count(mail.letters), start + 1);
  const put = (await deliveries('waiting')).filter((d) => d.person_name === 'liaison0');
  if (put.length > 0) assert.equal(put[0].due_at, `${from}T16:00:00.000000Z`); // midnight there
  await rules({ day_cap: null, send_from: null, send_to: null });
  await clock(plus(from, 7));
  assert.equal((await send(saturday)).sent, 0); // noon of a day without work
  assert.ok((await deliveries('waiting')).length > 0);
  await rules({ send_from: '0', send_to: '24' });
  for (let n = 7; n < 12; n++) await send(plus(from, n));
  assert.deepEqual(await deliveries('waiting'), []);
});

test('what is settled meanwhile is told no more', async () => {
  const at = plus(day, 42);
  await clock(at);
  await mail.close();
  await send(at);
  const unit = people[0].unit.id;
  for (const o of ok(await office.call('listObligations', { query: { unit, open: true, limit: 500 } })).items) {
    const move = o.kind === 'return' || o.kind.endsWith('report') ? 'send' : 'do';
    ok(await office.call('moveObligation', { path: { obligation: o.id },
      headers: { 'if-match': `"${o.version}"` }, body: { move } }));
  }
  await mail.open();
  const had = mail.letters.length;
  const sent = await send(plus(at, 1));
  assert.ok(sent.moot > 0, JSON.stringify(sent));
  assert.ok(mail.letters.slice(had).every((l) => l.to !== people[0].mail));
});

test('a dead address is shown to the office, and used no more until it is set again', async () => {
  const at = plus(day, 56), who = people[1];
  mail.refuse = (to) => to === who.mail;
  await clock(at);
  const sent = await send(at);
  assert.equal(sent.failed, 1);
  const [failed] = (await deliveries('failed')).filter((d) => d.channel === 'mail');
  assert.equal(failed.person_name, 'liaison1');
  assert.equal(failed.code, 'refused');
  assert.equal(failed.dead, true);
  const row = await channel(who.client, 'mail');
  assert.ok(row.dead_at !== null && /550/.test(row.dead_why));
  await clock(plus(at, 7));
  assert.equal((await send(plus(at, 7))).failed, 0);
  mail.refuse = () => false;
  ok(await office.call('sendDeliveryAgain', { path: { delivery: failed.id }, body: {} }));
  const had = mail.letters.length;
  await rules({ day_cap: '20' }); // what went out at later days counts above the cap of an earlier one
  await send(plus(today(), 1));
  assert.equal(mail.letters.slice(had).filter((l) => l.to === who.mail).length, 1);
  assert.equal((await channel(who.client, 'mail')).dead_at, null);
  bad(await office.call('sendDeliveryAgain', { path: { delivery: failed.id }, body: {} }), 409, 'conflict');
});

/* ---- calendars ---- */

const events = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((e) => ({
  uid: e.getFirstPropertyValue('uid'), day: e.getFirstPropertyValue('dtstart').toString(),
  sequence: e.getFirstPropertyValue('sequence'), status: e.getFirstPropertyValue('status'),
  summary: e.getFirstPropertyValue('summary'),
}));
const token = (made) => made.path.slice('/api/v1/calendar/'.length);
const read = async (made, query) => server.client().call('getCalendar', { path: { token: token(made) }, query });

test('a calendar is read by its secret alone; changes and cancellations keep its UIDs', async () => {
  const { client, unit } = people[2];
  const headers = { 'idempotency-key': 'calendar-0001' };
  const made = ok(await client.call('addCalendar', { body: {}, headers }), 201);
  assert.deepEqual(ok(await client.call('addCalendar', { body: {}, headers }), 201), { id: made.id, path: null });
  const reply = await read(made);
  assert.match(reply.headers.get('content-type'), /^text\/calendar/);
  const first = events(reply.bytes.toString('utf8'));
  const owed = ok(await client.call('listObligations', { query: { unit: unit.id, due_from: plus(today(), -180), limit: 500 } })).items;
  assert.deepEqual(new Set(first.map((e) => e.uid)), new Set(owed.map((o) => `obligation-${o.id}@xingjian`)));
  assert.ok(first.every((e) => e.summary.includes(unit.name)));
  const open = owed.filter((o) => o.open);
  const move = (o, body) => office.call('moveObligation', { path: { obligation: o.id },
    headers: { 'if-match': `"${o.version}"` }, body });
  ok(await move(open[0], { move: 'extend', due: plus(open[0].due, 9), why: '延期' }));
  ok(await move(open[1], { move: 'withdraw', why: '不再需要' }));
  const second = events((await read(made)).bytes.toString('utf8'));
  const [moved, gone] = [open[0], open[1]].map((o) => second.find((e) => e.uid === `obligation-${o.id}@xingjian`));
  const was = first.find((e) => e.uid === moved.uid);
  assert.equal(moved.day, plus(open[0].due, 9));
  assert.ok(moved.sequence > was.sequence);
  assert.equal(gone.status, 'CANCELLED');
  assert.equal(second.length, first.length);
});

test('a unit’s calendar, taken back, and what nobody may read', async () => {
  const { client, unit } = people[2];
  const made = ok(await client.call('addCalendar', { body: { unit: unit.id } }), 201);
  assert.ok(events((await read(made, { lang: 'en' })).bytes.toString('utf8')).length > 0);
  bad(await client.call('addCalendar', { body: { unit: people[1].unit.id } }), 404, 'not_found');
  const listed = ok(await client.call('listCalendars')).items;
  assert.equal(listed.length, 2);
  assert.ok(listed.some((f) => f.unit === unit.id));
  bad(await people[0].client.call('revokeCalendar', { path: { calendar: made.id } }), 404, 'not_found');
  ok(await client.call('revokeCalendar', { path: { calendar: made.id } }));
  bad(await read(made), 404, 'not_found');
  bad(await client.call('revokeCalendar', { path: { calendar: made.id } }), 404, 'not_found');
  for (const wrong of ['x', '1-.ics', `${token(made).slice(0, -5)}A.ics`])
    bad(await server.client().call('getCalendar', { path: { token: wrong } }), 404, 'not_found');
});

/* ---- people who go, text to paste ---- */

test('a liaison officer who goes hands over what is open, and is told nothing more', async () => {
  const { client, unit } = people[2];
  const me = client.session.person.id;
  const duties = ok(await office.call('listDuties', { query: { unit: unit.id, limit: 5 } })).items.map((d) => d.id);
  ok(await office.call('dispatchDuties', { body: { unit: unit.id, duties, person: me } }));
  const account = await server.addUser('successor', '云沂市', { post: null });
  const heir = await server.signIn(account.name, account.password);
  const made = ok(await client.call('addCalendar', { body: { unit: unit.id } }), 201);
  const post = ok(await office.call('getPerson', { path: { person: me } })).posts[0];
  ok(await office.call('endPost', { path: { post: post.id }, headers: { 'if-match': `"${post.version}"` },
    body: { last: plus(today(), -1), successor: heir.session.person.id } }));
  for (const duty of duties) {
    const open = ok(await office.call('getDuty', { path: { duty } })).handlers.filter((h) => h.to_on === '9999-12-31' || h.to_on === null);
    assert.deepEqual(open.map((h) => h.person), [heir.session.person.id]);
  }
  bad(await read(made), 404, 'not_found');
  const had = (await inbox(client)).items.length;
  await clock(plus(day, 70));
  await send(plus(day, 70));
  assert.equal((await inbox(client)).items.length, had);
  assert.ok((await inbox(heir)).items.length > 0);
});

test('the text to paste has a line a unit, of what one sees', async () => {
  const all = ok(await office.call('getPasteText', { query: { days: 366 } }));
  const lines = all.text.trim().split('\n');
  assert.match(lines[0], new RegExp(`^【应办提醒】截至.*，${all.units} 家单位有待办事项：$`));
  assert.equal(lines.length, all.units + 1);
  assert.ok(lines.some((l) => l.startsWith(`${people[1].unit.name}：`)));
  const own = ok(await people[1].client.call('getPasteText', { query: { days: 366, lang: 'en' } }));
  assert.equal(own.units, 1);
  assert.match(own.text, /due \d{4}-\d\d-\d\d/);
  const late = ok(await office.call('getPasteText', { query: { overdue: true } })).text.trim().split('\n').slice(1);
  assert.ok(late.length > 0 && late.every((l) => !/到期(?!（已逾期）)/.test(l)), late.join('\n'));
  const none = ok(await office.call('getPasteText', { query: { unit: people[0].unit.id, overdue: true } }));
  assert.match(none.text, /没有待办事项/);
  /* in parts: each ends behind a whole unit, together they are the whole */
  const parts = [];
  let next;
  const counts = new Map();
  do {
    const page = ok(await office.call('listObligations', { query: { open: true, limit: 500, after: next } }));
    for (const o of page.items) counts.set(o.unit, (counts.get(o.unit) ?? 0) + 1);
    next = page.next ?? undefined;
  } while (next !== undefined);
  const limit = Math.max(...counts.values());
  do {
    const part = ok(await office.call('getPasteText', { query: { days: 366, limit, after: next } }));
    parts.push(...part.text.trim().split('\n').slice(1));
    assert.ok(part.units > 0);
    next = part.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(parts, lines.slice(1));
  assert.equal(all.next, null);
  bad(await office.call('getPasteText', { query: { days: 366, limit: 1, unit: people[1].unit.id } }), 413, 'too_large');
});

/* ---- apart, and killed ---- */

test('another jurisdiction sees and changes nothing of it', async () => {
  await server.cli('tenant', 'add', '海临市', '379800');
  const account = await server.addUser('stranger', '海临市');
  const stranger = await server.signIn(account.name, account.password);
  assert.deepEqual((await inbox(stranger)).items, []);
  assert.deepEqual(ok(await stranger.call('listDeliveries')).items, []);
  const [any] = await deliveries('done');
  bad(await stranger.call('sendDeliveryAgain', { path: { delivery: any.id }, body: {} }), 404, 'not_found');
  bad(await stranger.call('addCalendar', { body: { unit: people[0].unit.id } }), 404, 'not_found');
  const theirs = (await inbox(people[1].client));
  ok(await stranger.call('readNotices', { body: { notices: theirs.items.map((n) => n.id) } }));
  assert.equal((await inbox(people[1].client)).unread, theirs.unread);
  const made = ok(await people[1].client.call('addCalendar', { body: {} }), 201);
  const [, secret] = token(made).match(/^\d+(-.*)$/);
  bad(await read({ path: `/api/v1/calendar/${stranger.session.tenant?.id ?? 2}${secret}` }), 404, 'not_found');
});

test('kill -9 while it sends: nothing is lost, and only what was in flight comes twice, as the same', async () => {
  await rules({ day_cap: '20', person_cap: '20' });
  await choose(people[0].client, 'mail', { wanted: true, address: people[0].mail });
  await clock(plus(day, 200));
  const had = mail.letters.length;
  const every = args.map((a, i) => (args[i - 1] === '--notice-every' ? '1' : a));
  let kills = 0;
  await server.kill();
  for (;;) {
    const before_ = mail.letters.length;
    await server.serve(...every);
    // Killed in the middle of a run: when two more letters came, or none is left.
    for (let i = 0; i < 600 && mail.letters.length < before_ + 2; i++) {
      await new Promise((resolve) => { setTimeout(resolve, 20); });
      if (i % 50 === 49 && mail.letters.length === before_ && i > 150) break;
    }
    if (mail.letters.length < before_ + 2) break;
    await server.kill();
    kills++;
    if (kills === 8) { await server.serve(...every); break; }
  }
  office = await server.signIn();
  for (let i = 0; i < 600; i++) {
    const left = [...await deliveries('waiting'), ...await deliveries('sending')]
      .filter((d) => d.due_at !== null && Date.parse(d.due_at) <= Date.now());
    if (left.length === 0) break;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  const came = mail.letters.slice(had);
  const ids = new Set(came.map((l) => l.id));
  assert.ok(kills >= 2 && ids.size > 4, `${kills} kills, ${ids.size} letters`);
  assert.ok(came.length - ids.size <= kills + 1, `${came.length} letters of ${ids.size}, ${kills} kills`);
  const done = (await deliveries('done')).filter((d) => d.channel === 'mail');
  const sentIds = new Set(mail.letters.map((l) => l.id));
  for (const d of done) assert.ok(sentIds.has(`<notice-${d.id}@example.org>`), `delivery ${d.id} was sent`);
  assert.deepEqual(await deliveries('sending'), []);
});
