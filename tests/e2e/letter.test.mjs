/* A return as a letter: printed with its code; its scan is known again, as PDF, PNG and JPEG. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, owed;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。面向居民讲解合理膳食和科学用药，全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍。组建健康科普专家库，常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  const { rows } = (await house.clerk.call('getReturn', { path: { return: owed[0].id } })).body;
  const { indicator, measure } = rows[0].figures[0];
  assert.equal((await house.clerk.call('keepReturnRows', { path: { return: owed[0].id }, body: { unit: unit.id, rows: [
    { duty: rows[0].duty, version: 0, text: '举办讲座十二场，社区、学校、企业各四场。', percent: 80, difficulties: '讲课老师不够', figures: [{ indicator, measure, value: 1360, span: 'to_date' }] },
    { duty: rows[1].duty, version: 0, text: '聘请专家八名。', percent: 50 },
  ] } })).status, 200);
});
after(async () => { await house.stop(); });

const scans = {};

test('the letter has the return, its code and a place for the seal', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[0].id}` });
  await page.getByRole('link', { name: t('letter.make') }).click();
  const { code } = (await house.clerk.call('getReturnCode', { path: { return: owed[0].id } })).body;
  await page.getByText(code).waitFor();
  await page.getByRole('img', { name: t('letter.qr') }).waitFor();
  await page.getByRole('cell', { name: /举办讲座十二场/ }).waitFor();
  await assertAccessible(page, 'letter');
  await picture(page, 'letter');
  scans.pdf = await page.pdf({ printBackground: true });
  await page.emulateMedia({ media: 'print' });
  const letter = page.getByRole('article');
  scans.png = await letter.screenshot({ type: 'png' });
  scans.jpg = await letter.screenshot({ type: 'jpeg', quality: 70 });
});

for (const kind of ['pdf', 'png', 'jpg'])
  test(`its scan as ${kind} is known by the code`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/intake' });
    await page.locator(`input[aria-label="${t('drop.choose')}"]`).setInputFiles({ name: `扫描.${kind}`, mimeType: 'application/octet-stream', buffer: scans[kind] });
    await page.getByText(t('intake.by.code')).waitFor({ timeout: 120_000 });
    assert.equal(await page.getByRole('combobox', { name: t('intake.return') }).inputValue(), String(owed[0].id));
  });
