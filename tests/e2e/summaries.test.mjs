/* Summaries: drafted beside what they rest on, edited in versions, printed, sent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, unit;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  const [owed] = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  const report = (await house.clerk.call('getReturn', { path: { return: owed.id } })).body;
  const said = ['办了7场讲座', '<img src=x onerror=alert(1)>巡讲3场'];
  for (const [i, row] of report.rows.entries()) {
    const figures = row.figures.map(({ indicator, measure }) => ({ indicator, measure, value: 120, span: 'to_date' }));
    const kept = await house.clerk.call('keepReturnRow', { path: { return: owed.id, duty: row.duty }, headers: { 'if-match': '"0"' },
      body: { unit: unit.id, text: said[i], next_step: '继续开展', figures } });
    assert.equal(kept.status, 200, JSON.stringify(kept.body));
  }
  assert.equal((await house.clerk.call('sendReturn', { path: { return: owed.id }, headers: { 'if-match': '"1"' }, body: {} })).status, 200);
});
after(async () => { await house.stop(); });

test('a half-year summary is drafted, edited beside what it rests on, kept in versions and sent', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/summaries' });
  await page.getByText(t('summary.none')).waitFor();
  await page.getByRole('region', { name: t('summary.half_year') }).getByLabel(t('summary.unit')).fill('教育局');
  await page.getByTitle('市教育局').click();
  await assertAccessible(page, 'summaries');
  await page.getByRole('button', { name: t('summary.draft'), exact: true }).click();
  const body = page.getByLabel(t('summary.text'), { exact: true }).and(page.getByRole('textbox'));
  await body.waitFor();
  const text = await body.inputValue();
  assert.match(text, /办了7场讲座（市教育局/);
  assert.match(text, /<img src=x onerror=alert\(1\)>巡讲3场/);
  const basis = page.getByRole('complementary', { name: t('summary.basisTitle') });
  await basis.getByRole('link', { name: /举办健康讲座/ }).first().waitFor();
  await assertAccessible(page, 'summary');
  await picture(page, 'summary');
  await body.fill(text.replace('办了7场讲座', '举办了7场健康讲座'));
  await page.getByRole('button', { name: t('summary.keep') }).click();
  await page.getByRole('link', { name: t('inspect.textNo', { n: 2 }) }).waitFor();
  await page.getByRole('button', { name: t('summary.whatChanged', { n: 2 }) }).click();
  const changes = page.getByRole('list', { name: t('summary.changesOf', { n: 2 }) });
  await changes.getByText('举办了7场健康讲座').waitFor();
  assert.equal(await changes.getByRole('listitem').count(), 2);
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'summary-printed');
  assert.doesNotMatch(await page.locator('article').innerText(), /〔\d{1,3}〕/);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: t('summary.send'), exact: true }).click();
  await page.getByRole('tooltip').getByRole('button', { name: t('summary.send'), exact: true }).click();
  await page.getByRole('region', { name: t('summary.text') }).getByRole('paragraph').filter({ hasText: '举办了7场健康讲座' }).waitFor();
  await page.getByText(new RegExp(t('summary.sentOn', { date: '\\d{4}-\\d\\d-\\d\\d' }))).waitFor();
  const [row] = (await house.clerk.call('listSummaries')).body.items;
  assert.equal(row.state, 'sent');
});
