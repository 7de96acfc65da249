/* A county with a jurisdiction of its own: linked with its city, tasks down, returns up, nothing else. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { rowsOf } from './book.mjs';
import { startServer } from './harness.mjs';
import { bad, given, links, match, ok, until } from './linked.mjs';

const SECRET = '不可外传的草稿';
const hides = (body) => JSON.stringify(body ?? '').includes(SECRET);

let server, city, chief, county, leader, unit, programme;

const text = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕9号

一、健康知识普及行动
1.开展宣传教育。到2030年，居民健康素养水平不低于30%。（牵头单位：市教育局；责任单位：泉岭区政府、柏川县政府）
2.建设健康步道。（牵头单位：市教育局；责任单位：泉岭区政府）
`;

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

const returns = async (client, query = {}) =>
  ok(await client.call('listObligations', { query: { kind: 'return', limit: 500, ...query } })).items;
const report = async (client, id, as) => ok(await client.call('getReturn', { path: { return: id }, query: { as } }));
const settled = async () => until(async () =>
  (await links(city)).every((l) => l.waiting === 0) && (await links(county)).every((l) => l.waiting === 0), 'quiet');

/* CLIENT's first return that holds DUTY: what it says. */
async function returnOf(client, duty) {
  for (const item of await returns(client)) {
    const whole = await report(client, item.id);
    if (whole.rows.some((row) => row.duty === duty)) return whole.head;
  }
  return assert.fail('the task is in no return');
}

async function say(client, id, duty, body) {
  const { head, rows } = await report(client, id);
  return ok(await client.call('keepReturnRow', {
    path: { return: id, duty }, headers: match(rows.find((r) => r.duty === duty).version),
    body: { unit: head.unit.id, ...body } }));
}

async function send(client, id) {
  const { version } = (await report(client, id)).head;
  return client.call('sendReturn', { path: { return: id }, headers: match(version), body: { rest_same: false } });
}

before(async () => {
  server = await startServer();
  city = await server.signIn();
  const boss = await server.addUser('chief', '云沂市', { post: 'administrator' });
  chief = await server.signIn(boss.name, boss.password);
  const cityProgramme = ok(await city.call('listProgrammes')).items[0].id;
  const made = ok(await city.call('importDocument', { query: { programme: cityProgramme, name: 'plan.txt' },
    headers: { 'content-type': 'text/plain' }, body: text }), 201).version;
  ok(await city.call('publishVersion', { path: { version: made.summary.id },
    headers: match(made.summary.version), body: { remarks: '已核对' } }));
  unit = ok(await city.call('listUnits')).items.find((u) => u.name === '泉岭区政府');
  await server.cli('tenant', 'add', '泉岭区', '379902');
  await server.cli('programme', 'add', '泉岭区', '健康泉岭');
  const office = await server.addUser('quanling', '泉岭区', { post: null });
  county = await server.signIn(office.name, office.password);
  const watcher = await server.addUser('quanling-leader', '泉岭区', { post: 'leader' });
  leader = await server.signIn(watcher.name, watcher.password);
  programme = ok(await county.call('listProgrammes')).items[0].id;
});
after(async () => { await server.stop(); });

test('a code links the two ends, once', async () => {
  const headers = { 'idempotency-key': 'offer-0000001' };
  const offered = ok(await city.call('offerCountyLink', { headers, body: { unit: unit.id } }), 201);
  assert.match(offered.code, /^\S{20,}$/);
  const again = ok(await city.call('offerCountyLink', { headers, body: { unit: unit.id } }), 201);
  assert.deepEqual(again, { id: offered.id, code: null });
  bad(await city.call('offerCountyLink', { body: { unit: unit.id } }), 409, 'conflict');
  bad(await city.call('offerCountyLink', { body: { unit: 1 } }), 404, 'not_found');
  bad(await chief.call('takeCountyLink', { body: { code: offered.code, programme: 1 } }), 404, 'not_found');
  bad(await county.call('takeCountyLink', { body: { code: 'nothing-of-that', programme } }), 404, 'not_found');
  bad(await leader.call('takeCountyLink', { body: { code: offered.code, programme } }), 403, 'forbidden');
  const asked = ok(await county.call('takeCountyLink', { body: { code: offered.code, programme } }), 201);
  assert.equal(asked.side, 'county');
  const mine = await until(async () => (await links(county)).find((l) => l.state === 'linked'), 'the link');
  assert.equal(mine.peer, '云沂市');
  assert.equal(mine.programme, '健康泉岭');
  const theirs = (await links(city))[0];
  assert.deepEqual([theirs.state, theirs.peer, theirs.linked_on], ['linked', '泉岭区', today()]);
  bad(await county.call('takeCountyLink', { body: { code: offered.code, programme } }), 404, 'not_found');
});

