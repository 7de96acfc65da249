/*
 * What goes between a city and a linked county beside the words: which moves the county is offered, how the city's end shows there, files
 * of instructions and findings going down and of answers and returns going up, and tasks that few may see.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';
import { bad, day, dutyOf, given, inState, match, move, ok, until } from './linked.mjs';

const PLAN = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕9号

一、健康知识普及行动
1.开展宣传教育。（牵头单位：市教育局；责任单位：泉岭区政府；完成时限：2030年12月底）
`;
const WORD = '查清城西水厂投诉';
const protocol = { 'tus-resumable': '1.0.0' };
const root = new URL('../../', import.meta.url);
const pdf = readFileSync(new URL('samples/pdf/03-table.pdf', root));
const jpeg = (...bytes) => Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 3, 1, ...bytes, 0xff, 0xd9]);

let server, city, deputy, finder, checker, county, second, watcher, unit, programme;

const named = (scans, purpose) => scans.filter((s) => s.purpose === purpose).map((s) => s.name);

async function account(name, tenant, post, of) {
  const made = await server.addUser(name, tenant, { post, ...(of ? { unit: of } : {}) });
  return server.signIn(made.name, made.password);
}

async function upload(client, name, bytes) {
  const { id } = ok(await client.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } }), 201);
  ok(await client.call('appendUpload', { path: { upload: id }, body: bytes,
    headers: { ...protocol, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } }), 204);
  return id;
}
const addScans = async (client, id, files, purpose) => client.call('addDutyScans', { path: { duty: id },
  body: { uploads: await Promise.all(files.map(([name, bytes]) => upload(client, name, bytes))), ...(purpose ? { purpose } : {}) } });

before(async () => {
  server = await startServer();
  city = await server.signIn();
  programme = ok(await city.call('listProgrammes')).items[0].id;
  const made = ok(await city.call('importDocument', { query: { programme, name: 'plan.txt' },
    headers: { 'content-type': 'text/plain' }, body: PLAN }), 201).version;
  ok(await city.call('publishVersion', { path: { version: made.summary.id },
    headers: match(made.summary.version), body: { remarks: '已核对' } }));
  unit = ok(await city.call('listUnits')).items.find((u) => u.name === '泉岭区政府').id;
  deputy = await account('deputy', '云沂市', 'office');
  finder = await account('finder', '云沂市', 'inspector');
  checker = await account('checker', '云沂市', 'inspector');
  await server.cli('tenant', 'add', '泉岭区', '379902');
  await server.cli('programme', 'add', '泉岭区', '健康泉岭');
  county = await account('quanling', '泉岭区', null);
  second = await account('quanling-second', '泉岭区', 'office');
  watcher = await account('quanling-leader', '泉岭区', 'leader');
  const { code } = ok(await city.call('offerCountyLink', { body: { unit } }), 201);
  ok(await county.call('takeCountyLink', { body: { code, programme: ok(await county.call('listProgrammes')).items[0].id } }), 201);
  await until(async () => (await given(county)).length === 1, 'the first task');
});
after(async () => { await server.stop(); });

const byHand = (more) => city.call('addDuty', { body: { programme, origin: 'hand', title: '办一件事', lead: unit,
  deadline_kind: 'complete_by', due: day(40), ...more } });
const below = async (title) => until(async () => (await given(county)).find((i) => i.above.title === title), title);

test('of a task from above the moves of who gave it are not offered, and refused', async () => {
  const above = ok(await byHand({ title: '修一条步道' }), 201);
  const mine = (await below('修一条步道')).duty;
  for (const [client, step] of [[county, 'acknowledge'], [county, 'begin'], [county, 'ask_completion'], [second, 'review']])
    ok(await move(client, mine, { move: step }));
  const here = await dutyOf(county, mine);
  assert.deepEqual([here.above.from, here.above.live, here.above.ended], ['云沂市', true, null]);
  assert.ok(here.above.theirs.includes('finish'));
  assert.ok(!here.moves.includes('finish'));
  bad(await move(county, mine, { move: 'finish' }), 409, 'conflict');
  ok(await move(county, mine, { move: 'return', why: '材料不全' }));
  const back = await dutyOf(county, mine);
  assert.ok(back.above.theirs.includes('extend') && !back.moves.includes('extend'), 'the day is the city’s');
  assert.ok(back.moves.includes('begin') && back.moves.includes('suspend'));
  const clerk = await account('quanling-clerk', '泉岭区', 'liaison_a', '推进委员会办公室');
  bad(await clerk.call('addRequest', { body: { about: 'duty', about_id: mine, ask: 'extend', due: day(90), why: '来不及' } }), 409, 'conflict');
  assert.equal((await dutyOf(city, above.id)).above, null);
  assert.deepEqual((await dutyOf(city, above.id)).down, [{ unit, peer: '泉岭区', state: 'given' }]);
});

test('a return with rows from above is not judged here', async () => {
  const open = ok(await county.call('listObligations', { query: { kind: 'return', open: true } })).items[0];
  const { moves } = ok(await county.call('getObligation', { path: { obligation: open.id } }));
  assert.ok(!moves.includes('extend') && moves.includes('send'), moves.join());
});

test('what the city finished is done here, in words that say so; what it takes back is suspended', async () => {
  const done = ok(await byHand({ title: '办成的一件' }), 201).id;
  const gone = ok(await byHand({ title: '不办的一件' }), 201).id;
  const [mine, left] = [(await below('办成的一件')).duty, (await below('不办的一件')).duty];
  ok(await move(county, left, { move: 'acknowledge' }));
  ok(await move(county, left, { move: 'begin' }));
  ok(await move(county, left, { move: 'ask_completion' }));
  for (const [client, step] of [[city, 'acknowledge'], [city, 'begin'], [city, 'ask_completion'], [deputy, 'review'], [city, 'finish']])
    ok(await move(client, done, { move: step }));
  ok(await move(city, gone, { move: 'acknowledge' }));
  ok(await move(city, gone, { move: 'suspend', why: '暂缓' }));
  const ended = await inState(county, mine, 'done');
  assert.deepEqual([ended.above.live, ended.above.ended, ended.progress], [false, 'finished', 100]);
  const last = ended.history.at(-1);
  assert.deepEqual([last.move, last.why, last.person_name], ['finish', '市里已办结', '云沂市']);
  /* the county does not take up by itself what the city finished */
  assert.deepEqual([ended.moves, ended.above.theirs], [['archive'], ['reopen']]);
  const refused = bad(await move(county, mine, { move: 'reopen', why: '还没办完' }), 409, 'conflict');
  assert.match(refused.detail, new RegExp(`"云沂市" finished the task on ${ended.above.changed_on}`));
  const held = await inState(county, left, 'suspended');
  assert.equal(held.above.ended, 'suspended');
  assert.deepEqual((await given(county)).filter((i) => [mine, left].includes(i.duty)).map((i) => i.ended), ['finished', 'suspended']);
  ok(await move(city, done, { move: 'reopen', why: '复查不合格' }));
  assert.deepEqual((await inState(county, mine, 'in_hand')).above.ended, null);
  for (const [client, step] of [[city, 'ask_completion'], [deputy, 'review'], [city, 'finish']]) ok(await move(client, done, { move: step }));
  await inState(county, mine, 'done');
  ok(await move(city, done, { move: 'archive' }));
  ok(await move(city, gone, { move: 'resume', why: '接着办' }));
  await inState(county, left, 'in_hand');
  assert.equal((await dutyOf(county, mine)).state, 'done', 'what was filed away in the city was given again');
  assert.equal((await dutyOf(county, left)).above.live, true);
});

