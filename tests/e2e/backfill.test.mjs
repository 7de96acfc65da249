/* 导入台账: a half-year's ledger is dropped, what people must decide is decided, it is recorded, and the lights of June follow. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, DESK, importText, openPage, PHONE, picture, publish, root, startHouse } from './support.mjs';

const sample = (name) => readFileSync(join(root, 'samples/backfill', name));
const LEDGER = { name: '健康泓州行动2026年台账.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: sample('01-half-year.xlsx') };
let house, document;

before(async () => {
  house = await startHouse();
  const { version } = await importText(house, 'plan.txt', sample('01-plan.txt').toString('utf8'));
  document = version.document.id;
  await publish(house, version);
});
after(async () => { await house?.stop(); });

const drop = (page, t, file) => page.getByRole('group', { name: t('drop.label') }).locator('input[type=file]').setInputFiles(file);
const rowOf = (page, t, task) => page.getByRole('grid', { name: t('backfill.lines') }).getByRole('row').filter({ hasText: task });
/* Decide about the row of TASK in its drawer. */
async function decide(page, t, task, how) {
  await rowOf(page, t, task).click();
  const drawer = page.getByRole('dialog');
  await how(drawer);
  await drawer.getByRole('button', { name: t('backfill.decide') }).click();
  await drawer.getByRole('button', { name: t('act.close') }).click();
}

test('from dropping a half-year ledger to the lights of June', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/office' });
  await page.getByRole('link', { name: t('backfill.link') }).click();
  await page.getByRole('heading', { name: t('backfill.heading') }).waitFor();
  await assertAccessible(page, 'ledger, empty');
  await drop(page, t, LEDGER);
  await page.getByText(t('backfill.person', { n: 2 }), { exact: true }).waitFor();
  await assertAccessible(page, 'ledger, looked at');
  await picture(page, 'backfill-person');
  await page.getByText(t('backfill.all', { n: 9 }), { exact: true }).click();
  await picture(page, 'backfill-all');

  await rowOf(page, t, '公共场所控制吸烟办法修订').click();
  await page.getByRole('dialog').getByLabel(t('backfill.doneOn')).waitFor();
  await assertAccessible(page, 'ledger, a row');
  await picture(page, 'backfill-row');
  await page.getByRole('dialog').getByRole('button', { name: t('act.close') }).click();
  await decide(page, t, '公共场所控制吸烟办法修订', (drawer) => drawer.getByLabel(t('backfill.doneOn')).fill('2026-06-26'));
  await page.getByText(t('backfill.person', { n: 1 }), { exact: true }).waitFor();
  await decide(page, t, '世界无烟日主题骑行', (drawer) => drawer.getByRole('radio', { name: t('backfill.leaveOut') }).click());
  await page.getByText(t('backfill.person', { n: 0 }), { exact: true }).waitFor();
  await page.getByText(t('backfill.columns', { n: 15 })).click();
  await picture(page, 'backfill-columns');
  await page.getByRole('button', { name: t('backfill.do', { n: 8 }) }).click();
  await page.getByText(t('backfill.done', { returns: 7, rows: 9, drafts: 0, done: 2, begun: 6, out: 1 })).waitFor();
  await page.getByRole('region', { name: t('backfill.before') }).getByRole('button', { name: LEDGER.name }).waitFor();
  await assertAccessible(page, 'ledger, recorded');
  await picture(page, 'backfill-done');

  /* June: the education bureau's return of the 15th came on the 23rd; all others were in time */
  await page.goto('/overview?day=2026-06-20');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await picture(page, 'backfill-june');
  const heat = (await house.clerk.call('getHeatMap', { query: { programme: house.programme, day: '2026-06-20' } })).body;
  assert.equal(heat.cells.reduce((n, c) => n + c.red, 0), 0, 'nothing is red before the day of beginning');
  assert.ok(heat.cells.reduce((n, c) => n + c.green, 0) > 4);
  assert.ok(heat.cells.reduce((n, c) => n + c.yellow, 0) >= 2);

  await page.goto(`/duties?document=${document}`);
  await page.getByText('修订公共场所控制吸烟办法').first().click();
  await page.getByText(t('duty.move.record')).first().waitFor();
  await picture(page, 'backfill-duty');
});

