/* 批示: entered with its scan and who sees it; the result is laid before the leader, who reads it on 领导一页. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { day, makeCity } from './city.mjs';
import { assertAccessible, openPage, picture, root, signIn, startHouse } from './support.mjs';

const TITLE = '查清校园饮水投诉';
let house, leader, passer, liaison, id;

before(async () => {
  house = await startHouse();
  await makeCity(house);
  leader = await house.server.addUser('wangshizhang', undefined, { post: 'leader' });
  passer = await house.server.addUser('lishizhang', undefined, { post: 'leader' });
  liaison = await house.server.addUser('jiaoyuju', undefined, { post: 'liaison_a', unit: '市教育局' });
});
after(async () => { await house.stop(); });

async function openAs(it, who, options = {}) {
  const opened = await openPage(it, house, { ...options, signedIn: false });
  await signIn(opened.page, opened.t, who);
  return opened;
}

async function choosePerson(page, field, name) {
  await field.fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).or(page.getByTitle(new RegExp(name))).last().click();
  await page.keyboard.press('Escape');
}

test('the office enters it with its scan, and says who sees it', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/duties' });
  await page.getByRole('button', { name: t('duty.add') }).click();
  const dialog = page.getByRole('dialog', { name: t('duty.add') });
  await dialog.getByLabel(t('duty.leader'), { exact: true }).fill('王副市长');
  await choosePerson(page, dialog.getByRole('combobox', { name: t('duty.leaderAccount') }), 'wangshizhang');
  const day1 = dialog.getByRole('textbox', { name: t('duty.givenOn') });
  assert.match(await day1.inputValue(), /^\d{4}-\d\d-\d\d$/);
  await dialog.getByLabel(t('duty.instruction')).fill('请教育局牵头查清，一周内报我。');
  await dialog.locator('input[type=file]').setInputFiles(join(root, 'samples/pdf/03-table.pdf'));
  await dialog.getByText('03-table.pdf').waitFor();
  await dialog.getByLabel(t('duty.field.title')).fill(TITLE);
  await dialog.getByRole('combobox', { name: t('duty.owner') }).fill('教育局');
  await page.getByTitle('市教育局').click();
  await dialog.getByRole('textbox', { name: t('duty.due') }).fill(day(7).replaceAll('-', '/')); // as people write it
  await page.keyboard.press('Enter');
  /* who leads is proposed; the one officer is named in person instead */
  await dialog.getByRole('button', { name: t('duty.viewerOut', { name: '市教育局' }) }).click();
  await choosePerson(page, dialog.getByRole('combobox', { name: t('duty.viewerPeople') }), 'jiaoyuju');
  await assertAccessible(page, 'adding an instruction');
  await picture(page, 'instruction-add');
  await dialog.getByRole('button', { name: t('duty.addAct') }).click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  id = Number(page.url().match(/\d+$/)[0]);
  await page.getByText(t('duty.restricted'), { exact: true }).waitFor();
  const viewers = page.getByRole('region', { name: t('duty.viewers') });
  await viewers.getByText('jiaoyuju').waitFor();
  const scan = page.getByRole('region', { name: t('duty.scan') });
  await scan.getByRole('button', { name: t('duty.scanShow') }).click();
  await scan.getByRole('img', { name: t('duty.scanPage', { name: '03-table.pdf', page: 1 }) }).waitFor();
  await page.waitForFunction(() => document.querySelector('img.xj-scan')?.naturalWidth > 0);
  await assertAccessible(page, 'an instruction');
  await picture(page, 'instruction');
});

test('who sees it is changed later, and history keeps who it was', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/duties/${id}` });
  const viewers = page.getByRole('region', { name: t('duty.viewers') });
  await viewers.getByRole('button', { name: t('duty.viewersChange') }).click();
  const dialog = page.getByRole('dialog', { name: t('duty.viewersChange') });
  await dialog.getByRole('combobox', { name: t('duty.addViewerUnit') }).fill('体育局');
  await page.getByTitle('市体育局').click();
  await dialog.getByLabel(t('duty.whyIfAny')).fill('体育局参与');
  await dialog.getByRole('button', { name: t('act.save') }).click();
  await viewers.getByText(t('duty.viewersOf', { unit: '市体育局' })).waitFor();
  await page.getByRole('region', { name: t('duty.history') }).getByText('体育局参与').waitFor();
});

test('a classified paper is refused, and what was typed stays', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/duties' });
  await page.getByRole('button', { name: t('duty.add') }).click();
  const dialog = page.getByRole('dialog', { name: t('duty.add') });
  await dialog.getByLabel(t('duty.leader'), { exact: true }).fill('王副市长');
  await dialog.locator('input[type=file]').setInputFiles({ name: '批示.txt', mimeType: 'text/plain', buffer: Buffer.from('机密★3年\n\n关于有关工作的情况\n') });
  await dialog.getByLabel(t('duty.field.title')).fill('不该入库的件');
  await dialog.getByRole('combobox', { name: t('duty.owner') }).fill('教育局');
  await page.getByTitle('市教育局').click();
  await dialog.getByRole('textbox', { name: t('duty.due') }).fill(day(7));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: t('duty.addAct') }).click();
  await dialog.getByRole('alert').getByText(t('problem.classified.title')).waitFor();
  assert.equal(await dialog.getByLabel(t('duty.field.title')).inputValue(), '不该入库的件');
});

test('the unit reports what came of it, and the office lays it before the leader', async (it) => {
  const { page, t } = await openAs(it, liaison, { path: `/duties/${id}` });
  await page.getByRole('button', { name: t('duty.move.acknowledge') }).click();
  await page.getByRole('button', { name: t('duty.move.begin') }).click();
  await page.getByRole('button', { name: t('instruction.report') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('instruction.result')).fill('已逐校核查，三处管网已更换，水质复检合格。');
  await dialog.getByRole('button', { name: t('instruction.report') }).click();
  await page.getByText(t('instruction.reported'), { exact: true }).waitFor();
  const office = await openPage(it, house, { path: `/duties/${id}` });
  await office.page.getByRole('button', { name: t('duty.move.lay_before') }).click();
  await office.page.getByRole('dialog').getByRole('button', { name: t('duty.move.lay_before') }).click();
  await office.page.getByText(t('duty.state.laid_before'), { exact: true }).waitFor();
  await picture(office.page, 'instruction-laid');
});

test('the leader reads it on the own page; another leader has nothing there', async (it) => {
  const other = await openAs(it, passer, { path: '/overview' });
  await other.page.locator('.xj-chart-box svg').nth(1).waitFor();
  assert.equal(await other.page.getByRole('heading', { name: other.t('instruction.heading') }).count(), 0);
  assert.equal(await other.page.getByText(TITLE).count(), 0);
  await other.page.goto(`/duties/${id}`);
  await other.page.getByRole('alert').or(other.page.getByText(other.t('problem.not_found.title'))).first().waitFor();
  const { page, t } = await openAs(it, leader, { path: '/overview', lang: 'en' });
  const box = page.getByRole('region', { name: t('instruction.heading') });
  await box.getByText('三处管网已更换', { exact: false }).waitFor();
  await assertAccessible(page, 'instructions on the overview');
  await picture(page, 'instruction-overview');
  await box.getByRole('button', { name: t('instruction.moreOf', { title: TITLE }) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('act.cancel') }).click();
  await box.getByRole('button', { name: t('instruction.readOf', { title: TITLE }) }).click();
  await box.waitFor({ state: 'detached' });
  await page.goto(`/duties/${id}`);
  await page.getByText(t('duty.state.read'), { exact: true }).first().waitFor();
});