let above, mine;

test('the scan of an instruction goes down once, is seen as its words are, and follows changes', async () => {
  above = ok(await city.call('addDuty', { body: { programme, origin: 'instruction', title: WORD, text: WORD, lead: unit,
    deadline_kind: 'complete_by', due: day(20), leader: '李市长', given_on: day(-1), words: `请${WORD}`, viewer_units: [unit],
    scans: [await upload(city, '批示.pdf', pdf)] } }), 201).id;
  mine = (await below(WORD)).duty;
  const [scan] = (await dutyOf(county, mine)).scans;
  assert.deepEqual([scan.name, scan.kind, scan.size, scan.purpose, scan.sent_over, scan.added_by], ['批示.pdf', 'pdf', pdf.length, 'order', true, '云沂市']);
  const path = { duty: mine, scan: scan.id };
  const got = await county.call('getDutyScan', { path });
  assert.equal(got.status, 200);
  assert.ok(got.bytes.equals(pdf));
  assert.equal((await county.call('getDutyScanPage', { path: { ...path, page: 1 } })).status, 200);
  bad(await watcher.call('getDutyScan', { path }), 404, 'not_found');
  bad(await city.call('getDutyScan', { path }), 404, 'not_found');
  bad(await county.call('removeDutyScan', { path }), 409, 'conflict');
  bad(await addScans(county, mine, [['另一张.pdf', pdf]]), 409, 'conflict');
  ok(await addScans(city, above, [['附页.jpg', jpeg(1, 2)]]), 201);
  await until(async () => (await dutyOf(county, mine)).scans.length === 2, 'the second page');
  const first = (await dutyOf(city, above)).scans[0];
  ok(await city.call('removeDutyScan', { path: { duty: above, scan: first.id } }), 204);
  await until(async () => (await dutyOf(county, mine)).scans.length === 1, 'the taking away');
  assert.deepEqual(named((await dutyOf(county, mine)).scans, 'order'), ['附页.jpg']);
});

