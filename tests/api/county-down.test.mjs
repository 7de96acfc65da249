/* What a linked county is given besides tasks: leaders' instructions (批示) and rectifications (整改), their answers, who sees them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';
import { bad, day, dutyOf, given, inState, links, match, move, ok, until } from './linked.mjs';

const PLAN = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕9号

一、健康知识普及行动
1.开展宣传教育。（牵头单位：市教育局；责任单位：泉岭区政府、柏川县政府）
`;
const WORD = '查清城东水厂投诉';

let server, city, chief, finder, checker, county, watcher, unit, other, programme;

async function account(name, tenant, post) {
  const made = await server.addUser(name, tenant, { post });
  return server.signIn(made.name, made.password);
}

before(async () => {
  server = await startServer();
  city = await server.signIn();
  programme = ok(await city.call('listProgrammes')).items[0].id;
  const made = ok(await city.call('importDocument', { query: { programme, name: 'plan.txt' },
    headers: { 'content-type': 'text/plain' }, body: PLAN }), 201).version;
  ok(await city.call('publishVersion', { path: { version: made.summary.id },
    headers: match(made.summary.version), body: { remarks: '已核对' } }));
  const units = ok(await city.call('listUnits')).items;
  unit = units.find((u) => u.name === '泉岭区政府').id;
  other = units.find((u) => u.name === '柏川县政府').id;
  chief = await account('chief', '云沂市', 'administrator');
  finder = await account('finder', '云沂市', 'inspector');
  checker = await account('checker', '云沂市', 'inspector');
  await server.cli('tenant', 'add', '泉岭区', '379902');
  await server.cli('programme', 'add', '泉岭区', '健康泉岭');
  county = await account('quanling', '泉岭区', null);
  watcher = await account('quanling-leader', '泉岭区', 'leader');
  const { code } = ok(await city.call('offerCountyLink', { body: { unit } }), 201);
  ok(await county.call('takeCountyLink', { body: { code, programme: ok(await county.call('listProgrammes')).items[0].id } }), 201);
  await until(async () => (await given(county)).length === 1, 'the first task');
});
after(async () => { await server.stop(); });

const instruction = (more) => city.call('addDuty', { body: { programme, origin: 'instruction', title: WORD, text: WORD, lead: unit,
  deadline_kind: 'complete_by', due: day(20), leader: '李市长', given_on: day(-1), words: `请${WORD}`, viewer_units: [unit], ...more } });

test('an instruction goes down to a county that is named, and to nobody else there', async () => {
  ok(await instruction({ title: '不让县区看的批示', viewer_units: [] }), 201);
  ok(await instruction({ title: '给别的县的批示', lead: other, viewer_units: [other] }), 201);
  const above = ok(await instruction(), 201);
  const mine = await until(async () => (await given(county)).find((i) => i.kind === 'instruction'), 'the instruction');
  assert.deepEqual([mine.above.title, mine.above.due], [WORD, day(20)]);
  const here = await dutyOf(county, mine.duty);
  assert.deepEqual([here.kind, here.leader, here.given_on, here.words, here.restricted],
    ['instruction', '李市长', day(-1), `请${WORD}`, true]);
  assert.equal((await given(county)).length, 2, 'another instruction came');
  assert.equal((await given(watcher)).length, 1);
  bad(await watcher.call('getDuty', { path: { duty: mine.duty } }), 404, 'not_found');
  for (const operation of ['listDuties', 'listReceipts', 'listObligations', 'listInstructions', 'listDeliveries'])
    assert.ok(!JSON.stringify((await watcher.call(operation)).body ?? '').includes('水厂'), operation);
  for (const client of [city, chief, county, watcher])
    assert.equal((await links(client))[0].tasks, 1, 'what few may see is counted');
  bad(await city.call('getDuty', { path: { duty: mine.duty } }), 404, 'not_found');
  bad(await county.call('getDuty', { path: { duty: above.id } }), 404, 'not_found');
});

test('what the county answers goes up, and the leader’s word comes back', async () => {
  const { duty: mine } = (await given(county)).find((i) => i.kind === 'instruction');
  const above = ok(await city.call('listInstructions')).items.find((i) => i.title === WORD).id;
  bad(await move(county, mine, { move: 'lay_before', result: '自己看' }), 409, 'conflict');
  ok(await move(county, mine, { move: 'acknowledge' }));
  ok(await move(county, mine, { move: 'begin' }));
  await inState(city, above, 'in_hand');
  bad(await move(county, mine, { move: 'ask_completion' }), 400, 'bad_input');
  ok(await move(county, mine, { move: 'ask_completion', result: '已查清，三处已整改' }));
  const answered = await inState(city, above, 'completion_asked');
  assert.equal(answered.result, '已查清，三处已整改');
  assert.match(JSON.stringify(answered.history.at(-1)), /泉岭区·/);
  ok(await move(city, above, { move: 'return', why: '请复查一次' }));
  const back = await inState(county, mine, 'returned');
  assert.equal(back.history.at(-1).why, '请复查一次');
  await server.kill();
  await server.serve();
  ok(await move(county, mine, { move: 'ask_completion', result: '已复查，无问题' }));
  assert.equal((await inState(city, above, 'completion_asked')).result, '已复查，无问题');
  ok(await move(city, above, { move: 'lay_before' }));
  await inState(county, mine, 'laid_before');
  ok(await city.call('readInstruction', { path: { instruction: above, duty: above }, headers: match((await dutyOf(city, above)).version), body: { move: 'read' } }));
  const read = await inState(county, mine, 'read');
  for (const word of ['return', 'lay_before', 'read'])
    assert.equal(read.history.filter((m) => m.move === word).length, 1, `${word} came twice`);
  assert.equal((await given(county)).find((i) => i.duty === mine).live, true);
});

test('a rectification goes down when its visit was told, and what sets it right goes up', async () => {
  const found = finder.session.person.id;
  const campaign = ok(await city.call('addInspection', { body: { programme, title: '暗访', basis: '云健办〔2026〕3号', from_on: day(-5),
    to_on: day(20), announced: false, units: [{ unit, planned: 1 }], team: [found, checker.session.person.id] } }), 201);
  ok(await city.call('moveInspection', { path: { inspection: campaign.id }, headers: match(campaign.version), body: { move: 'issue' } }));
  const visit = ok(await city.call('addVisit', { path: { inspection: campaign.id },
    body: { unit, visit_on: day(0), announced: false, items: [{ words: '台账是否齐全' }] } }), 201);
  const done = ok(await finder.call('recordVisit', { path: { visit: visit.id }, headers: match(visit.version), body: {
    answers: visit.items.map((item) => ({ id: item.id, answer: 'problem', note: '缺两个月' })), summary: '一般',
    findings: [{ words: '消毒记录缺两个月', grade: 'notable', item: visit.items[0].id }] } }));
  const finding = ok(await city.call('listFindings', { query: { visit: visit.id } })).items[0].id;
  const order = () => city.call('orderRectification', { path: { finding }, body: { due: day(10), demand: '十日内补齐' } });
  bad(await order(), 409, 'conflict'); /* the unit does not know of the visit */
  assert.ok((await given(county)).every((i) => i.kind !== 'rectification'));
  ok(await city.call('moveVisit', { path: { visit: visit.id }, headers: match(done.version), body: { move: 'tell' } }));
  ok(await order(), 201);
  const mine = await until(async () => (await given(county)).find((i) => i.kind === 'rectification'), 'the rectification');
  assert.deepEqual([mine.above.text, mine.above.due, mine.state], ['十日内补齐', day(10), 'ordered']);
  const rectification = async () => ok(await city.call('getFinding', { path: { finding } })).rectification;
  const step = async (client, body) =>
    client.call('moveRectification', { path: { finding }, headers: match((await rectification()).version), body });
  ok(await move(county, mine.duty, { move: 'begin' }));
  ok(await move(county, mine.duty, { move: 'ask_closing', why: '记录已补齐' }));
  bad(await move(county, mine.duty, { move: 'check' }), 409, 'conflict');
  await until(async () => (await rectification()).state === 'closing_asked', 'the answer');
  ok(await step(checker, { move: 'return', why: '还缺一周' }));
  await inState(county, mine.duty, 'in_hand');
  ok(await move(county, mine.duty, { move: 'ask_closing', why: '全部补齐' }));
  await until(async () => (await rectification()).state === 'closing_asked', 'the answer');
  ok(await step(checker, { move: 'check' }));
  ok(await step(checker, { move: 'strike_off' }));
  await inState(county, mine.duty, 'struck_off');
});

