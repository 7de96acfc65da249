/* Supervision: the office issues, an inspector visits with a phone, the unit sets right, another person strikes off. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { PHONE, artefacts, assertAccessible, importText, openPage, picture, publish, signIn, startHouse } from './support.mjs';

let house, accounts;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。常年开展。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市卫生健康委；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;
/* Days of this year, so that the year's count has the campaign. */
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const add = (name, post, unit) => house.server.addUser(name, '云沂市', { post, unit });
  accounts = {
    finder: await add('李督导', 'inspector'),
    checker: await add('王督导', 'inspector'),
    unit: await add('教育局联络员', 'liaison_a', '市教育局'),
    other: await add('卫健委联络员', 'liaison_a', '市卫生健康委'),
  };
});
after(async () => { await house.stop(); });

async function as(it, account, options) {
  const opened = await openPage(it, house, { ...options, signedIn: false });
  await signIn(opened.page, opened.t, account);
  return opened;
}

/* Choose NAMES in the field LABEL, which takes several. */
async function choose(page, label, names) {
  const field = page.getByRole('combobox', { name: label, exact: true });
  for (const name of names) {
    await field.fill(name);
    await page.getByTitle(name, { exact: true }).last().click();
  }
  // a list of many stays open; one of one closes by itself, and Escape behind it would close the dialog
  if (await field.evaluate((input) => input.closest('.ant-select-multiple') !== null)) await page.keyboard.press('Escape');
}

const findings = async () => (await house.clerk.call('listFindings')).body.items;

test('the office plans a campaign, sees what it asks of the units, issues it and plans a visit', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/inspections' });
  await page.getByText(t('inspect.none')).waitFor();
  await assertAccessible(page, 'no campaigns');
  await page.getByRole('button', { name: t('inspect.add') }).click();
  const form = page.getByRole('dialog', { name: t('inspect.add') });
  await form.getByLabel(t('inspect.title'), { exact: true }).fill('上半年健康行动督导');
  await form.getByLabel(t('inspect.basis')).fill('云健办〔2026〕3号');
  await form.getByLabel(t('inspect.from'), { exact: true }).fill(`${today().slice(0, 4)}-01-01`);
  await form.getByLabel(t('inspect.plannedEach')).fill('2');
  await choose(page, t('inspect.units'), ['市教育局', '市卫生健康委']);
  await choose(page, t('inspect.team'), ['李督导', '王督导']);
  await assertAccessible(page, 'a campaign is planned');
  await picture(page, 'inspection-form');
  await form.getByRole('button', { name: t('inspect.keep') }).click();
  await page.getByRole('heading', { level: 1, name: '上半年健康行动督导' }).waitFor();
  const burden = page.getByRole('region', { name: t('inspect.burden', { year: today().slice(0, 4) }) });
  await burden.getByRole('row', { name: /市教育局 2 2 0 1/ }).waitFor();
  await page.getByRole('button', { name: t('inspect.issue') }).click();
  await page.getByText(t('inspect.issueAsks', { units: 2, visits: 4, name: '市教育局', most: 2 })).waitFor();
  await assertAccessible(page, 'asked before issuing');
  await page.getByRole('dialog').getByRole('button', { name: t('inspect.issue') }).click();
  await page.getByText(t('inspect.state.issued'), { exact: true }).waitFor();
  await page.getByRole('button', { name: t('inspect.addVisit') }).click();
  await choose(page, t('inspect.unit'), ['市教育局']);
  await choose(page, t('inspect.fromTasks'), ['举办健康讲座']);
  await page.getByLabel(t('inspect.freeLines')).fill('宣传栏是否更新\n台账是否齐全');
  await page.getByRole('radio', { name: t('inspect.unannounced') }).check();
  await assertAccessible(page, 'a visit is planned');
  await picture(page, 'inspection-visit-form');
  await page.getByRole('dialog').getByRole('button', { name: t('inspect.keep') }).click();
  await page.getByText(t('inspect.secret')).waitFor();
  await assertAccessible(page, 'a campaign');
  await picture(page, 'inspection');
});

