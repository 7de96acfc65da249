/*
 * city.mjs -- an invented city some way into its year, made over the API: a published plan, duty tasks
 * that began in the past, returns sent in time, late and not at all.
 */
import assert from 'node:assert/strict';
import { importText, publish } from './support.mjs';

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};

/* The day DAYS from today, in the city. */
export const day = (days = 0) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕8号

健康云沂行动2026年度任务分工

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市卫生健康委，配合单位：市教育局、市文化和旅游局；完成时限：持续推进）
2.建好健康科普专家库。定期更新。（牵头单位：市卫生健康委；完成时限：持续推进）
二、合理膳食行动
3.在学校食堂配备营养指导员。（牵头单位：市教育局，配合单位：市市场监管局；完成时限：持续推进）
4.推广减盐减油餐厅，建成示范餐厅20家。（牵头单位：市市场监管局；完成时限：持续推进）
三、全民健身行动
5.建设社区健身步道，新增步道30公里。（牵头单位：市体育局，配合单位：市住房城乡建设局；完成时限：持续推进）
6.学校体育场地向社会开放。（牵头单位：市教育局、市体育局；完成时限：持续推进）
四、控烟行动
7.创建无烟机关。（牵头单位：市机关事务局，配合单位：市卫生健康委；完成时限：持续推进）
8.开展公共场所控烟监督检查。（牵头单位：市卫生健康委，配合单位：市文化和旅游局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年1月12日
`;

const PAST = [
  ['市教育局', '中小学近视筛查全覆盖', 1, '健康知识普及行动', 'monthly'],
  ['市市场监管局', '学校周边食品安全检查', 2, '合理膳食行动', 'quarterly'],
  ['市体育局', '举办全民健身运动会', 3, '全民健身行动', 'quarterly'],
  ['市机关事务局', '机关食堂减盐行动', 2, '合理膳食行动', 'half_yearly'],
  ['市卫生健康委', '基层戒烟门诊建设', 4, '控烟行动', 'quarterly'],
  ['市住房城乡建设局', '老旧小区健身设施更新', 3, '全民健身行动', 'half_yearly'],
  ['市文化和旅游局', '景区控烟标识更新', 4, '控烟行动', 'half_yearly'],
];

/* Send return OWED of unit, with words for each of its rows, on the day that it HAPPENED. */
async function send(clerk, owed, happened, percent) {
  const report = ok(await clerk.call('getReturn', { path: { return: owed.id } }));
  for (const row of report.rows)
    ok(await clerk.call('keepReturnRow', {
      path: { return: owed.id, duty: row.duty }, headers: { 'if-match': `"${row.version}"` },
      body: { unit: owed.unit, text: `${row.title}：本期按计划推进，已完成${percent}%。`, percent, difficulties: '部分县区经费尚未到位。', next_step: '下月开展现场核查。' } }));
  ok(await clerk.call('sendReturn', { path: { return: owed.id }, headers: { 'if-match': `"${report.head.version}"` }, body: { happened_on: happened } }));
}

async function accept(clerk, id) {
  const report = ok(await clerk.call('getReturn', { path: { return: id } }));
  ok(await clerk.call('reviewReturn', {
    path: { return: id }, headers: { 'if-match': `"${report.head.version}"` },
    body: { rows: report.rows.map((row) => ({ duty: row.duty, accepted: true })) } }));
}

/* The city in HOUSE: { units: {name: id}, duties: {title: duty} }. */
export async function makeCity(house) {
  const { clerk, programme } = house;
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const units = Object.fromEntries(ok(await clerk.call('listUnits', { query: { limit: 500 } })).items.map((unit) => [unit.name, unit.id]));
  const duties = {};
  for (const [unit, title, action_no, action, cadence] of PAST)
    duties[title] = ok(await clerk.call('addDuty', { body: {
      programme, origin: 'assignment', title, text: `${title}。按上级要求落实，每期报送进展。`, action_no, action,
      lead: units[unit], deadline_kind: 'ongoing', cadence, starts_on: day(-300) } }), 201);
  duties['研究建设市民健身中心'] = ok(await clerk.call('addDuty', { body: {
    programme, origin: 'minutes', title: '研究建设市民健身中心', leader: '李市长', given_on: day(-60), words: '请体育局牵头研究，一个月内报方案。',
    lead: units['市体育局'], deadline_kind: 'complete_by', due: day(-20), starts_on: day(-60), action_no: 3, action: '全民健身行动', cadence: '', deliverable: 'document' } }), 201);
  const owed = ok(await clerk.call('listObligations', { query: { kind: 'return', due_to: day(-1), limit: 500 } })).items;
  // the last of each unit is left out by two of them, and one is late
  for (const row of owed) {
    const last = owed.findLast((other) => other.unit === row.unit).id === row.id;
    if (last && ['市市场监管局', '市体育局'].includes(row.unit_name)) continue;
    const late = row.unit_name === '市教育局' ? 6 : -2;
    const happened = new Date(Date.parse(row.due) + late * 86400e3).toISOString().slice(0, 10);
    await send(clerk, row, happened > day() ? day() : happened, Math.min(90, 20 + owed.indexOf(row) * 3));
    if (!last) await accept(clerk, row.id);
  }
  return { units, duties };
}