test('a finding whose unit the county is not stays where it is', async () => {
  const mine = (await given(county)).length;
  const campaign = ok(await city.call('addInspection', { body: { programme, title: '督导', basis: '云健办〔2026〕4号', from_on: day(-5),
    to_on: day(20), announced: true, units: [{ unit: other, planned: 1 }], team: [finder.session.person.id] } }), 201);
  ok(await city.call('moveInspection', { path: { inspection: campaign.id }, headers: match(campaign.version), body: { move: 'issue' } }));
  const visit = ok(await city.call('addVisit', { path: { inspection: campaign.id },
    body: { unit: other, visit_on: day(0), announced: true, items: [] } }), 201);
  ok(await finder.call('recordVisit', { path: { visit: visit.id }, headers: match(visit.version), body: { answers: [], summary: '一般',
    findings: [{ words: '步道灯不亮', grade: 'notable' }] } }));
  const finding = ok(await city.call('listFindings', { query: { visit: visit.id } })).items[0].id;
  ok(await city.call('orderRectification', { path: { finding }, body: { due: day(10), demand: '换灯' } }), 201);
  const last = ok(await city.call('addDuty', { body: { programme, origin: 'hand', title: '后来的一件', lead: other, units: [unit],
    deadline_kind: 'ongoing' } }), 201);
  await until(async () => (await given(county)).some((i) => i.above.title === last.title), 'the task');
  assert.equal((await given(county)).length, mine + 1);
});