test("the city's tasks come down with its words, number and days", async () => {
  const items = await until(async () => { const got = await given(county); return got.length === 2 && got; }, 'tasks');
  const first = items.find((i) => i.above.title.includes('宣传教育'));
  assert.equal(first.from, '云沂市');
  assert.equal(first.doc_no, '云政发〔2026〕9号');
  assert.deepEqual(first.own, first.above);
  assert.equal(first.taken, 'open');
  assert.equal(first.owner.name, '推进委员会办公室');
  assert.ok(first.dates.length > 0);
  const above = ok(await city.call('listDuties', { query: { unit: unit.id } })).items;
  assert.equal(above.length, 2);
  /* As due here as there: the county's days of the city. */
  const there = (await returns(city, { unit: unit.id })).map((o) => o.due).sort();
  const here = (await returns(county)).map((o) => o.due).sort();
  assert.deepEqual(here, there);
  const receipt = ok(await county.call('listReceipts', { query: { open: true } })).items[0];
  assert.equal(receipt.origin, 'assignment');
  assert.equal(receipt.duties, 2);
});

test('lists page by key', async () => {
  const all = await given(county);
  const page = ok(await county.call('listAssignments', { query: { limit: 1 } }));
  assert.equal(page.items[0].duty, all[0].duty);
  const next = ok(await county.call('listAssignments', { query: { limit: 1, after: page.next } }));
  assert.equal(next.items[0].duty, all[1].duty);
  assert.equal(next.next, null);
  assert.deepEqual(await given(county, { taken: 'adapted' }), []);
  assert.equal((await given(county, { live: true, taken: 'open' })).length, 2);
});

test('what the county sends arrives as its return, and the word on it comes back', async () => {
  const [one, two] = await given(county);
  const mine = await returnOf(county, one.duty);
  const theirs = (await returns(city, { unit: unit.id }))[0];
  await say(county, mine.id, one.duty, { text: SECRET });
  await settled();
  const draft = await report(city, theirs.id);
  assert.ok(draft.rows.every((row) => row.text === ''), 'a draft went up');
  const figure = (await report(county, mine.id)).rows.find((r) => r.duty === one.duty).figures[0];
  await say(county, mine.id, one.duty, { text: '区里办了讲座三十场', percent: 40,
    figures: figure === undefined ? []
      : [{ indicator: figure.indicator, measure: figure.measure, value: 21.5, span: 'to_date' }] });
  assert.equal(figure?.measure, '%', 'the target came down');
  await say(county, mine.id, two.duty, { text: '步道建成两条' });
  ok(await send(county, mine.id));
  const came = await until(async () => {
    const now = await report(city, theirs.id);
    return now.head.state === 'sent' && now;
  }, 'the return');
  assert.equal(came.head.sent_on, today());
  const row = came.rows.find((r) => r.title.includes('宣传教育'));
  assert.equal(row.text, '区里办了讲座三十场');
  assert.equal(row.percent, 40);
  assert.equal(row.figures[0].value, 21.5);
  assert.match(row.changed_by, /^泉岭区·/);
  const from = ok(await city.call('listCameRows', { path: { return: theirs.id } })).items;
  assert.equal(from.length, 2);
  assert.equal(from[0].from, '泉岭区');
  bad(await county.call('listCameRows', { path: { return: theirs.id } }), 404, 'not_found');

  /* The county's own office does not judge what the city gave. */
  const held = (await report(county, mine.id)).head;
  bad(await county.call('reviewReturn', { path: { return: mine.id }, headers: match(held.version),
    body: { rows: [{ duty: one.duty, accepted: true, why: '', quote: '' }] } }), 409, 'conflict');

  const rows = came.rows.map((r) => ({ duty: r.duty, accepted: !r.title.includes('步道'),
    why: r.title.includes('步道') ? '请补充里程' : '', quote: '' }));
  ok(await city.call('reviewReturn', { path: { return: theirs.id }, headers: match(came.head.version), body: { rows } }));
  const back = await until(async () => {
    const now = await report(county, mine.id);
    return now.head.state === 'returned' && now;
  }, 'the word on it');
  const second = back.rows.find((r) => r.duty === two.duty);
  assert.equal(second.state, 'returned');
  assert.equal(second.remarks[0].remark, '请补充里程');
  assert.match(second.remarks[0].by, /^云沂市·/);
  assert.equal(back.rows.find((r) => r.duty === one.duty).state, 'accepted');

  await say(county, mine.id, two.duty, { text: '步道建成两条，共六公里' });
  ok(await send(county, mine.id));
  const more = await until(async () => {
    const now = await report(city, theirs.id);
    return now.head.state === 'sent' && now;
  }, 'what was sent again');
  assert.equal(more.rows.find((r) => r.title.includes('步道')).text, '步道建成两条，共六公里');
  ok(await city.call('reviewReturn', { path: { return: theirs.id }, headers: match(more.head.version),
    body: { rows: more.rows.filter((r) => r.state === 'sent').map((r) => ({ duty: r.duty, accepted: true, why: '', quote: '' })) } }));
  await until(async () => (await report(county, mine.id)).head.state === 'accepted', 'acceptance');
});

