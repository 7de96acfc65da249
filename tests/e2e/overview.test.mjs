/* 领导一页: lights by action and unit as of any day, what turned red, what waits; down to the basis; on one sheet. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, makeCity } from './city.mjs';
import { PHONE, assertAccessible, openPage, picture, signIn, startHouse } from './support.mjs';

let house, city, leader;

before(async () => {
  house = await startHouse();
  city = await makeCity(house);
  leader = await house.server.addUser('leader', undefined, { post: 'leader' });
});
after(async () => { await house.stop(); });

/* How many pages PDF has. */
const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

async function asLeader(it, options = {}) {
  const opened = await openPage(it, house, { ...options, signedIn: false });
  await signIn(opened.page, opened.t, leader);
  return opened;
}

test('a leader begins at what burns, and goes down to what was reported', async (it) => {
  const { page, t } = await asLeader(it);
  await page.getByRole('heading', { level: 1, name: t('overview.heading', { programme: '健康云沂行动' }) }).waitFor();
  await page.locator('.xj-chart-box svg').nth(1).waitFor();
  const turned = page.getByRole('region', { name: t('overview.turnedTable') });
  await turned.getByText('研究建设市民健身中心').waitFor();
  await assertAccessible(page, 'overview');
  await picture(page, 'overview');
  const pdf = await page.pdf({ format: 'A4', landscape: true, preferCSSPageSize: true, path: 'build/artefacts/overview.pdf' });
  assert.equal(sheets(pdf), 1, 'on one sheet');
  const heat = page.getByRole('figure').filter({ hasText: t('overview.heat') });
  await heat.getByText(t('chart.table')).click();
  await heat.getByRole('link', { name: t('overview.cell', { unit: '市市场监管局', action: '合理膳食行动', light: t('light.red') }) }).click();
  await page.getByRole('grid', { name: t('nav.duties') }).getByRole('link', { name: '学校周边食品安全检查' }).click();
  await page.getByText(/本期按计划推进/).first().waitFor();
  assert.equal(await page.getByRole('button', { name: t('duty.move.acknowledge') }).count(), 0, 'a leader moves nothing');
});

test('any past day is shown as it was', async (it) => {
  const { page, t } = await asLeader(it, { path: `/overview?day=${day(-120)}`, lang: 'en' });
  await page.locator('.xj-chart-box svg').nth(1).waitFor();
  assert.equal(await page.getByText('研究建设市民健身中心').count(), 0, 'it began later');
  await assertAccessible(page, 'overview in English');
  await picture(page, 'overview-en');
  await page.goto(`/overview?day=${day(-3000)}`);
  await page.getByText(t('overview.noneAdvice')).waitFor();
  await page.getByRole('button', { name: t('overview.todayAct') }).click();
  await page.getByRole('region', { name: t('overview.turnedTable') }).waitFor();
});

test('on a phone the lights are a table', async (it) => {
  const { page, t } = await asLeader(it, { path: '/overview', size: PHONE });
  await page.getByRole('region', { name: t('overview.heat') }).waitFor();
  await page.getByRole('region', { name: t('overview.turnedTable') }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await picture(page, 'overview-phone');
  assert.ok(city.duties['研究建设市民健身中心'].id > 0);
});