test('the same ledger again has nothing new', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/backfill?document=${document}`, lang: 'en' });
  await drop(page, t, LEDGER);
  await page.getByText(t('backfill.person', { n: 2 }), { exact: true }).waitFor();
  await decide(page, t, '公共场所控制吸烟办法修订', (drawer) => drawer.getByLabel(t('backfill.doneOn')).fill('2026-06-26'));
  await page.getByText(t('backfill.nothing', { file: LEDGER.name })).waitFor();
  assert.equal(await page.getByRole('button', { name: t('backfill.do', { n: 0 }) }).isDisabled(), true);
  await picture(page, 'backfill-again-en');
});

test('the plan leads here; the template has its tasks; a file that is no ledger is refused in words', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/documents/${document}` });
  await page.getByRole('link', { name: t('backfill.link') }).click();
  await page.getByRole('heading', { name: t('backfill.heading') }).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('backfill.template') }).click()]);
  assert.equal(file.suggestedFilename(), t('backfill.templateFile'));
  await drop(page, t, { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('甲,乙,丙\n1,2,3\n') });
  await page.getByRole('alert').waitFor();
  await picture(page, 'backfill-refused');
});

for (const [size, label] of [[DESK, 'desk'], [PHONE, 'phone']])
  test(`the page fits (${label})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: `/backfill?document=${document}`, size });
    await drop(page, t, LEDGER);
    await page.getByText(t('backfill.all', { n: 9 }), { exact: true }).waitFor();
    await picture(page, `backfill-${label}`);
    assert.equal(await page.evaluate(() => globalThis.document.documentElement.scrollWidth - globalThis.document.documentElement.clientWidth), 0);
  });

test('returns of counties and figures reached are shown for each unit, with what is only kept in words', async (it) => {
  const plan = `云沂市健康行动推进委员会文件

云健委〔2026〕5号

健康云沂环境行动2026年工作要点

一、健康环境促进行动
1.建设健康步道。全年建成健康步道30公里以上。（牵头单位：市体育局，责任单位：云东区、云西县；完成时限：持续推进）

云沂市健康行动推进委员会
2026年1月12日
`;
  const { version } = await importText(house, 'counties.txt', plan);
  await publish(house, version);
  const { page, t } = await openPage(it, house, { path: `/backfill?document=${version.document.id}` });
  await drop(page, t, { name: '步道台账.csv', mimeType: 'text/csv', buffer: Buffer.from([
    '重点任务,牵头单位,目标值,上半年完成值,上半年各县区进展',
    `建设健康步道,市体育局,40公里,15公里,"全市进展平稳。\n云东区：建成12公里\n云西县：${'长'.repeat(5001)}"`].join('\n')) });
  await page.getByText(t('backfill.all', { n: 1 }), { exact: true }).click();
  await rowOf(page, t, '建设健康步道').click();
  const drawer = page.getByRole('dialog');
  const returns = drawer.getByRole('table', { name: t('backfill.returns') });
  await returns.getByRole('row').filter({ hasText: '云东区' }).getByText('建成12公里').waitFor();
  await returns.getByText(/15 ?公里/).waitFor();
  await drawer.getByRole('list', { name: t('backfill.faults') }).getByText(/上半年各县区进展，5001字/).waitFor();
  await drawer.getByRole('list', { name: t('backfill.faults') }).getByText(new RegExp(t('backfill.fault.goal'))).waitFor();
  await assertAccessible(page, 'ledger, a row with counties');
  await picture(page, 'backfill-counties');
  await drawer.getByRole('button', { name: t('act.close') }).click();
  await page.getByRole('button', { name: t('backfill.do', { n: 1 }) }).click();
  await page.getByText(t('backfill.done', { returns: 1, rows: 2, drafts: 0, done: 0, begun: 1, out: 0 })).waitFor();
});