test('a task is taken as it is, or adapted with an earlier day', async () => {
  const [one, two] = await given(county);
  bad(await county.call('takeAssignment', { path: { duty: one.duty }, headers: match(one.version + 7),
    body: { taken: 'as_is' } }), 409, 'stale');
  const asIs = ok(await county.call('takeAssignment', { path: { duty: one.duty }, headers: match(one.version),
    body: { taken: 'as_is' } }));
  assert.deepEqual([asIs.taken, asIs.taken_on], ['as_is', today()]);
  const before = (await returns(county, { open: true })).map((o) => o.due);
  const body = { taken: 'adapted', title: '建好泉岭步道', text: '区里的要求', days_before: 5 };
  bad(await county.call('takeAssignment', { path: { duty: two.duty }, headers: match(two.version),
    body: { ...body, due: '2199-01-01' } }), 400, 'bad_input');
  bad(await county.call('takeAssignment', { path: { duty: two.duty }, headers: match(two.version),
    body: { ...body, days_before: 21 } }), 400, 'bad_input');
  const adapted = ok(await county.call('takeAssignment', { path: { duty: two.duty }, headers: match(two.version), body }));
  assert.equal(adapted.own.title, '建好泉岭步道');
  assert.equal(adapted.above.title, two.above.title);
  const days = (await returns(county, { open: true })).map((o) => o.due);
  assert.ok(days.length > before.length, 'the earlier days are returns of their own');
  assert.equal(ok(await county.call('getDuty', { path: { duty: two.duty } })).title, '建好泉岭步道');
  bad(await county.call('correctDuty', { path: { duty: two.duty }, headers: match(adapted.version),
    body: { title: '另一个', why: '试试' } }), 409, 'conflict');
});

test('what the city changes or takes back changes below', async () => {
  const above = ok(await city.call('listDuties', { query: { unit: unit.id } })).items;
  const walk = above.find((d) => d.title.includes('步道'));
  const talk = above.find((d) => d.title.includes('宣传'));
  ok(await city.call('correctDuty', { path: { duty: walk.id }, headers: match(walk.version),
    body: { text: '市里新的要求', why: '口径调整' } }));
  const changed = await until(async () =>
    (await given(county)).find((i) => i.above.text === '市里新的要求'), 'the change');
  assert.equal(changed.own.text, '区里的要求', 'the own words stay');
  ok(await city.call('moveDuty', { path: { duty: talk.id }, headers: match(talk.version),
    body: { move: 'suspend', why: '暂不开展' } }));
  const gone = await until(async () => (await given(county, { live: false }))[0], 'the taking back');
  assert.equal(gone.state, 'suspended');
  const told = ok(await county.call('listReceipts', { query: { open: true } })).items.map((r) => r.title);
  assert.ok(told.some((t) => t.includes('调整')), JSON.stringify(told));
  const now = ok(await city.call('getDuty', { path: { duty: talk.id } }));
  ok(await city.call('moveDuty', { path: { duty: talk.id }, headers: match(now.version),
    body: { move: 'resume', why: '恢复' } }));
  await until(async () => (await given(county, { live: true })).length === 2, 'the giving again');
});