test('what shows an answer goes up with it, once, whatever ends in between', async () => {
  bad(await addScans(city, above, [['材料.pdf', pdf]], 'answer'), 409, 'conflict');
  ok(await move(county, mine, { move: 'acknowledge' }));
  ok(await move(county, mine, { move: 'begin' }));
  ok(await addScans(county, mine, [['核查表.pdf', pdf], ['现场.jpg', jpeg(7, 8)]], 'answer'), 201);
  await inState(city, above, 'in_hand');
  assert.deepEqual(named((await dutyOf(city, above)).scans, 'answer'), [], 'a draft went up');
  await server.kill();
  await server.serve();
  ok(await move(county, mine, { move: 'ask_completion', result: '已查清' }));
  await server.kill();
  await server.serve();
  const answered = await inState(city, above, 'completion_asked');
  assert.deepEqual(named(answered.scans, 'answer'), ['核查表.pdf', '现场.jpg']);
  assert.match(answered.scans.find((s) => s.purpose === 'answer').added_by, /^泉岭区·/);
  const got = await city.call('getDutyScan', { path: { duty: above, scan: answered.scans.find((s) => s.name === '现场.jpg').id } });
  assert.ok(got.bytes.equals(jpeg(7, 8)));
  ok(await move(city, above, { move: 'return', why: '照片换一张' }));
  await inState(county, mine, 'returned');
  const old = (await dutyOf(county, mine)).scans.find((s) => s.name === '现场.jpg');
  ok(await county.call('removeDutyScan', { path: { duty: mine, scan: old.id } }), 204);
  ok(await addScans(county, mine, [['现场2.jpg', jpeg(9)]], 'answer'), 201);
  ok(await move(county, mine, { move: 'ask_completion', result: '已复查' }));
  const again = await inState(city, above, 'completion_asked');
  assert.deepEqual(named(again.scans, 'answer').sort(), ['核查表.pdf', '现场2.jpg']);
});

test('pictures of a finding go down with its rectification, what shows it set right goes up', async () => {
  const campaign = ok(await city.call('addInspection', { body: { programme, title: '督导', basis: '云健办〔2026〕3号', from_on: day(-5),
    to_on: day(20), announced: true, units: [{ unit, planned: 1 }], team: [finder.session.person.id, checker.session.person.id] } }), 201);
  ok(await city.call('moveInspection', { path: { inspection: campaign.id }, headers: match(campaign.version), body: { move: 'issue' } }));
  const visit = ok(await city.call('addVisit', { path: { inspection: campaign.id },
    body: { unit, visit_on: day(0), announced: true, items: [] } }), 201);
  ok(await finder.call('recordVisit', { path: { visit: visit.id }, headers: match(visit.version), body: { answers: [], summary: '一般',
    findings: [{ words: '步道灯不亮', grade: 'notable' }] } }));
  const finding = ok(await city.call('listFindings', { query: { visit: visit.id } })).items[0].id;
  const take = (bytes) => finder.call('addFindingPicture', { path: { finding }, headers: { 'content-type': 'image/jpeg' }, body: bytes });
  ok(await take(jpeg(3)), 201);
  ok(await city.call('orderRectification', { path: { finding }, body: { due: day(10), demand: '换灯' } }), 201);
  const item = await until(async () => (await given(county)).find((i) => i.kind === 'rectification'), 'the rectification');
  const here = await dutyOf(county, item.duty);
  assert.deepEqual(named(here.scans, 'order'), ['现场照片1.jpg']);
  assert.deepEqual(here.above.theirs, []);
  assert.deepEqual(here.moves, ['begin']);
  const got = await county.call('getDutyScan', { path: { duty: item.duty, scan: here.scans[0].id } });
  assert.ok(got.bytes.equals(jpeg(3)));
  ok(await take(jpeg(4)), 201);
  await until(async () => (await dutyOf(county, item.duty)).scans.length === 2, 'the second picture');
  ok(await move(county, item.duty, { move: 'begin' }));
  ok(await addScans(county, item.duty, [['修好了.jpg', jpeg(5)]], 'answer'), 201);
  ok(await move(county, item.duty, { move: 'ask_closing', why: '灯已换' }));
  const whole = await until(async () => {
    const now = ok(await city.call('getFinding', { path: { finding } }));
    return now.rectification.state === 'closing_asked' && now;
  }, 'the answer');
  assert.deepEqual(whole.answers.map((s) => s.name), ['修好了.jpg']);
  assert.ok(whole.moves.every((m) => m.move !== 'add_scan'));
  const path = { finding, scan: whole.answers[0].id };
  assert.ok((await checker.call('getFindingAnswer', { path })).bytes.equals(jpeg(5)));
  bad(await county.call('getFindingAnswer', { path }), 404, 'not_found');
  const closing = await dutyOf(county, item.duty);
  assert.deepEqual([closing.moves, closing.above.theirs], [[], ['check', 'return']]);
});

