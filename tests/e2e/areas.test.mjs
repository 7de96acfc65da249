/* Areas with their codes; a unit that becomes another. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕1号

一、健康知识普及行动
1.开展宣传教育。（责任单位：市扶贫办）
2.建立专家库。（责任单位：市乡村振兴局）
`;
let house;
before(async () => {
  house = await startHouse();
  const { version } = await importText(house, 'plan.txt', plan);
  await publish(house, version);
});
after(async () => { await house?.stop(); });

test('areas are added in one another, a wrong code says so, and one becomes another', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/units/areas' });
  await page.getByText(w('area.none')).waitFor();
  await assertAccessible(page, 'no areas');
  const add = async ({ name, code, level, parent }) => {
    await page.getByRole('button', { name: w('area.add') }).click();
    const dialog = page.getByRole('dialog', { name: w('area.addTitle') });
    await dialog.getByLabel(w('area.name')).fill(name);
    if (level) {
      await dialog.getByRole('combobox', { name: w('unit.level') }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: new RegExp(`^${level}$`) }).click();
    }
    await dialog.getByLabel(w('area.code')).fill(code);
    if (parent) {
      const above = dialog.getByRole('combobox', { name: w('area.parent') });
      await above.fill(parent);
      await above.press('Enter');
    }
    await dialog.getByRole('button', { name: w('act.save') }).click();
    return dialog;
  };
  const closed = (dialog) => dialog.waitFor({ state: 'hidden' });
  await closed(await add({ name: '云沂市', code: '990100', level: w('unit.level.city') }));
  const wrong = await add({ name: '沂东县', code: '980121', parent: '云沂市' });
  await wrong.getByRole('alert').waitFor();
  await wrong.getByLabel(w('area.code')).fill('990121');
  await wrong.getByRole('button', { name: w('act.save') }).click();
  await closed(wrong);
  await closed(await add({ name: '沂东区', code: '990104', parent: '云沂市' }));
  const table = page.getByRole('table', { name: w('area.heading') });
  assert.equal(await table.getByRole('row').count(), 4);
  await assertAccessible(page, 'areas');
  await picture(page, 'areas-zh-desk');

  await page.getByRole('button', { name: w('area.editTitle', { area: '沂东县' }) }).click();
  const dialog = page.getByRole('dialog', { name: w('area.editTitle', { area: '沂东县' }) });
  const next = dialog.getByRole('combobox', { name: w('succession.next') });
  await next.fill('沂东区');
  await next.press('Enter');
  await dialog.getByLabel(w('succession.fromOn')).fill('2025-03-01');
  await dialog.getByLabel(w('succession.why')).fill('国函〔2025〕1号');
  await dialog.getByRole('button', { name: w('succession.say') }).click();
  await dialog.getByRole('table', { name: w('succession.successor') }).getByText('沂东区').waitFor();
  await assertAccessible(page, 'an area');
  await picture(page, 'area-zh-desk');
  await dialog.getByRole('button', { name: w('act.cancel') }).click();
  await table.getByText(w('area.fromTo', { from: '…', to: '2025-02-28' })).waitFor();
});

test('a unit gets its area and code, and its open work goes to its successor', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/units' });
  await page.getByRole('link', { name: '市扶贫办', exact: true }).click();
  await page.getByRole('button', { name: w('unit.edit') }).click();
  const edit = page.getByRole('dialog', { name: w('unit.editTitle', { unit: '市扶贫办' }) });
  await edit.getByLabel(w('unit.creditCode')).fill('91350100M000100Y44');
  await edit.getByRole('button', { name: w('act.save') }).click();
  await edit.getByRole('alert').waitFor();
  await edit.getByLabel(w('unit.creditCode')).fill('91350100M000100Y43');
  await edit.getByRole('button', { name: w('act.save') }).click();
  await edit.waitFor({ state: 'hidden' });
  await page.getByText('91350100M000100Y43').waitFor();

  await page.getByRole('navigation', { name: w('unit.parts') }).getByRole('link', { name: new RegExp(`^${w('unit.tab.history')}`) }).click();
  await page.getByText(w('succession.noneUnit')).waitFor();
  const field = page.getByRole('combobox', { name: w('unit.pick') });
  await field.fill('市乡村振兴局');
  await page.locator('.ant-select-item-option').filter({ hasText: '市乡村振兴局' }).click();
  await page.getByLabel(w('succession.fromOn')).fill('2026-01-01');
  await page.getByLabel(w('succession.why')).fill('机构改革方案');
  await page.getByRole('button', { name: w('succession.say') }).click();
  const became = page.getByRole('table', { name: w('succession.successor') });
  await became.getByRole('link', { name: '市乡村振兴局' }).waitFor();
  await page.getByText(w('succession.now')).waitFor();
  await assertAccessible(page, 'history of a unit');
  await picture(page, 'unit-history-zh-desk');
  await became.getByRole('link', { name: '市乡村振兴局' }).click();
  await page.getByRole('heading', { level: 1, name: '市乡村振兴局' }).waitFor();
  await page.getByRole('table', { name: w('succession.predecessor') }).getByText('机构改革方案').waitFor();
});