test('nothing unsent of the county is seen in the city, and nothing of the city in the county', async () => {
  ok(await county.call('addDuty', { body: { programme, origin: 'hand', title: `${SECRET}之一`, text: SECRET,
    lead: (await given(county))[0].owner.id, deadline_kind: 'ongoing' } }), 201);
  const live = (await given(county, { live: true }))[0];
  const mine = (await returnOf(county, live.duty));
  const open = (await returns(county, { open: true }))[0];
  const held = (await report(county, open.id)).rows[0];
  await say(county, open.id, held.duty, { text: SECRET, difficulties: SECRET });
  await settled();
  assert.ok(mine.id > 0);
  for (const client of [city, chief]) {
    for (const [operation, query] of [['listDuties', { limit: 500 }], ['listObligations', { limit: 500 }],
      ['search', { q: SECRET }], ['listReceipts', {}], ['listDeliveries', {}], ['listBodies', {}],
      ['listUnits', { limit: 500 }], ['listPeople', {}], ['listSessions', {}], ['listSummaries', {}]]) {
      const reply = await client.call(operation, { query });
      assert.ok([200, 403].includes(reply.status), `${operation}: ${reply.status}`);
      assert.ok(!hides(reply.body), operation);
    }
    for (const operation of ['exportDuties', 'exportObligations', 'exportReceipts', 'exportDirectory', 'exportUnits', 'exportTasks']) {
      const reply = await client.call(operation, {});
      assert.ok([200, 403].includes(reply.status), `${operation}: ${reply.status}`);
      if (reply.status === 200) assert.ok(!hides(rowsOf(reply.bytes)), operation);
    }
  }
  for (const item of await returns(city, { unit: unit.id })) {
    assert.ok(!hides(await report(city, item.id)));
    assert.ok(!hides(rowsOf((await city.call('exportReturn', { path: { return: item.id } })).bytes)));
  }
  const feed = ok(await city.call('addCalendar', { body: {} }), 201).path;
  const calendar = await server.client().call('getCalendar', { path: { token: feed.slice('/api/v1/calendar/'.length) } });
  assert.equal(calendar.status, 200);
  assert.ok(!hides(calendar.bytes.toString('utf8')));
  bad(await city.call('getDuty', { path: { duty: live.duty } }), 404, 'not_found');
  bad(await city.call('getReturn', { path: { return: open.id } }), 404, 'not_found');
  bad(await city.call('getObligation', { path: { obligation: open.id } }), 404, 'not_found');
  bad(await county.call('getReturn', { path: { return: (await returns(city))[0].id } }), 404, 'not_found');
});

test('kill -9 while things cross: each crosses once', async () => {
  const rounds = process.env.XJ_LONG === '1' ? 12 : 3;
  const lead = ok(await city.call('listUnits')).items.find((u) => u.name === '市教育局').id;
  const cityProgramme = ok(await city.call('listProgrammes')).items[0].id;
  const had = (await given(county)).length;
  for (let i = 0; i < rounds; i++) {
    ok(await city.call('addDuty', { body: { programme: cityProgramme, origin: 'hand', title: `第${i}件事`, lead,
      units: [unit.id], deadline_kind: 'ongoing' } }), 201);
    await wait(400 * (i + 1));
    await server.kill();
    await server.serve();
  }
  await until(async () => (await given(county)).length === had + rounds, 'each task');
  await settled();
  const open = (await returns(county, { open: true })).at(-1);
  for (const row of (await report(county, open.id)).rows) await say(county, open.id, row.duty, { text: '已办' });
  ok(await send(county, open.id));
  await server.kill();
  await server.serve();
  await settled();
  assert.equal((await given(county)).length, had + rounds);
  const titles = (await given(county)).map((i) => i.above.title);
  assert.equal(new Set(titles).size, titles.length, 'a task came twice');
  for (const item of await returns(city, { unit: unit.id })) {
    const { history } = ok(await city.call('getObligation', { path: { obligation: item.id } }));
    const sends = history.filter((m) => m.move === 'send').length;
    const backs = history.filter((m) => m.move === 'return').length;
    assert.ok(sends <= backs + 1, 'a return was sent twice');
  }
});

