/* 督办关系: it is changed from a day on, and the page says since when. */
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, picture, startHouse } from './support.mjs';

let house, unit;
const day = (days) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

before(async () => {
  house = await startHouse();
  const text = '单位名称\n云沂市水务局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = (await house.clerk.call('previewDirectory', { headers, body: text })).body;
  await house.clerk.call('importDirectory', { query: { token: seen.token }, headers, body: text });
  unit = (await house.clerk.call('listUnits')).body.items.find((u) => u.name === '云沂市水务局').id;
});
after(async () => { await house?.stop(); });

for (const [lang, from] of [['zh', 'supervised'], ['en', 'coordinated']])
  test(`a unit's standing is changed from a day on (${lang})`, async (it) => {
    const to = from === 'supervised' ? 'coordinated' : 'supervised';
    const since = day(from === 'supervised' ? -10 : -3);
    const { page, t } = await openPage(it, house, { path: `/units/${unit}`, lang });
    await page.getByRole('button', { name: t('unit.edit') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: t('unit.standing') }).click();
    await page.locator('.ant-select-item-option', { hasText: t(`unit.standing.${to}`) }).last().click();
    await dialog.getByLabel(t('unit.standingFrom')).fill(since);
    await dialog.getByLabel(t('unit.standingFrom')).press('Tab');
    await page.locator('.ant-picker-dropdown').waitFor({ state: 'hidden' }); // the calendar is the library's
    await assertAccessible(page, 'standing');
    await dialog.getByRole('button', { name: t('act.save') }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(t('unit.standingSince', { standing: t(`unit.standing.${to}`), day: since })).waitFor();
    await picture(page, `standing-${lang}`);
  });