test('files of a return’s row go up with it, and only the returning unit’s own', async () => {
  const open = ok(await county.call('listObligations', { query: { kind: 'return', open: true } })).items[0].id;
  const report = async (client, id) => ok(await client.call('getReturn', { path: { return: id } }));
  const { head, rows } = await report(county, open);
  const file = (row, name, bytes) => county.call('addReturnFile', { path: { return: open }, query: { unit: head.unit.id, duty: row.duty, name },
    headers: { 'content-type': 'application/octet-stream' }, body: bytes });
  for (const row of rows)
    ok(await county.call('keepReturnRow', { path: { return: open, duty: row.duty }, headers: match(row.version), body: { unit: head.unit.id, text: '办了三场' } }));
  const talk = rows.find((row) => row.title.includes('宣传'));
  ok(await file(talk, '照片.jpg', jpeg(6)), 201);
  ok(await file(talk, '名单.pdf', pdf), 201);
  ok(await county.call('sendReturn', { path: { return: open }, headers: match((await report(county, open)).head.version), body: { rest_same: false } }));
  const there = await until(async () => {
    for (const o of ok(await city.call('listObligations', { query: { kind: 'return', unit } })).items) {
      const { items } = ok(await city.call('listReturnFiles', { path: { return: o.id } }));
      if (items.length === 2) return { id: o.id, items };
    }
    return null;
  }, 'the files');
  assert.deepEqual(there.items.map((f) => f.name), ['照片.jpg', '名单.pdf']);
  assert.match(there.items[0].added_by, /^泉岭区·/);
  const got = await city.call('getFile', { path: { file: there.items[0].id } });
  assert.ok(got.bytes.equals(jpeg(6)));
});

test('a task that few may see goes down to a county that is named, else the city sees that it did not', async () => {
  const hidden = ok(await byHand({ title: '不让县里看的一件', restricted: true }), 201).id;
  const few = ok(await byHand({ title: '几个人知道的一件', restricted: true, viewer_units: [unit] }), 201).id;
  const here = (await below('几个人知道的一件')).duty;
  assert.deepEqual((await dutyOf(city, hidden)).down, [{ unit, peer: '泉岭区', state: 'hidden' }]);
  assert.deepEqual((await dutyOf(city, few)).down, [{ unit, peer: '泉岭区', state: 'given' }]);
  assert.ok((await given(county)).every((i) => i.above.title !== '不让县里看的一件'));
  const task = await dutyOf(county, here);
  assert.deepEqual([task.kind, task.restricted], ['task', true]);
  bad(await watcher.call('getDuty', { path: { duty: here } }), 404, 'not_found');
  for (const operation of ['listDuties', 'listReceipts', 'listObligations', 'listAssignments', 'listDeliveries'])
    assert.ok(!JSON.stringify((await watcher.call(operation)).body ?? '').includes('几个人'), operation);
  ok(await move(county, here, { move: 'acknowledge' }));
  ok(await move(county, here, { move: 'begin' }));
  await inState(city, few, 'in_hand');
  ok(await move(county, here, { move: 'ask_completion', why: '已办妥' }));
  await inState(city, few, 'completion_asked');
  assert.deepEqual((await dutyOf(county, here)).moves, []);
  ok(await move(city, few, { move: 'return', why: '还差一点' }));
  assert.equal((await inState(county, here, 'returned')).history.at(-1).why, '还差一点');
  ok(await city.call('setDutyViewers', { path: { duty: hidden }, headers: match((await dutyOf(city, hidden)).version), body: { people: [], units: [unit] } }));
  await below('不让县里看的一件');
});