/* The county says TEXT of all that makes up the city's next return, the earlier days of what it adapted too. */
async function sendNext(text) {
  const byDay = (a, b) => a.due.localeCompare(b.due);
  const day = (await returns(city, { unit: unit.id, open: true })).sort(byDay)[0].due;
  const mine = (await returns(county, { open: true })).sort(byDay).filter((o) => o.due <= day);
  assert.ok(mine.length > 0);
  for (const { id } of mine) {
    for (const row of (await report(county, id)).rows)
      if (['open', 'returned'].includes(row.state)) await say(county, id, row.duty, { text });
    ok(await send(county, id));
  }
  return mine.map((o) => o.id);
}

async function endBy(client, why) {
  const link = (await links(client)).find((l) => l.state === 'linked');
  return ok(await client.call('endCountyLink', { path: { link: link.id }, headers: match(link.version),
    body: { ends_on: today(), why } }));
}

/* What the city holds of TEXT, which the county sent. */
const arrived = (text) => until(async () => {
  for (const item of await returns(city, { unit: unit.id })) {
    const whole = await report(city, item.id);
    if (whole.rows.some((row) => row.text === text)) return whole;
  }
  return null;
}, text);

const moves = async (client, duty) => ok(await client.call('getDuty', { path: { duty } })).history.map((m) => m.move);

test('a link that the county ends loses nothing that is under way, though the server dies', async () => {
  const link = (await links(county))[0];
  bad(await county.call('endCountyLink', { path: { link: link.id }, headers: match(link.version + 9),
    body: { ends_on: today(), why: '区划调整' } }), 409, 'stale');
  bad(await county.call('endCountyLink', { path: { link: link.id }, headers: match(link.version),
    body: { ends_on: '2020-01-01', why: '区划调整' } }), 400, 'bad_input');
  bad(await city.call('endCountyLink', { path: { link: link.id }, headers: match(1),
    body: { ends_on: today(), why: '别人的' } }), 404, 'not_found');
  const later = ok(await county.call('endCountyLink', { path: { link: link.id }, headers: match(link.version),
    body: { ends_on: '2099-12-31', why: '区划调整' } }));
  assert.deepEqual([later.state, later.ends_on], ['linked', '2099-12-31']);
  const lead = ok(await city.call('listUnits')).items.find((u) => u.name === '市教育局').id;
  ok(await city.call('addDuty', { body: { programme: ok(await city.call('listProgrammes')).items[0].id, origin: 'hand',
    title: '每月报一次的事', lead, units: [unit.id], deadline_kind: 'ongoing', cadence: 'monthly' } }), 201);
  await until(async () => (await given(county)).some((i) => i.above.title === '每月报一次的事'), 'the task');
  await settled();
  const before = await given(county, { live: true });
  const sent = await sendNext('终止前最后一次');
  await endBy(county, '区划调整');
  await server.kill();
  await server.serve();
  const theirs = await until(async () => (await links(city)).find((l) => l.state === 'ended'), 'the end');
  assert.deepEqual([theirs.ended_by, theirs.end_why, theirs.ends_on], ['county', '区划调整', today()]);
  const came = await arrived('终止前最后一次');
  assert.equal(came.head.state, 'sent');
  await settled();

  /* At the county: its own from now on, with the city's words beside, and still to be returned. */
  const kept = await given(county);
  assert.equal(kept.filter((i) => i.kept_on === today()).length, before.length);
  assert.ok(kept.every((i) => !i.live && i.state !== 'suspended'));
  assert.ok(kept[0].above.title.length > 0);
  assert.ok((await returns(county, { open: true })).length > 0);
  assert.equal((await moves(county, kept[0].duty)).filter((m) => m === 'keep_as_own').length, 1);
  bad(await county.call('takeAssignment', { path: { duty: kept[0].duty }, headers: match(kept[0].version),
    body: { taken: 'as_is' } }), 409, 'conflict');
  ok(await county.call('correctDuty', { path: { duty: kept[0].duty }, headers: match(kept[0].version),
    body: { text: '转为区里的任务', why: '对接终止' } }));
  assert.equal((await links(county))[0].left, before.length);

  /* In the city: what ended unfinished, and that nobody returns for the unit yet. */
  assert.equal(theirs.left, before.length);
  const first = ok(await city.call('listLeftAssignments', { path: { link: theirs.id }, query: { limit: 1 } }));
  assert.deepEqual([first.items.length, first.people], [1, []]);
  const rest = ok(await city.call('listLeftAssignments', { path: { link: theirs.id }, query: { after: first.next } }));
  const left = [...first.items, ...rest.items];
  assert.equal(left.length, before.length);
  assert.ok(left.every((l) => l.live && l.left_on === today()));
  assert.ok(left.some((l) => l.next_due !== null), 'the unit owes returns in the city');
  bad(await county.call('listLeftAssignments', { path: { link: theirs.id } }), 404, 'not_found');
  const told = ok(await city.call('listReceipts', { query: { unit: unit.id, open: true } })).items;
  assert.equal(told.filter((r) => r.title.includes('对接已终止')).length, 1);
  const liaison = await server.addUser('quanling-a', '云沂市', { post: 'liaison_a', unit: '泉岭区政府' });
  assert.ok(liaison.name);
  assert.equal(ok(await city.call('listLeftAssignments', { path: { link: theirs.id } })).people.length, 1);

  /* The city's word on what had come goes back all the same. */
  ok(await city.call('reviewReturn', { path: { return: came.head.id }, headers: match(came.head.version),
    body: { rows: came.rows.filter((r) => r.state === 'sent').map((r) => ({ duty: r.duty, accepted: true, why: '', quote: '' })) } }));
  const monthly = before.find((i) => i.above.title === '每月报一次的事').duty;
  await until(async () => {
    for (const id of sent)
      if ((await report(county, id)).rows.some((r) => r.duty === monthly && r.state === 'accepted')) return true;
    return false;
  }, 'the word');
});