test('the unit sees the campaign, and no unannounced visit', async (it) => {
  const { page, t } = await as(it, accounts.unit, { path: '/inspections' });
  await page.getByRole('link', { name: '上半年健康行动督导' }).click();
  await page.getByText(t('inspect.noVisits')).waitFor();
  assert.equal(await page.getByText(t('inspect.secret')).count(), 0);
});

test('an inspector fills the checklist on a phone; the page is left, the line drops, nothing is lost, it is sent once', async (it) => {
  const { page, context, t } = await as(it, accounts.finder, { path: '/inspections', size: PHONE, offline: true });
  await page.getByRole('link', { name: '上半年健康行动督导' }).click();
  await page.getByRole('link', { name: today() }).click();
  await page.getByRole('group', { name: '宣传栏是否更新', exact: true }).getByText(t('inspect.answer.problem')).click();
  await page.getByLabel(t('inspect.noteTo', { words: '宣传栏是否更新' })).fill('三个月没有更新');
  await page.getByRole('button', { name: t('inspect.addFinding') }).click();
  await page.getByLabel(t('inspect.findingNo', { n: 1 }), { exact: true }).last().fill('一楼宣传栏三个月没有更新');
  await page.getByRole('radiogroup', { name: t('inspect.gradeOf', { n: 1 }) }).getByText(t('inspect.grade.notable')).click();
  await page.getByLabel(t('inspect.place')).fill('一楼大厅');
  const photo = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 });
    const paint = canvas.getContext('2d');
    paint.fillStyle = '#2a6';
    paint.fillRect(0, 0, 2400, 1800);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(photo) });
  await page.getByRole('img', { name: t('inspect.picture', { n: 1 }) }).waitFor();
  await page.getByLabel(t('inspect.summary')).fill('总体较好');
  await page.getByText(t('inspect.keptHere')).waitFor();
  await assertAccessible(page, 'a visit on a phone');
  await picture(page, 'inspection-visit-phone');
  await page.screenshot({ path: join(artefacts, 'inspection-visit-phone-whole.png'), fullPage: true });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390), 'nothing stands beside the window');
  await page.reload();
  assert.equal(await page.getByLabel(t('inspect.findingNo', { n: 1 }), { exact: true }).last().inputValue(), '一楼宣传栏三个月没有更新');
  await page.getByRole('img', { name: t('inspect.picture', { n: 1 }) }).waitFor();
  await context.setOffline(true);
  await page.getByRole('button', { name: t('inspect.send') }).click();
  await page.getByRole('alert').first().waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: t('inspect.send') }).click();
  await page.getByRole('link', { name: '一楼宣传栏三个月没有更新' }).click();
  await page.getByRole('img', { name: t('inspect.picture', { n: 1 }) }).waitFor();
  const [finding, ...more] = await findings();
  assert.deepEqual(more, []); // once
  assert.equal(finding.grade, 'notable');
  const whole = (await house.clerk.call('getFinding', { path: { finding: finding.id } })).body;
  assert.equal(whole.pictures.length, 1);
});

test('the office tells the unit and orders the rectification', async (it) => {
  const [finding] = await findings();
  const { page, t } = await openPage(it, house, { path: `/findings/${finding.id}` });
  await page.getByText(t('inspect.tellFirst')).waitFor();
  await page.getByRole('link', { name: finding.visit_on }).click();
  await page.getByRole('button', { name: t('inspect.tell') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('inspect.tell') }).click();
  await page.getByText(t('inspect.secret')).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: finding.words }).click();
  await page.getByLabel(t('inspect.due'), { exact: true }).fill(`${today().slice(0, 4)}-12-31`);
  await page.getByLabel(t('inspect.demand')).fill('年底前更新，并建立每月更新制度。');
  await assertAccessible(page, 'a rectification is ordered');
  await page.getByRole('button', { name: t('inspect.order') }).click();
  await page.getByText(t('inspect.rectification.ordered'), { exact: true }).first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('heading', { name: t('inspect.noticeTitle'), includeHidden: true }).waitFor();
  assert.equal(await page.getByText('年底前更新，并建立每月更新制度。').filter({ visible: true }).count(), 1);
  await page.pdf({ path: join(artefacts, 'inspection-notice.pdf'), preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
});

