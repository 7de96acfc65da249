/* A return as a workbook: downloaded, filled, brought back, what is wrong shown, two texts side by side. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fill } from '../api/zip.mjs';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, owed;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上，居民健康素养水平不低于30%。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲，建立宣讲员名册，把骨干培训与巡讲结合起来，覆盖机关、学校、社区和企业。（牵头单位：市教育局；完成时限：持续推进）
3.办好健康专栏。在市级媒体开设专栏，介绍健康知识和各地做法。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
});
after(async () => { await house.stop(); });

const rowsOf = async () => (await house.clerk.call('getReturn', { path: { return: owed[0].id } })).body.rows;

async function fetched(page, t) {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('workbook.download') }).click()]);
  return readFileSync(await saved.path());
}

test('the workbook is downloaded, filled offline, brought back and kept', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[0].id}` });
  const empty = await fetched(page, t);
  const bring = page.locator(`input[aria-label="${t('workbook.bring')}"]`);
  await bring.setInputFiles({ name: '报送单.xlsx', mimeType: 'application/octet-stream',
    buffer: fill(empty, { E4: '举办讲座三次，1,360人次参加', F4: 60, J4: 1360, J5: '31人', E6: '巡讲两场' }) });
  const dialog = page.getByRole('dialog', { name: t('workbook.title') });
  await dialog.getByText(t('workbook.sum', { change: 1, same: 1, stale: 0, wrong: 1 })).waitFor();
  await dialog.getByText(t('workbook.place', { sheet: 1, cell: 'J5' })).waitFor();
  await dialog.getByText(t('workbook.fault.measure', { found: '31人', asked: '%' })).waitFor();
  await assertAccessible(page, 'a workbook with mistakes');
  await picture(page, 'return-sheet-wrong');
  await dialog.getByRole('button', { name: t('workbook.keep', { n: 1 }) }).click();
  await page.getByText(t('workbook.kept', { n: 1 })).waitFor();
  const [first, second] = await rowsOf();
  assert.equal(first.text, '');
  assert.equal(second.text, '巡讲两场');
  const shown = page.getByLabel(t('return.textOf', { title: second.title }));
  await page.waitForFunction((area) => area?.value === '巡讲两场', await shown.elementHandle()); // the page has it too
});

test('what somebody else changed meanwhile stands beside it, and nothing is written over unasked', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[0].id}`, lang: 'en' });
  const bytes = fill(await fetched(page, t), { E4: 'three lectures', E6: 'two tours' });
  const [first, second] = await rowsOf();
  for (const [row, text] of [[first, '另一人写的讲座'], [second, '另一人写的巡讲']])
    assert.equal((await house.clerk.call('keepReturnRow', { path: { return: owed[0].id, duty: row.duty },
      headers: { 'if-match': `"${row.version}"` }, body: { unit: owed[0].unit, text } })).status, 200);
  await page.locator(`input[aria-label="${t('workbook.bring')}"]`).setInputFiles({ name: 'return.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  const dialog = page.getByRole('dialog', { name: t('workbook.title') });
  await dialog.getByText('另一人写的讲座').waitFor();
  assert.ok(await dialog.getByRole('button', { name: t('workbook.keep', { n: 0 }) }).isDisabled());
  await dialog.getByRole('radiogroup', { name: t('workbook.which', { title: first.title }) }).getByText(t('workbook.takeMine')).click();
  await assertAccessible(page, 'a workbook that came late');
  await picture(page, 'return-sheet-late');
  await dialog.getByRole('button', { name: t('workbook.keep', { n: 1 }) }).click();
  await dialog.waitFor({ state: 'hidden' });
  const now = await rowsOf();
  assert.deepEqual(now.slice(0, 2).map((row) => row.text), ['three lectures', '另一人写的巡讲']);
});

test('another file is refused in words', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[1].id}` });
  const bring = page.locator(`input[aria-label="${t('workbook.bring')}"]`);
  await page.getByRole('button', { name: t('workbook.download') }).waitFor();
  await bring.setInputFiles({ name: '说明.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('讲座') });
  await page.getByText(t('problem.unsupported_kind.title')).waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
});