test('a county linked again goes on with the tasks that it kept', async () => {
  const had = await given(county);
  const { code } = ok(await city.call('offerCountyLink', { body: { unit: unit.id } }), 201);
  ok(await county.call('takeCountyLink', { body: { code, programme } }), 201);
  const live = await until(async () => {
    const items = await given(county, { live: true });
    return items.length > 0 && (await links(city)).some((l) => l.state === 'linked' && l.tasks === items.length) && items;
  }, 'the tasks');
  await settled();
  assert.deepEqual((await given(county)).map((i) => i.duty), had.map((i) => i.duty), 'a task came twice');
  assert.ok(live.every((i) => i.kept_on === null));
});

test('a link that the city ends lets what was given and sent before arrive', async () => {
  const lead = ok(await city.call('listUnits')).items.find((u) => u.name === '市教育局').id;
  const cityProgramme = ok(await city.call('listProgrammes')).items[0].id;
  ok(await city.call('addDuty', { body: { programme: cityProgramme, origin: 'hand', title: '终止前的最后一件', lead,
    units: [unit.id], deadline_kind: 'ongoing' } }), 201);
  await sendNext('市里终止前报的');
  await endBy(city, '并区');
  await server.kill();
  await server.serve();
  await until(async () => (await links(county)).every((l) => l.state === 'ended'), 'the end');
  const last = await until(async () => (await given(county)).find((i) => i.above.title === '终止前的最后一件'), 'the task');
  assert.equal(last.kept_on, today());
  assert.deepEqual((await moves(county, last.duty)).filter((m) => m === 'keep_as_own'), ['keep_as_own']);
  const came = await arrived('市里终止前报的');
  assert.equal(came.head.state, 'sent');
  await settled();
  const ended = (await links(city)).find((l) => l.end_why === '并区');
  const left = ok(await city.call('listLeftAssignments', { path: { link: ended.id }, query: { limit: 500 } })).items;
  assert.ok(left.some((l) => l.title === '终止前的最后一件'));
  assert.equal(left.length, ended.left);
});

test('an offer that is withdrawn is of no use', async () => {
  const offered = ok(await chief.call('offerCountyLink', { body: { unit: unit.id } }), 201);
  const open = (await links(city)).find((l) => l.id === offered.id);
  ok(await chief.call('endCountyLink', { path: { link: open.id }, headers: match(open.version),
    body: { ends_on: today(), why: '不再需要' } }));
  bad(await county.call('takeCountyLink', { body: { code: offered.code, programme } }), 404, 'not_found');
});
