/* Supervision: campaigns, visits, findings, rectification, circulars; what is secret is nowhere (issue 5, section 4). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { operations } from './contract.mjs';
import { unzip } from './book.mjs';
import { startServer } from './harness.mjs';

let server, office, other, leader, finder, checker, evaluator, unitOne, unitTwo, programme, one, two, person;

const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕1号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市教育局）
2.建立专家库。（责任单位：市卫生健康委）
`;
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const at = (version) => ({ 'if-match': `"${version}"` });

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  const made = ok(await office.call('importDocument', { query: { programme, name: '1.txt' },
    headers: { 'content-type': 'text/plain' }, body: plan }), 201).version;
  ok(await office.call('publishVersion', { path: { version: made.summary.id }, headers: at(made.summary.version), body: { remarks: '已核对' } }));
  const units = (await office.call('listUnits')).body.items;
  one = units.find((u) => u.name === '市教育局').id;
  two = units.find((u) => u.name === '市卫生健康委').id;
  person = { office: office.session.person.id };
  const add = async (name, post, unit) => {
    const account = await server.addUser(name, '云沂市', { post, unit });
    const client = await server.signIn(account.name, account.password);
    person[name] = client.session.person.id;
    return client;
  };
  other = await add('other', 'office');
  leader = await add('leader', 'leader');
  finder = await add('finder', 'inspector');
  checker = await add('checker', 'inspector');
  evaluator = await add('evaluator', 'evaluator');
  unitOne = await add('one', 'liaison_a', '市教育局');
  unitTwo = await add('two', 'liaison_a', '市卫生健康委');
});
after(async () => { await server.stop(); });

const plannedAs = (more = {}) => ({ programme, title: '上半年督导', basis: '云健办〔2026〕3号', from_on: day(-5), to_on: day(20), announced: true,
  units: [{ unit: one, planned: 2 }, { unit: two, planned: 1 }], team: [person.finder, person.checker], ...more });

async function campaign(more = {}, issue = true) {
  const made = ok(await office.call('addInspection', { body: plannedAs(more) }), 201);
  if (!issue) return made;
  return ok(await office.call('moveInspection', { path: { inspection: made.id }, headers: at(made.version), body: { move: 'issue' } }));
}
const visitOf = async (inspection, more = {}) => ok(await office.call('addVisit', { path: { inspection },
  body: { unit: one, visit_on: day(1), announced: true, items: [{ words: '台账是否齐全' }], ...more } }), 201);
const record = (client, visit, body = {}) => client.call('recordVisit', { path: { visit: visit.id }, headers: at(visit.version), body: {
  answers: visit.items.map((item) => ({ id: item.id, answer: 'problem', note: '缺两个月' })), summary: '总体较好',
  findings: [{ words: '宣传栏三个月没有更新', grade: 'notable', place: '一楼大厅', latitude: 35.1, longitude: 118.3, item: visit.items[0]?.id }], ...body } });
const findingOf = async (client, visit) => ok(await client.call('listFindings', { query: { visit: visit.id } })).items[0];
const get = async (client, finding) => ok(await client.call('getFinding', { path: { finding: finding.id } }));
const step = async (client, finding, move, more = {}) => client.call('moveRectification', { path: { finding: finding.id },
  headers: at((await get(client, finding)).rectification.version), body: { move, ...more } });

async function ordered() {
  const visit = await visitOf((await campaign()).id);
  ok(await record(finder, visit));
  const finding = await findingOf(office, visit);
  return ok(await office.call('orderRectification', { path: { finding: finding.id }, body: { due: day(10), demand: '十日内更新宣传栏' } }), 201);
}

test('a campaign is planned, changed and issued; what it asks of the units is counted before', async () => {
  const before = ok(await office.call('listInspectionBurden', { query: { year: Number(day(-5).slice(0, 4)) } })).items.find((u) => u.unit.id === one)?.planned ?? 0;
  const draft = await campaign({ basis: '' }, false);
  assert.equal(draft.state, 'draft');
  assert.equal(draft.units.find((u) => u.unit.id === one).year_planned, before + 2);
  assert.deepEqual(draft.people.filter((p) => p.leads).map((p) => p.person.id), [person.finder]);
  bad(await office.call('moveInspection', { path: { inspection: draft.id }, headers: at(1), body: { move: 'issue' } }), 400, 'bad_input');
  const changed = ok(await office.call('changeInspection', { path: { inspection: draft.id }, headers: at(1), body: plannedAs({ title: '改过的督导' }) }));
  assert.equal(changed.version, 2);
  const stale = await office.call('changeInspection', { path: { inspection: draft.id }, headers: at(1), body: plannedAs() });
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.title, '改过的督导');
  assert.equal(stale.body.yours.title, '上半年督导');
  const issued = ok(await office.call('moveInspection', { path: { inspection: draft.id }, headers: at(2), body: { move: 'issue' } }));
  assert.equal(issued.issued_on, today());
  bad(await office.call('moveInspection', { path: { inspection: draft.id }, headers: at(3), body: { move: 'issue' } }), 409, 'conflict');
  // not of its circle: seen, but not changed
  bad(await other.call('changeInspection', { path: { inspection: draft.id }, headers: at(3), body: plannedAs() }), 403, 'forbidden');
  // a visit before it is closed
  const visit = await visitOf(draft.id);
  bad(await office.call('moveInspection', { path: { inspection: draft.id }, headers: at(3), body: { move: 'close' } }), 409, 'conflict');
  ok(await office.call('moveVisit', { path: { visit: visit.id }, headers: at(1), body: { move: 'withdraw' } }));
  ok(await office.call('moveInspection', { path: { inspection: draft.id }, headers: at(3), body: { move: 'close' } }));
  bad(await office.call('addVisit', { path: { inspection: draft.id }, body: { unit: one, visit_on: day(1), announced: true } }), 409, 'conflict');
});

test('what cannot be is refused with its place', async () => {
  const refuse = async (more, pointer, code = 'bad_input', status = 400) => {
    const reply = await office.call('addInspection', { body: plannedAs(more) });
    bad(reply, status, code);
    if (pointer) assert.match(JSON.stringify(reply.body), new RegExp(pointer));
  };
  await refuse({ title: ' ' }, 'title');
  await refuse({ to_on: day(-9) }, 'to_on');
  await refuse({ units: [{ unit: one, planned: 1 }, { unit: one, planned: 1 }] }, 'units');
  await refuse({ units: [{ unit: 1, planned: 1 }] }, '', 'not_found', 404);
  await refuse({ team: [1] }, '', 'not_found', 404);
  const made = await campaign();
  const visit = (more) => office.call('addVisit', { path: { inspection: made.id }, body: { unit: one, visit_on: day(1), announced: true, ...more } });
  bad(await visit({ visit_on: day(40) }), 400, 'bad_input');
  bad(await visit({ items: [{}] }), 400, 'bad_input');
  const [theirs] = ok(await office.call('listDuties', { query: { owner: two } })).items;
  bad(await visit({ items: [{ duty: theirs.id }] }), 400, 'bad_input'); // another unit's task
  const [mine] = ok(await office.call('listDuties', { query: { owner: one } })).items;
  const planned = ok(await visit({ items: [{ duty: mine.id }, { words: '自由项' }] }), 201);
  assert.deepEqual(planned.items.map((i) => [i.duty, i.words]), [[mine.id, mine.title], [null, '自由项']]);
  const changed = ok(await office.call('changeVisit', { path: { visit: planned.id }, headers: at(1), body: { visit_on: day(2), items: [{ words: '只有一项' }] } }));
  assert.equal(changed.items.length, 1);
  bad(await record(finder, changed, { findings: [{ words: 'x', grade: 'notable', latitude: 5 }], answers: [{ id: 5, answer: 'good' }] }), 400, 'bad_input');
  const left = plannedAs({ units: [{ unit: two, planned: 1 }] }); // a unit with a visit
  bad(await office.call('changeInspection', { path: { inspection: made.id }, headers: at(made.version), body: left }), 409, 'conflict');
});

test('a visit is recorded once, by who belongs to the team', async () => {
  const visit = await visitOf((await campaign()).id);
  assert.equal((await unitOne.call('recordVisit', { path: { visit: visit.id }, headers: at(1), body: { answers: [], findings: [], summary: '' } })).status, 403);
  bad(await record(evaluator, visit), 404, 'not_found'); // not of its team
  const key = `visit-${visit.id}-record`;
  const body = { answers: [], findings: [{ words: '一个问题', grade: 'serious' }], summary: '看了' };
  const send = () => finder.call('recordVisit', { path: { visit: visit.id }, headers: { ...at(1), 'idempotency-key': key }, body });
  const first = ok(await send()), second = ok(await send()); // sent again after a lost answer
  assert.deepEqual(second, first);
  assert.equal(ok(await finder.call('listFindings', { query: { visit: visit.id } })).items.length, 1);
  bad(await record(checker, visit), 409, 'stale');
  const seen = ok(await finder.call('getVisit', { path: { visit: visit.id } }));
  assert.equal(seen.state, 'done');
  assert.equal(seen.done_by, 'finder');
});

test('a rectification goes its way; who found it ends it not, nor does the unit', async () => {
  const finding = await ordered();
  assert.equal(finding.rectification.state, 'ordered');
  // it is a duty task of the unit, moved here alone
  const duty = ok(await unitOne.call('getDuty', { path: { duty: finding.rectification.duty } }));
  assert.equal(duty.kind, 'rectification');
  const owed = async () => ok(await unitOne.call('listObligations', { query: { open: true, limit: 500 } })).items.filter((o) => o.duty === duty.id);
  assert.deepEqual((await owed()).map((o) => [o.kind, o.due]), [['finish', day(10)]]);
  bad(await office.call('moveDuty', { path: { duty: duty.id }, headers: at(duty.version), body: { move: 'begin' } }), 409, 'conflict');
  bad(await step(unitOne, finding, 'ask_closing'), 409, 'conflict'); // not begun
  ok(await step(unitOne, finding, 'begin'));
  bad(await step(unitOne, finding, 'check'), 403, 'forbidden');
  bad(await step(checker, finding, 'check'), 409, 'conflict'); // not asked
  bad(await step(checker, finding, 'begin'), 403, 'forbidden'); // the unit's
  ok(await step(unitOne, finding, 'ask_closing', { why: '已更新' }));
  bad(await step(finder, finding, 'check'), 403, 'forbidden');
  bad(await step(checker, finding, 'return'), 400, 'bad_input'); // why?
  assert.equal(ok(await step(finder, finding, 'return', { why: '二楼没有更新' })).rectification.state, 'in_hand');
  ok(await step(unitOne, finding, 'ask_closing', { why: '二楼也更新了' }));
  bad(await step(checker, finding, 'strike_off'), 409, 'conflict');
  ok(await step(checker, finding, 'check'));
  bad(await step(finder, finding, 'strike_off'), 403, 'forbidden');
  const { version } = (await get(office, finding)).rectification;
  const strike = (client) => client.call('moveRectification', { path: { finding: finding.id }, headers: at(version), body: { move: 'strike_off' } });
  const replies = await Promise.all([strike(office), strike(checker)]); // two at once
  assert.deepEqual(replies.map((r) => r.status).sort(), [200, 409]);
  const late = replies.find((r) => r.status === 409);
  assert.equal(late.body.theirs.rectification.state, 'struck_off');
  assert.equal(late.body.yours.move, 'strike_off');
  const done = await get(unitOne, finding);
  assert.deepEqual(done.moves.map((m) => m.move), ['raise', 'begin', 'ask_closing', 'return', 'ask_closing', 'check', 'strike_off']);
  bad(await step(office, finding, 'return', { why: 'x' }), 409, 'conflict');
  assert.equal(ok(await unitOne.call('listFindings', { query: { stands: 'closed', ordered: true } })).items.some((f) => f.id === finding.id), true);
  assert.equal(ok(await unitOne.call('listFindings', { query: { stands: 'open' } })).items.some((f) => f.id === finding.id), false);
  // nothing of it is left to be done
  assert.deepEqual(await owed(), []);
});

test('the findings of a unit are its own, page by key, and no one else of the inspected sees them', async () => {
  const mine = ok(await unitOne.call('listFindings')).items;
  assert.ok(mine.length > 1 && mine.every((f) => f.unit.id === one));
  assert.deepEqual(ok(await unitTwo.call('listFindings')).items, []);
  bad(await unitTwo.call('getFinding', { path: { finding: mine[0].id } }), 404, 'not_found');
  const paged = [];
  let next;
  do {
    const page = ok(await unitOne.call('listFindings', { query: { limit: 1, after: next } }));
    paged.push(...page.items.map((f) => f.id));
    next = page.next ?? undefined;
  } while (next !== undefined);
  assert.deepEqual(paged, mine.map((f) => f.id));
  const campaigns = ok(await office.call('listInspections', { query: { limit: 1 } }));
  assert.equal(ok(await office.call('listInspections', { query: { limit: 1, after: campaigns.next } })).items.length, 1);
  // what is not done yet is the team's alone
  const visit = await visitOf((await campaign()).id);
  assert.deepEqual(ok(await unitOne.call('getVisit', { path: { visit: visit.id } })).items, []);
});

const jpeg = (segments, scan = [1, 2, 0xff, 0x00, 3]) => Buffer.from([0xff, 0xd8, ...segments.flatMap(([marker, text]) =>
  [0xff, marker, 0, text.length + 2, ...Buffer.from(text)]), 0xff, 0xda, 0, 3, 1, ...scan, 0xff, 0xd9]);

test('pictures are kept without what they say of place, and are JPEG or PNG', async () => {
  const visit = await visitOf((await campaign()).id);
  ok(await record(finder, visit));
  const finding = await findingOf(finder, visit);
  const send = (client, body, type = 'image/jpeg') => client.call('addFindingPicture', { path: { finding: finding.id }, headers: { 'content-type': type }, body });
  const whole = ok(await send(finder, Buffer.concat([jpeg([[0xe0, 'JFIF\0'], [0xe1, 'Exif\0\0GPS 35.1'], [0xfe, 'comment']]), Buffer.from('<script>')])), 201);
  assert.equal(whole.pictures.length, 1);
  const path = { finding: finding.id, picture: whole.pictures[0].id };
  const got = await unitOne.call('getFindingPicture', { path });
  assert.equal(got.status, 200);
  assert.equal(got.headers.get('content-type'), 'image/jpeg');
  assert.deepEqual(got.bytes, jpeg([[0xe0, 'JFIF\0']]));
  assert.equal(ok(await send(finder, jpeg([[0xe0, 'JFIF\0']])), 201).pictures.length, 1); // the same once more
  bad(await send(finder, Buffer.from('<svg onload=1>')), 415, 'unsupported_kind');
  bad(await send(finder, jpeg([]).subarray(0, 9)), 400, 'bad_input');
  assert.equal((await send(finder, Buffer.alloc((5 << 20) + 1))).status, 413);
  bad(await unitTwo.call('getFindingPicture', { path }), 404, 'not_found');
  bad(await send(other, jpeg([])), 403, 'forbidden');
  for (let i = 0; i < 8; i++) ok(await send(finder, jpeg([], [i])), 201);
  bad(await send(finder, jpeg([], [99])), 413, 'too_large');
});

test('an evaluator sees the campaigns of the own team and no other', async () => {
  const theirs = await campaign({ title: '第三方评估', team: [person.evaluator] });
  const visit = await visitOf(theirs.id);
  assert.deepEqual(ok(await evaluator.call('listInspections')).items.map((i) => i.id), [theirs.id]);
  ok(await record(evaluator, visit));
  assert.deepEqual([...new Set(ok(await evaluator.call('listFindings')).items.map((f) => f.inspection))], [theirs.id]);
  assert.equal(ok(await finder.call('listInspections')).items.some((i) => i.id === theirs.id), false);
  const finding = await findingOf(evaluator, visit);
  assert.equal((await evaluator.call('moveRectification', { path: { finding: finding.id }, headers: at(1), body: { move: 'check' } })).status, 403);
});

test('a circular is drafted from the findings, written in versions, and read by those it is for', async () => {
  const made = await campaign({ title: '通报来源' });
  const visit = await visitOf(made.id);
  const secret = await visitOf(made.id, { unit: two, announced: false });
  ok(await record(finder, visit));
  ok(await record(finder, secret, { findings: [{ words: '暗访才发现的', grade: 'serious' }] }));
  const draft = ok(await office.call('draftCircular', { path: { inspection: made.id } }), 201);
  assert.match(draft.body, /发现问题1个，其中严重0个、较重1个/);
  assert.match(draft.body, /市教育局\n1\.（较重）宣传栏三个月没有更新/);
  assert.doesNotMatch(draft.body, /暗访才发现的/);
  const write = (version, body) => office.call('writeCircular', { path: { circular: draft.id }, headers: at(version), body: { heading: '通报', body } });
  assert.equal(ok(await write(1, '第二稿')).version, 2);
  const stale = await write(1, '迟到的稿');
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.body, '第二稿');
  assert.equal(ok(await office.call('getCircular', { path: { circular: draft.id }, query: { no: 1 } })).body, draft.body);
  for (const client of [unitOne, unitTwo, leader, finder, evaluator]) bad(await client.call('getCircular', { path: { circular: draft.id } }), 404, 'not_found');
  const publish = (id, version, body) => office.call('publishCircular', { path: { circular: id }, headers: at(version), body });
  bad(await publish(draft.id, 2, { to_all: false }), 400, 'bad_input');
  ok(await publish(draft.id, 2, { to_all: false, units: [one] }));
  bad(await write(3, '晚了'), 409, 'conflict');
  const read = ok(await unitOne.call('getCircular', { path: { circular: draft.id }, query: { no: 1 } }));
  assert.equal(read.body, '第二稿');
  assert.deepEqual(read.texts, []);
  bad(await unitTwo.call('getCircular', { path: { circular: draft.id } }), 404, 'not_found');
  const second = ok(await office.call('draftCircular', { path: { inspection: made.id } }), 201);
  ok(await publish(second.id, 1, { to_all: true }));
  assert.deepEqual(ok(await unitTwo.call('listCirculars')).items.map((c) => c.id), [second.id]);
  assert.equal(ok(await unitOne.call('listCirculars', { query: { limit: 1 } })).items.length, 1);
  assert.deepEqual(ok(await evaluator.call('listCirculars')).items, []);
});

/* Every GET of the contract that who asks may call, with each id tried in each place. */
async function everything(client, ids) {
  const answers = [];
  for (const { path, method, operation } of operations) {
    if (method !== 'GET' || /openapi|health|setup/.test(path)) continue;
    const required = (operation.parameters ?? []).filter((p) => p.in === 'query' && p.required);
    const value = { year: today().slice(0, 4), q: '秘密检查', programme, unit: one, name: 'x', against: ids[0] };
    const query = required.map((p) => `${p.name}=${encodeURIComponent(value[p.name] ?? ids[0])}`).join('&');
    for (const id of path.includes('{') ? ids : [0])
      answers.push({ path, reply: await client.send('GET', path.replaceAll(/\{(\w+)\}/g, id) + (query ? `?${query}` : '')) });
  }
  return answers;
}

