/* Actions, calendar, burden, a unit's sheet, and a liaison officer's way from signing in to a sent return. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, makeCity } from './city.mjs';
import { PHONE, assertAccessible, openPage, picture, signIn, startHouse } from './support.mjs';

let house, city, liaison;

before(async () => {
  house = await startHouse();
  city = await makeCity(house);
  liaison = await house.server.addUser('liaison', undefined, { post: 'liaison_a', unit: '市住房城乡建设局' });
});
after(async () => { await house.stop(); });

const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1);

test('actions are listed, the worst first, and one shows units, tasks and what slipped', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/actions' });
  const list = page.getByRole('region', { name: t('actions.lights') });
  await list.getByRole('link').first().waitFor();
  assert.equal(await list.getByRole('link').first().innerText(), '全民健身行动');
  await assertAccessible(page, 'actions');
  await list.getByRole('link', { name: '全民健身行动' }).click();
  await page.getByRole('heading', { level: 1, name: '全民健身行动' }).waitFor();
  await page.getByRole('region', { name: t('overview.turnedTable') }).waitFor();
  await page.getByRole('region', { name: t('actions.tasks'), exact: true }).getByRole('link', { name: /研究建设市民健身中心/ }).waitFor();
  await assertAccessible(page, 'action');
  await picture(page, 'action');
});

test('the calendar shows what is due by day, days off, and the list of a day', async (it) => {
  const month = day().slice(0, 7);
  const { page, t } = await openPage(it, house, { path: `/calendar?month=${month.slice(0, 4)}-12` });
  const grid = page.getByRole('region', { name: `${month.slice(0, 4)}-12` });
  await grid.getByRole('link').first().waitFor();
  await assertAccessible(page, 'calendar');
  await picture(page, 'calendar');
  await grid.getByRole('link').first().click();
  await page.getByRole('link', { name: /报送单/ }).first().waitFor();
  await page.getByRole('button', { name: t('calendar.after') }).click();
  await page.getByRole('heading', { level: 1, name: t('calendar.heading', { year: String(Number(month.slice(0, 4)) + 1), month: '1' }) }).waitFor();
});

test('what units were asked for stands beside the limit, and is exported', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/burden', lang: 'en' });
  await page.locator('.xj-chart-box svg').first().waitFor();
  const table = page.getByRole('region', { name: t('burden.table') });
  assert.match(await table.getByRole('row', { name: /市教育局/ }).innerText(), /above/);
  await assertAccessible(page, 'burden');
  await picture(page, 'burden');
  const got = page.waitForEvent('download');
  await page.getByRole('button', { name: t('burden.export') }).click();
  assert.match((await got).suggestedFilename(), /^burden-\d{4}\.xlsx$/);
  await (await got).saveAs('build/artefacts/burden.xlsx');
});

test('a unit\'s sheet says how it stands', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/units/${city.units['市体育局']}/sheet` });
  const stand = page.getByRole('region', { name: t('sheet.stand') });
  await stand.getByText(t('sheet.late', { n: 2 })).waitFor();
  await assertAccessible(page, 'sheet');
  await picture(page, 'sheet-stand');
  assert.ok(sheets(await page.pdf({ preferCSSPageSize: true })) <= 2);
});

test('from signing in to a sent return: three clicks where nothing changed', async (it) => {
  const { page, t } = await openPage(it, house, { signedIn: false });
  await page.getByLabel(t('signIn.name')).fill(liaison.name);
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(liaison.password);
  await page.getByRole('button', { name: t('signIn.act'), exact: true }).click();
  const grid = page.getByRole('grid', { name: t('nav.owed') });
  await grid.getByRole('link').first().waitFor();
  await page.getByRole('heading', { level: 2, name: t('owed.waits') }).waitFor();
  await assertAccessible(page, 'owed by a liaison officer');
  await picture(page, 'owed-liaison');
  await grid.getByRole('link').first().click();
  await page.getByRole('button', { name: t('return.sendSame') }).click();
  await page.getByText(t('return.state.sent')).first().waitFor();
});

test('on a phone all of them are read without scrolling sideways', async (it) => {
  const opened = await openPage(it, house, { size: PHONE, signedIn: false });
  await signIn(opened.page, opened.t, house.server.account);
  const { page, t } = opened;
  for (const path of ['actions', 'calendar', 'burden']) {
    await page.goto(`/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.ok(await narrow(page), path);
    await picture(page, `${path}-phone`);
  }
  await page.getByRole('button', { name: t('nav.burden') }).click();
  await page.getByRole('menuitem', { name: t('nav.calendar') }).click();
  await page.getByRole('link', { name: t('calendar.subscribe') }).waitFor();
});
