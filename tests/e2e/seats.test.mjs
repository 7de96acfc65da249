/* 成员: who sits in a body is entered, shown by role, and ends with a day. */
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, picture, startHouse } from './support.mjs';

let house;

before(async () => {
  house = await startHouse();
  const text = '单位名称\n健康云沂行动推进委员会\n云沂市水务局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = (await house.clerk.call('previewDirectory', { headers, body: text })).body;
  await house.clerk.call('importDirectory', { query: { token: seen.token }, headers, body: text });
  const units = (await house.clerk.call('listUnits')).body.items;
  const body = units.find((u) => u.name === '健康云沂行动推进委员会').id;
  await house.clerk.call('addSeat', { path: { body }, body: { role: 'member', unit: units.find((u) => u.name === '云沂市水务局').id, from: '2024-01-01' } });
});
after(async () => { await house?.stop(); });

for (const [lang, name] of [['zh', '张三'], ['en', '李四']])
  test(`members of a body are entered and leave (${lang})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/units/bodies', lang });
    await page.getByRole('button', { name: t('seat.of', { name: '健康云沂行动推进委员会' }) }).click();
    const dialog = page.getByRole('dialog');
    const table = dialog.getByRole('table', { name: t('seat.heading') });
    await table.getByText('云沂市水务局').waitFor();
    await dialog.getByRole('combobox', { name: t('seat.role') }).click();
    await page.locator('.ant-select-item-option', { hasText: t('seat.role.director') }).first().click();
    await dialog.getByRole('textbox', { name: t('seat.person'), exact: true }).fill(name);
    await dialog.getByRole('textbox', { name: t('seat.job'), exact: true }).fill('市长');
    await dialog.getByRole('button', { name: t('seat.add'), exact: true }).click();
    const row = table.getByRole('row').filter({ hasText: name });
    await row.waitFor();
    await assertAccessible(page, 'seats');
    await picture(page, `seats-${lang}`);
    await row.getByRole('button', { name: t('seat.endOf', { name }) }).click();
    await row.getByRole('button', { name: t('act.confirm') }).click();
    await row.getByRole('button', { name: t('seat.endOf', { name }) }).waitFor({ state: 'hidden' });
    await row.getByRole('button', { name: t('act.confirm') }).waitFor({ state: 'hidden' });
  });

for (const lang of ['zh', 'en'])
  test(`members come from a spreadsheet, and go out as one (${lang})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/units/bodies', lang });
    await page.getByRole('button', { name: t('seat.of', { name: '健康云沂行动推进委员会' }) }).click();
    const dialog = page.getByRole('dialog');
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: t('seat.export') }).click();
    if (!(await saved).suggestedFilename().endsWith('.xlsx')) throw new Error('no workbook came');
    await dialog.getByRole('link', { name: t('seat.import') }).click();
    await page.getByRole('heading', { name: t('roster.heading') }).waitFor();
    const name = lang === 'zh' ? '周七' : '吴八';
    const file = `机构,机构职务,姓名,职务,起始日期\n健康云沂行动推进委员会,专家,${name},主任医师,2026-01-01\n健康云沂行动推进委员会,国王,郑九,,\n`;
    await page.locator('input[type=file]').setInputFiles({ name: 'seats.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByText(t('roster.problem.seat_role_unknown')).first().waitFor();
    await assertAccessible(page, 'seats import');
    await picture(page, `seats-import-${lang}`);
    await page.getByRole('button', { name: t('roster.doSome', { n: 1, wrong: 1 }) }).click();
    await page.getByText(t('roster.done', { added: 1, changed: 0, out: 1 })).waitFor();
    await page.goto('/units/bodies');
    await page.getByRole('button', { name: t('seat.of', { name: '健康云沂行动推进委员会' }) }).click();
    await page.getByRole('dialog').getByRole('row').filter({ hasText: name }).waitFor();
    await picture(page, `seats-after-${lang}`);
  });