test('the unit sets right and asks closing, on a phone; another unit sees nothing', async (it) => {
  const [finding] = await findings();
  const { page, t } = await as(it, accounts.unit, { path: '/inspections?show=open', size: PHONE });
  await page.getByRole('link', { name: finding.words }).click();
  await page.getByRole('button', { name: t('inspect.move.begin') }).click();
  await page.getByRole('button', { name: t('inspect.move.ask_closing') }).waitFor();
  await page.getByLabel(t('inspect.why')).fill('已更新，附制度');
  await page.getByRole('button', { name: t('inspect.move.ask_closing') }).click();
  await page.getByText(t('inspect.rectification.closing_asked')).first().waitFor();
  assert.equal(await page.getByRole('button', { name: t('inspect.move.check') }).count(), 0);
  await assertAccessible(page, 'the unit asks closing');
  await picture(page, 'inspection-rectification-phone');
  const other = await as(it, accounts.other, { path: '/inspections?show=open' });
  await other.page.getByText(t('inspect.noFindings')).waitFor();
});

test('who found it cannot end it; another person checks, a third strikes off', async (it) => {
  const [finding] = await findings();
  const finder = await as(it, accounts.finder, { path: `/findings/${finding.id}` });
  await finder.page.getByRole('button', { name: finder.t('inspect.move.return') }).waitFor();
  assert.equal(await finder.page.getByRole('button', { name: finder.t('inspect.move.check') }).count(), 0);
  const { page, t } = await as(it, accounts.checker, { path: `/findings/${finding.id}`, lang: 'en' });
  await page.getByRole('button', { name: t('inspect.move.check') }).click();
  await page.getByRole('button', { name: t('inspect.move.strike_off') }).waitFor();
  await assertAccessible(page, 'checked');
  const office = await openPage(it, house, { path: `/findings/${finding.id}` });
  await office.page.getByRole('button', { name: office.t('inspect.move.strike_off') }).click();
  await office.page.getByText(office.t('inspect.rectification.struck_off'), { exact: true }).first().waitFor();
  await assertAccessible(office.page, 'struck off');
  await picture(office.page, 'inspection-finding');
  // the other page came too late: it says so, and shows what is there
  await page.getByRole('button', { name: t('inspect.move.strike_off') }).click();
  await page.getByText(t('inspect.rectification.struck_off'), { exact: true }).first().waitFor();
  assert.equal((await findings())[0].rectification.state, 'struck_off');
});

test('a circular is drafted, written, published, and read by the unit', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/inspections' });
  await page.getByRole('link', { name: '上半年健康行动督导' }).click();
  await page.getByRole('link', { name: '一楼宣传栏三个月没有更新' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: join(artefacts, 'inspection-campaign.pdf'), preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: t('inspect.draftCircular') }).click();
  const text = page.getByLabel(t('inspect.circularText'), { exact: true }).last();
  await text.waitFor();
  const drafted = await text.inputValue();
  assert.match(drafted, /发现问题1个/);
  await text.fill(`${drafted}\n请各单位引以为戒。`);
  await page.getByText(t('inspect.textChanged')).waitFor();
  await assertAccessible(page, 'a circular is written');
  await picture(page, 'inspection-circular');
  await page.getByRole('button', { name: t('inspect.keepText') }).click();
  await page.getByRole('link', { name: t('inspect.textNo', { n: 2 }) }).waitFor();
  await page.getByRole('button', { name: t('inspect.publish') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('inspect.publishAct'), exact: true }).click();
  await page.getByText(t('inspect.publishedOn', { date: today() })).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: join(artefacts, 'inspection-circular.pdf'), preferCSSPageSize: true });
  const reader = await as(it, accounts.other, { path: '/inspections?show=circulars' });
  await reader.page.getByRole('link', { name: /上半年健康行动督导/ }).click();
  await reader.page.getByText('请各单位引以为戒。').first().waitFor();
  await assertAccessible(reader.page, 'a circular is read');
});