/* What BYTES say: of a workbook or another zip file, all its parts. */
const textOf = (bytes) => (bytes.subarray(0, 2).toString('latin1') === 'PK'
  ? [...unzip(bytes).values()].map((part) => part.toString('utf8')).join('\n')
  : bytes.toString('utf8'));

test('an unannounced visit is nowhere for who is not of its circle, until its notice', async () => {
  const year = { query: { year: Number(day(-5).slice(0, 4)) } };
  const burden = ok(await other.call('listInspectionBurden', year));
  const counts = async () => Promise.all([other, leader, unitOne, unitTwo, evaluator].map(async (client) =>
    [(await client.call('listInspections')).body.items.length, (await client.call('listFindings')).body.items.length,
      (await client.call('listDuties')).body.items.length, (await client.call('listReceipts')).body.items.length]));
  const before = await counts();
  const made = await campaign({ title: '秘密检查甲', announced: false, note: '秘密检查的要点' });
  const visit = await visitOf(made.id, { announced: true, items: [{ words: '秘密检查的一项' }] });
  assert.equal(visit.announced, false); // every visit of such a campaign is secret
  assert.equal(visit.told_on, null);
  ok(await record(finder, visit, { summary: '秘密检查的小结', findings: [{ words: '秘密检查的问题', grade: 'serious', place: '秘密检查的地点' }] }));
  const finding = await findingOf(finder, visit);
  const picture = ok(await finder.call('addFindingPicture', { path: { finding: finding.id }, headers: { 'content-type': 'image/jpeg' }, body: jpeg([]) }), 201).pictures[0];
  const circular = ok(await office.call('draftCircular', { path: { inspection: made.id } }), 201);
  // a secret visit of an open campaign, too
  const open = await campaign({ title: '公开的督导', units: [{ unit: one, planned: 1 }] });
  const hidden = await visitOf(open.id, { announced: false, items: [{ words: '秘密检查的另一项' }] });
  bad(await office.call('orderRectification', { path: { finding: finding.id }, body: { due: day(9) } }), 409, 'conflict'); // not before the notice

  const ids = [made.id, visit.id, finding.id, picture.id, circular.id, hidden.id];
  for (const client of [other, leader, unitOne, unitTwo, evaluator])
    for (const { path, reply } of await everything(client, ids)) {
      const text = textOf(reply.bytes);
      assert.doesNotMatch(text, /秘密检查/, `${client.session.person.name} ${path}`);
      for (const id of ids) assert.ok(!text.includes(String(id)), `${client.session.person.name} ${path}: ${id}`);
      if (/(inspections|visits|findings|circulars)\/\{/.test(path)) assert.ok([403, 404].includes(reply.status), `${path} ${reply.status}`);
    }
  const after = await counts();
  assert.deepEqual(after.map((c) => c.slice(1)), before.map((c) => c.slice(1)));
  assert.deepEqual(after.map((c, i) => c[0] - before[i][0]), [1, 1, 1, 0, 0]); // the open campaign where one is inspected
  // the number of visits grew by what the open campaign says it plans
  const grown = ok(await other.call('listInspectionBurden', year)).items;
  for (const row of grown) {
    const old = burden.items.find((b) => b.unit.id === row.unit.id) ?? { planned: 0, campaigns: 0, made: 0 };
    assert.deepEqual([row.planned - old.planned, row.made - old.made, row.campaigns - old.campaigns], row.unit.id === one ? [1, 0, 1] : [0, 0, 0]);
  }
  assert.deepEqual(ok(await other.call('getInspection', { path: { inspection: open.id } })).visits, []);
  assert.equal(ok(await other.call('getInspection', { path: { inspection: open.id } })).version, open.version);
  // changing what one may not see says the same as changing what is not there
  for (const client of [other]) {
    const gone = async (id, path, body) => bad(await client.call(id, { path, headers: at(1), body }), 404, 'not_found');
    await gone('changeInspection', { inspection: made.id }, plannedAs());
    await gone('moveInspection', { inspection: made.id }, { move: 'close' });
    await gone('addVisit', { inspection: made.id }, { unit: one, visit_on: day(1), announced: true });
    for (const id of [visit.id, hidden.id]) {
      await gone('changeVisit', { visit: id }, { visit_on: day(2) });
      await gone('moveVisit', { visit: id }, { move: 'tell' });
      await gone('recordVisit', { visit: id }, { answers: [], findings: [], summary: '' });
    }
    await gone('orderRectification', { finding: finding.id }, { due: day(3) });
    await gone('moveRectification', { finding: finding.id }, { move: 'check' });
    await gone('draftCircular', { inspection: made.id });
    await gone('writeCircular', { circular: circular.id }, { heading: 'x', body: 'x' });
    await gone('publishCircular', { circular: circular.id }, { to_all: true });
    bad(await client.call('addFindingPicture', { path: { finding: finding.id }, headers: { 'content-type': 'image/jpeg' }, body: jpeg([]) }), 404, 'not_found');
    bad(await client.call('moveInspection', { path: { inspection: open.id }, headers: at(open.version), body: { move: 'close' } }), 403, 'forbidden');
  }
  // the circle sees it
  assert.equal(ok(await finder.call('getVisit', { path: { visit: hidden.id } })).items[0].words, '秘密检查的另一项');

  const told = ok(await office.call('moveVisit', { path: { visit: visit.id }, headers: at(2), body: { move: 'tell' } }));
  assert.equal(told.told_on, today());
  const seen = ok(await unitOne.call('getInspection', { path: { inspection: made.id } }));
  assert.deepEqual(seen.visits.map((v) => v.id), [visit.id]);
  assert.deepEqual(seen.units.map((u) => [u.unit.id, u.planned]), [[one, 0]]);
  assert.equal((await get(unitOne, finding)).words, '秘密检查的问题');
  bad(await unitTwo.call('getInspection', { path: { inspection: made.id } }), 404, 'not_found');
  ok(await office.call('orderRectification', { path: { finding: finding.id }, body: { due: day(9) } }), 201);
  bad(await office.call('orderRectification', { path: { finding: finding.id }, body: { due: day(9) } }), 409, 'conflict');
  bad(await office.call('moveVisit', { path: { visit: visit.id }, headers: at(3), body: { move: 'tell' } }), 409, 'conflict');
});

