/* Who sits in the programme's own bodies, as what, from when to when. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, units, body;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const id = (name) => units.find((u) => u.name === name).id;
const add = (seat, more = {}) => office.call('addSeat', { path: { body }, body: seat, headers: more });
const seats = async () => ok(await office.call('listSeats', { path: { body } })).items;

before(async () => {
  server = await startServer();
  office = await server.signIn();
  const file = '单位名称\n健康云沂行动推进委员会\n云沂市水务局\n云沂市教育局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = ok(await office.call('previewDirectory', { headers, body: file }));
  ok(await office.call('importDirectory', { query: { token: seen.token }, headers, body: file }));
  units = ok(await office.call('listUnits', { query: { limit: 500 } })).items;
  body = id('健康云沂行动推进委员会');
});
after(async () => { await server.stop(); });

test('seats are of units and of persons, by their roles', async () => {
  const key = { 'idempotency-key': 'seat-0000001' };
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2024-01-01' }, key), 201);
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2024-01-01' }, key), 201);
  ok(await add({ role: 'director', person: '张三', job: '市长' }), 201);
  const all = await seats();
  assert.deepEqual(all.map((s) => s.role), ['director', 'member']);
  assert.deepEqual([all[0].person, all[0].job, all[0].unit, all[0].to], ['张三', '市长', null, null]);
  assert.deepEqual([all[1].unit.name, all[1].from], ['云沂市水务局', '2024-01-01']);
});

test('what is no seat is refused', async () => {
  bad(await add({ role: 'member', unit: id('云沂市水务局') }), 409, 'conflict');
  bad(await add({ role: 'member' }), 400, 'bad_input');
  bad(await add({ role: 'king', person: '李四' }), 400, 'bad_input');
  bad(await add({ role: 'member', person: '李四', from: '2024-02-01', to: '2024-01-01' }), 400, 'bad_input');
  bad(await add({ role: 'member', unit: 1 }), 404, 'not_found');
  bad(await office.call('listSeats', { path: { body: id('云沂市教育局') } }), 404, 'not_found');
  bad(await office.call('addSeat', { path: { body: id('云沂市教育局') }, body: { role: 'member', person: '李四' } }), 404, 'not_found');
});

test('a seat ends with a day, and stays', async () => {
  const seat = (await seats()).find((s) => s.unit?.name === '云沂市水务局');
  const end = (last, version = seat.version) => office.call('endSeat', { path: { body, seat: seat.id },
    headers: { 'if-match': `"${version}"` }, body: { last } });
  const stale = await end('2025-12-31', 9);
  bad(stale, 409, 'stale');
  assert.deepEqual(stale.body.yours, { last: '2025-12-31' });
  assert.equal(stale.body.theirs.items.length, 2);
  bad(await end('2023-12-31'), 400, 'bad_input');
  assert.equal(ok(await end('2025-12-31')).items.find((s) => s.id === seat.id).to, '2025-12-31');
  bad(await end('2025-12-31', seat.version + 1), 409, 'conflict');
  bad(await office.call('endSeat', { path: { body, seat: 1 }, headers: { 'if-match': '"1"' }, body: { last: '2025-12-31' } }), 404, 'not_found');
  ok(await add({ role: 'member', unit: id('云沂市水务局'), from: '2026-01-01' }), 201);
});

const text = { 'content-type': 'text/plain' };
const bytes = { 'content-type': 'application/octet-stream' };
const preview = async (file, headers = text) => ok(await office.call('previewDirectory', { headers, body: file }));
const load = async (file) => office.call('importDirectory', { query: { token: (await preview(file)).token }, headers: text, body: file });
const said = (l) => Object.fromEntries(l.changes.map((c) => [c.field, c.now]));

test('a table of seats is looked at row by row, then done once, and done again it changes nothing', async () => {
  const file = `所在机构,机构职务,单位,姓名,职务,起始日期,截止日期,备注
健康云沂行动推进委员会,主任,,张三,代市长,,,
健康云沂行动推进委员会,副主任委员,云沂市水务局,李四,局长,2026年1月5日,,
健康云沂行动推进委员会,成员单位,云沂市教育局,,,2026/2/1,2026-12-31,
`;
  const seen = await preview(file);
  assert.deepEqual(seen.tables, [{ sheet: 1, name: '', what: 'seat', ignored: ['备注'] }]);
  assert.deepEqual(seen.counts, { add: 2, change: 1, same: 0, wrong: 0 }, JSON.stringify(seen.lines));
  assert.deepEqual(seen.lines.map((l) => [l.what, l.act, l.name, l.unit]), [
    ['seat', 'change', '张三', '健康云沂行动推进委员会'], ['seat', 'add', '李四', '健康云沂行动推进委员会'], ['seat', 'add', '云沂市教育局', '健康云沂行动推进委员会']]);
  assert.deepEqual(said(seen.lines[0]), { job: '代市长' });
  assert.deepEqual(said(seen.lines[2]), { seat_role: '成员单位', from: '2026-02-01', to: '2026-12-31' });
  const before_ = (await seats()).length;
  const done = ok(await load(file));
  assert.deepEqual([done.added, done.changed, done.left_out], [2, 1, 0]);
  const all = await seats();
  assert.equal(all.length, before_ + 2);
  assert.equal(all.find((s) => s.person === '张三').job, '代市长');
  assert.deepEqual([all.find((s) => s.person === '李四').from, all.find((s) => s.person === '李四').unit.name], ['2026-01-05', '云沂市水务局']);
  assert.deepEqual((await preview(file)).counts, { add: 0, change: 0, same: 3, wrong: 0 });
  assert.equal((await office.call('importDirectory', { query: { token: seen.token }, headers: text, body: file })).status, 409);
});

test('a row ends a seat', async () => {
  const file = `机构,身份,姓名,截止日期
健康云沂行动推进委员会,副主任,李四,2026-06-30
`;
  // without the unit it is another seat, which would begin today
  assert.equal((await preview(file)).lines[0].problem.what, 'days_reversed');
  const ends = file.replace('姓名', '单位,姓名').replace('副主任,', '副主任,云沂市水务局,');
  assert.deepEqual(said((await preview(ends)).lines[0]), { to: '2026-06-30' });
  ok(await load(ends));
  assert.equal((await seats()).find((s) => s.person === '李四').to, '2026-06-30');
  const fresh = '机构,身份,姓名\n云沂市防汛指挥部,指挥长,王五\n';
  assert.equal((await preview(fresh)).lines[0].problem.what, 'body_unknown');
});

test('every thing that may be wrong with a row of seats is said', async () => {
  const wrong = async (rows) => (await preview(`机构,身份,单位,姓名,职务,起始日期,截止日期\n${rows}`)).lines.map((l) => l.problem?.what ?? l.act);
  const b = '健康云沂行动推进委员会';
  assert.deepEqual(await wrong(`,主任,,甲,,,
没有的机构,主任,,甲,,,
云沂市教育局,主任,,甲,,,
${b},国王,,甲,,,
${b},主任,没有的单位,甲,,,
${b},主任,,,,,
${b},主任,,甲,,昨天,
${b},主任,,甲,,2026-02-30,
${b},主任,,甲,,2026-03-01,2026-02-01
${b},副主任,云沂市水务局,李四,,2026-01-05,2026-07-31
${b},主任,,张三,,2020-01-01,
${b},专家,,乙,,2026-01-01,
${b},专家,,乙,,2026-01-01,
${b},专家,,${'长'.repeat(51)},,,
${b},专家,,丙,${'长'.repeat(101)},,
`), ['body_missing', 'body_unknown', 'body_none', 'seat_role_unknown', 'unit_unknown', 'seat_of_nobody', 'day_bad', 'day_bad', 'days_reversed', 'seat_ended',
    'seat_held', 'add', 'seat_twice', 'text_bad', 'text_bad']);
  assert.deepEqual(await wrong(Array.from({ length: 501 }, (_, i) => `${b},专家,,专家${i},,,\n`).join('')).then((all) => [all.includes('add'), all.at(-1)]), [true, 'seats_many']);
});

test('the seats go out as a workbook that comes back unchanged, in both languages, past ones too', async () => {
  for (const lang of ['zh', 'en']) {
    const out = await office.call('exportSeats', { query: { body, lang } });
    assert.equal(out.status, 200);
    const seen = await preview(Buffer.from(out.bytes), bytes);
    assert.deepEqual([seen.tables.length, seen.tables[0].what, seen.tables[0].ignored], [1, 'seat', []]);
    assert.deepEqual(seen.counts, { add: 0, change: 0, same: (await seats()).length, wrong: 0 }, JSON.stringify(seen.lines.filter((l) => l.act !== 'same')));
  }
  const all = await preview(Buffer.from((await office.call('exportSeats')).bytes), bytes);
  assert.equal(all.counts.same, (await seats()).length);
  const book = await preview(Buffer.from((await office.call('exportDirectory')).bytes), bytes);
  assert.equal(book.lines.filter((l) => l.what === 'seat' && l.act === 'same').length, (await seats()).length);
  bad(await office.call('exportSeats', { query: { body: id('云沂市教育局') } }), 404, 'not_found');
});
