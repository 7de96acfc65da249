/* What findings are about: proposed from the checklist, changed, filtered by; in the circular and in reports by action. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office, county, programme, education, district, tasks;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。（牵头单位：市教育局；完成时限：持续推进）
二、合理膳食行动
2.办好学校食堂。（牵头单位：市教育局，责任单位：各县（区）、岚溪县人民政府；完成时限：持续推进）

三、保障措施
（一）监测评估。各专项行动工作组每年12月底前提交年度监测报告。各县（区）以年度为单位开展本地实施情况评估，于12月20日前将评估报告报送市推进办。

云沂市健康行动推进委员会
2026年3月1日
`;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const match = (version) => ({ 'if-match': `"${version}"` });
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const year = today.slice(0, 4);

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  const { summary } = ok(await office.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN }), 201).version;
  const known = ok(await office.call('listUnits', { query: { limit: 200 } })).items;
  const group = known.find((u) => u.kind === 'group' && u.name.startsWith('各县'));
  const { version } = ok(await office.call('getUnit', { path: { unit: group.id } }));
  ok(await office.call('setMembers', { path: { unit: group.id }, headers: match(version), body: { members: [known.find((u) => u.name.startsWith('岚溪县')).id] } }));
  ok(await office.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  const units = ok(await office.call('listUnits', { query: { limit: 200 } })).items;
  education = units.find((u) => u.name === '市教育局').id;
  district = units.find((u) => u.name.startsWith('岚溪县'));
  tasks = ok(await office.call('listDuties', { query: { limit: 50 } })).items;
});
after(async () => { await server.stop(); });

async function found(unit, findings, items = []) {
  const made = ok(await office.call('addInspection', { body: { programme, title: '专项督导', basis: '1号', from_on: `${year}-01-01`, to_on: `${year}-12-31`,
    announced: true, units: [{ unit, planned: 1 }], team: [office.session.person.id] } }), 201);
  ok(await office.call('moveInspection', { path: { inspection: made.id }, headers: match(1), body: { move: 'issue' } }));
  const visit = ok(await office.call('addVisit', { path: { inspection: made.id }, body: { unit, visit_on: today, announced: true, items } }), 201);
  const reply = await office.call('recordVisit', { path: { visit: visit.id }, headers: match(visit.version), body: {
    answers: [], summary: '', findings: findings.map((f) => ({ grade: 'general', ...f, ...(f.item === undefined ? {} : { item: visit.items[f.item].id }) })) } });
  return { inspection: made.id, visit: visit.id, reply };
}

test('the task of the checklist is proposed, a named one is taken, another is chosen later', async () => {
  const [lectures, canteens] = tasks;
  const made = await found(education, [{ words: '讲座没有记录', item: 0 }, { words: '食堂未公示', about: canteens.id }, { words: '没有指明', action_no: 2 }, { words: '泛泛而谈' }],
    [{ duty: lectures.id }]);
  ok(made.reply);
  const list = async (query) => ok(await office.call('listFindings', { query })).items;
  const rows = await list({ visit: made.visit });
  assert.deepEqual(rows.map((f) => [f.about?.id ?? null, f.action_no, f.action]), [
    [lectures.id, 1, '健康知识普及行动'], [canteens.id, 2, '合理膳食行动'], [null, 2, '合理膳食行动'], [null, null, null]]);
  assert.deepEqual((await list({ programme, action_no: 2 })).map((f) => f.words), ['食堂未公示', '没有指明']);
  const set = (body) => office.call('setFindingAbout', { path: { finding: rows[3].id }, body });
  assert.equal(ok(await set({ about: lectures.id })).action_no, 1);
  assert.equal(ok(await set({})).about, null);
  bad(await set({ about: 999 }), 400, 'bad_input');
  bad(await set({ action_no: 77 }), 400, 'bad_input');
  const few = ok(await office.call('addDuty', { body: { programme, origin: 'instruction', title: '不公开', lead: education, deadline_kind: 'none', leader: '李市长', given_on: today } }), 201);
  bad(await set({ about: few.id }), 400, 'bad_input');
  bad((await found(education, [{ words: '不该有', about: few.id }])).reply, 400, 'bad_input');
  const circular = ok(await office.call('draftCircular', { path: { inspection: made.inspection } }), 201);
  assert.match(circular.body, /按行动分：\n健康知识普及行动：发现问题1个，要求整改0个，已销号0个。\n合理膳食行动：发现问题2个/);
});

test('the group\'s monitoring report has what was found of its action, of all units', async () => {
  ok((await found(district.id, [{ words: '县里食堂未培训', about: tasks[1].id }])).reply);
  const owed = ok(await office.call('listObligations', { query: { kind: 'annual_monitoring_report', limit: 50 } })).items.find((o) => o.unit_name.startsWith('合理膳食'));
  const report = ok(await office.call('draftSummary', { body: { kind: 'annual_monitoring_report', obligation: owed.id, from_on: `${year}-01-01`, to_on: `${year}-12-31` } }), 201);
  assert.match(report.body, /【合理膳食行动】食堂未公示（市教育局/);
  assert.match(report.body, /【合理膳食行动】县里食堂未培训（岚溪县/);
  assert.doesNotMatch(report.body, /讲座没有记录/);
});

test('a county\'s evaluation report goes from the draft to sent, and what is owed is fulfilled', async () => {
  const account = await server.addUser('lanxi', '云沂市', { post: 'county_office', unit: district.name });
  county = await server.signIn(account.name, account.password);
  const owed = ok(await county.call('listObligations', { query: { kind: 'annual_evaluation_report' } })).items;
  assert.equal(owed.length, 1, JSON.stringify(owed));
  assert.deepEqual([owed[0].unit, owed[0].state, owed[0].open], [district.id, 'due', true]);
  const made = ok(await county.call('draftSummary', { body: { kind: 'annual_evaluation_report', obligation: owed[0].id, from_on: `${year}-01-01`, to_on: `${year}-12-31` } }), 201);
  assert.match(made.body, /【合理膳食行动】县里食堂未培训/);
  assert.doesNotMatch(made.body, /食堂未公示/);
  const kept = ok(await county.call('writeSummary', { path: { summary: made.id }, headers: match(1), body: { heading: made.heading, body: `${made.body}\n（县健康办补充）` } }));
  assert.match(kept.body, /县健康办补充/);
  bad(await county.call('sendSummary', { path: { summary: made.id }, headers: match(1) }), 409, 'stale');
  assert.equal(ok(await county.call('sendSummary', { path: { summary: made.id }, headers: match(2) })).state, 'sent');
  const now = ok(await county.call('getObligation', { path: { obligation: owed[0].id } })).summary;
  assert.deepEqual([now.state, now.open, now.sent_on], ['sent', false, today]);
  const accepted = ok(await office.call('moveObligation', { path: { obligation: owed[0].id }, headers: match(now.version), body: { move: 'accept' } }));
  assert.equal(accepted.summary.state, 'accepted');
});
