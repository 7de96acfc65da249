/* The lead of a task: who handed over, their words quoted, the sum taken over, counties that return by themselves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, owed;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，责任单位：市卫生健康委、市民政局、市体育局；完成时限：持续推进）
2.各县建好宣传队伍，开展巡讲。（牵头单位：市教育局，责任单位：云东区、云西县；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const lead = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  [owed] = (await house.clerk.call('listObligations', { query: { unit: lead.id, kind: 'return', limit: 1 } })).body.items;
  const row = (await house.clerk.call('getReturn', { path: { return: owed.id } })).body.rows.find((r) => r.no === '1');
  for (const [i, feed] of row.feeds.slice(0, 2).entries()) {
    const kept = await house.clerk.call('keepReturnRow', { path: { return: owed.id, duty: row.duty }, headers: { 'if-match': '"0"' },
      body: { unit: feed.unit.id, text: `讲了${i + 1}场`, give: true, figures: row.figures.map(({ indicator, measure }) => ({ indicator, measure, value: 60 + i, span: 'to_date' })) } });
    assert.equal(kept.status, 200, JSON.stringify(kept.body));
  }
});
after(async () => { await house.stop(); });

test('the lead sees who is missing, quotes all and takes the sum', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed.id}` });
  await page.getByText(t('return.givenOf', { n: 2, all: 3 })).first().waitFor();
  await page.getByRole('button', { name: t('return.quoteAll') }).click();
  await page.getByRole('button', { name: t('return.fed', { value: '121', measure: '人次', span: t('return.span.to_date'), n: 2 }) }).click();
  await page.getByText(t('return.counties')).click();
  await page.getByRole('list', { name: t('return.counties') }).getByText('云西县').waitFor();
  await assertAccessible(page, 'return, consolidating');
  await picture(page, 'return-consolidating');
  for (let i = 0; ; i += 1) {
    const row = (await house.clerk.call('getReturn', { path: { return: owed.id } })).body.rows.find((r) => r.no === '1');
    if (row.figures[0].value === 121 && /讲了1场\n.*讲了2场/.test(row.text)) break;
    assert.ok(i < 200, `kept: ${JSON.stringify([row.text, row.figures])}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
});
