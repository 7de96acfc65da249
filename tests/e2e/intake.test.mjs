/* Intake: a letter that came by chat is read, corrected, registered for its unit; a workbook; what only the office sees. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, settled, startHouse } from './support.mjs';

let house, owed, unit;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。面向居民讲解合理膳食和科学用药，全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍。组建健康科普专家库，常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）
3.开展控烟宣传。建设无烟机关和无烟学校，公共场所张贴禁烟标识。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const LETTER = `市教育局关于健康行动推进情况的报告

市推进办：

现将有关情况报告如下。

（一）组建健康科普专家库，聘请专家八名，巡讲走进六所学校。

（二）举办健康讲座十二场，面向居民讲解合理膳食，培训1360人次。

家长反映这样的安排很好。

存在问题：讲课老师不够。
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
});
after(async () => { await house.stop(); });

const report = async (id = owed[0].id) => (await house.clerk.call('getReturn', { path: { return: id } })).body;

test('what is owed and what came are there; a letter is laid to the rows, corrected and registered', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/intake' });
  await page.getByRole('region', { name: t('intake.due') }).getByRole('cell', { name: '市教育局' }).first().waitFor();
  await page.getByText(t('intake.noneCame')).waitFor();
  await assertAccessible(page, 'intake');
  await picture(page, 'intake');
  await page.locator(`input[aria-label="${t('drop.choose')}"]`).setInputFiles({ name: '教育局报告.txt', mimeType: 'text/plain', buffer: Buffer.from(LETTER) });
  await page.getByText(t('intake.chooseUnit')).waitFor();
  await page.getByRole('combobox', { name: t('intake.unit') }).fill('教育局');
  await page.getByRole('option', { name: '市教育局' }).or(page.locator('.ant-select-item-option').getByText('市教育局')).first().click();
  const rows = page.getByRole('region', { name: t('intake.rows') });
  const [first, second, third] = (await report()).rows;
  await rows.getByRole('textbox', { name: t('return.textOf', { title: first.title }) }).waitFor();
  assert.match(await rows.getByLabel(t('return.textOf', { title: first.title })).inputValue(), /培训1360人次/);
  assert.match(await rows.getByLabel(t('return.textOf', { title: second.title })).inputValue(), /聘请专家八名/);
  await assertAccessible(page, 'intake, a letter');
  await picture(page, 'intake-letter');
  /* the figure is proposed with its sentence, and taken by a person */
  const trained = rows.getByRole('listitem', { name: first.title });
  const indicator = first.figures[0].indicator;
  await trained.getByText('1360人次', { exact: true }).waitFor();
  assert.equal(await trained.getByLabel(indicator, { exact: true }).inputValue(), '');
  await rows.getByRole('button', { name: t('intake.figuresTake', { n: 1 }) }).click();
  assert.equal(await trained.getByLabel(indicator, { exact: true }).inputValue(), '1360');
  await trained.getByText(t('intake.figureTaken')).waitFor();
  await picture(page, 'intake-figures');
  /* a sentence is put where it belongs; a word is mended by hand; the percent is typed */
  const pieces = page.getByRole('region', { name: t('intake.pieces') }).getByRole('listitem');
  const praise = pieces.filter({ hasText: '家长反映' });
  await praise.getByRole('combobox').first().selectOption({ label: `${third.no} ${third.title}` });
  assert.equal(await rows.getByLabel(t('return.textOf', { title: third.title })).inputValue(), '家长反映这样的安排很好。');
  await rows.getByLabel(t('return.textOf', { title: third.title })).fill('张贴标识二百处');
  await rows.getByRole('listitem', { name: first.title }).getByLabel(t('return.percent')).fill('80');
  await page.getByRole('button', { name: t('intake.keepSend') }).click();
  await page.getByText(t('intake.done'), { exact: true }).waitFor();
  const came = page.getByRole('region', { name: t('intake.came') });
  await came.getByRole('button', { name: t('files.download', { name: '教育局报告.txt' }) }).waitFor();
  await picture(page, 'intake-done');
  const { head, rows: kept } = await report();
  assert.equal(head.state, 'sent');
  assert.ok(kept.every((row) => row.on_behalf));
  assert.equal(kept[0].percent, 80);
  assert.equal(kept[0].figures[0].value, 1360);
  assert.equal(kept[0].difficulties, '讲课老师不够。');
  assert.equal(kept[2].text, '张贴标识二百处');
});

test('the sealed page comes later: it is registered alone, known by its code', async (it) => {
  const { code } = (await house.clerk.call('getReturnCode', { path: { return: owed[0].id } })).body;
  const { page, t } = await openPage(it, house, { path: '/intake', lang: 'en' });
  await page.locator(`input[aria-label="${t('drop.choose')}"]`).setInputFiles({ name: 'scan.txt', mimeType: 'text/plain', buffer: Buffer.from(`报送函\n\n${code}\n\n（公章）\n`) });
  await page.getByText(t('intake.by.code')).waitFor();
  await page.getByRole('checkbox', { name: t('intake.sealed') }).check();
  await assertAccessible(page, 'intake, an original');
  await page.getByRole('button', { name: t('intake.keepOriginal') }).click();
  await page.getByText(t('intake.done'), { exact: true }).waitFor();
  const { head } = await report();
  assert.equal(head.state, 'sent');
  assert.notEqual(head.original_on, null);
});

test('a file with the mark of a classified paper is not taken, and leaves the queue', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/intake' });
  await page.locator(`input[aria-label="${t('drop.choose')}"]`).setInputFiles({ name: '密.txt', mimeType: 'text/plain', buffer: Buffer.from('机密★1年\n\n关于工作的报告\n') });
  await page.getByRole('alert').getByText(t('problem.classified.title')).waitFor();
  await page.getByRole('button', { name: t('intake.drop') }).click();
  await page.getByRole('region', { name: t('intake.due') }).waitFor();
  await settled(async () => { assert.deepEqual((await house.clerk.call('listUploads')).body.items, []); });
});
