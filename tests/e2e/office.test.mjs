/* 推进办 and 任务: what waits is seen in the morning and done there; one task has all that is known of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, makeCity } from './city.mjs';
import { PHONE, assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, city;

before(async () => {
  house = await startHouse();
  city = await makeCity(house);
});
after(async () => { await house.stop(); });

/* Nobody leads, and nothing says how often. */
const OPEN = `健康云沂行动2061年任务分工

一、全民健身行动
1.整修健身步道。逐条检查路面和照明。（市体育局、市财政局负责）
2.开放学校操场。公布开放时间。（市体育局、市教育局负责）
二、健康知识普及行动
1.编印健康手册。送到社区。（市卫生健康委、市教育局负责）
`;
const dutyOf = async (id) => (await house.clerk.call('getDuty', { path: { duty: id } })).body;

test('the office begins its day with what waits, and opens each list', async (it) => {
  const { page, t } = await openPage(it, house);
  await page.getByRole('heading', { level: 1, name: t('office.heading') }).waitFor();
  const counts = page.getByRole('navigation', { name: t('office.waits') });
  const late = page.getByRole('region', { name: t('office.late') });
  await late.getByRole('link').first().waitFor();
  assert.match(await late.innerText(), /市市场监管局/);
  await assertAccessible(page, 'office');
  await picture(page, 'office');
  await page.getByText(t('office.paste')).click();
  await page.getByText('【').or(page.locator('pre')).first().waitFor();
  for (const block of ['sent', 'receipts', 'unsettled', 'soon']) {
    const link = counts.getByRole('link', { name: new RegExp(t(`office.${block}`)) });
    if (await link.count() === 0) continue;
    await link.click();
    await page.getByRole('heading', { level: 2, name: t(`office.${block}`) }).waitFor();
  }
  await page.goto('/office?open=receipts');
  const first = page.getByRole('button', { name: new RegExp(`^${t('office.acknowledgeOf', { unit: '.*', title: '.*' })}`) }).first();
  await first.waitFor();
  await picture(page, 'office-receipts');
  const before = (await house.clerk.call('getDutyDesk')).body.receipts;
  await first.click();
  await page.getByRole('tooltip').getByRole('button', { name: t('office.acknowledge') }).click();
  await page.getByRole('link', { name: `${t('office.receipts')} ${before - 1}` }).waitFor();
});

test('what a document leaves open is settled at once, by group, and one by one', async (it) => {
  const { version: plan } = await importText(house, 'open.txt', OPEN);
  await publish(house, plan);
  const document = plan.document.id;
  const open = async (word) => (await house.clerk.call('listDuties', { query: { document, unsettled: true, limit: 500 } })).body.items
    .filter((d) => !word || d.unsettled.includes(word));
  const { page, t } = await openPage(it, house, { path: `/documents/${document}` });
  await page.getByRole('link', { name: t('settle.link') }).click();
  await page.getByText(t('settle.intro', { n: (await open()).length })).waitFor();
  await assertAccessible(page, 'settle');
  await picture(page, 'settle');
  const lead = page.getByRole('region', { name: new RegExp(`^${t('duty.unsettled.lead')}`) });
  assert.equal((await open('lead')).length, 3);
  await lead.getByRole('button', { name: t('settle.keepLead', { unit: '市体育局' }), exact: true }).click();
  await page.getByText(t('filter.counted', { name: t('duty.unsettled.lead'), n: 1 })).waitFor();
  await lead.getByRole('button', { name: t('settle.keepLead', { unit: '市卫生健康委' }), exact: true }).click();
  await lead.waitFor({ state: 'detached' });
  const cadence = page.getByRole('region', { name: new RegExp(`^${t('duty.unsettled.cadence')}`) });
  const group = cadence.getByRole('button', { expanded: false }).first();
  await group.click();
  await picture(page, 'settle-one-by-one');
  const [row] = await open('cadence');
  await cadence.locator('.xj-settle-acts').nth(1).getByRole('combobox').click();
  await page.locator('.ant-select-item-option').filter({ hasText: t('cadence.quarterly') }).last().click();
  await page.waitForFunction(() => !document.querySelector('button[disabled]'));
  assert.equal((await house.clerk.call('getDuty', { path: { duty: row.id } })).body.cadence, 'quarterly');
  await page.getByRole('button', { name: t('settle.keepAll'), exact: true }).click();
  await page.getByRole('tooltip').getByRole('button', { name: t('settle.keepAll') }).click();
  await page.getByText(t('settle.nothing')).waitFor();
  assert.equal((await open()).length, 0);
});

test('the list of tasks is narrowed, and one opens with its words, returns, lights and history', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/duties?light=red' });
  const grid = page.getByRole('grid', { name: t('nav.duties') });
  await grid.getByText('研究建设市民健身中心').waitFor();
  await assertAccessible(page, 'duties');
  await picture(page, 'duties');
  const duty = city.duties['中小学近视筛查全覆盖'];
  await page.goto(`/duties/${duty.id}`);
  await page.getByRole('heading', { level: 1, name: duty.title }).waitFor();
  await page.getByText(/本期按计划推进/).first().waitFor();
  await page.getByRole('region', { name: t('duty.lightsOf', { unit: '市教育局' }) }).waitFor();
  await assertAccessible(page, 'duty');
  await picture(page, 'duty');
  await page.getByRole('button', { name: t('duty.move.begin') }).or(page.getByRole('button', { name: t('duty.move.acknowledge') })).first().click();
  await page.getByText(t('duty.state.acknowledged')).first().waitFor();
  await page.getByRole('button', { name: t('duty.move.suspend') }).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByRole('button', { name: t('duty.move.suspend') }).isDisabled(), true);
  await dialog.getByLabel(t('duty.why')).fill('学校放假');
  await assertAccessible(page, 'duty, a move');
  await dialog.getByRole('button', { name: t('duty.move.suspend') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('学校放假').waitFor();
  assert.equal((await dutyOf(duty.id)).state, 'suspended');
});

test('somebody else was first: the page says so and shows how it stands', async (it) => {
  const duty = city.duties['机关食堂减盐行动'];
  const { page, t } = await openPage(it, house, { path: `/duties/${duty.id}`, lang: 'en' });
  const button = page.getByRole('button', { name: t('duty.move.acknowledge') });
  await button.waitFor();
  const { version } = await dutyOf(duty.id);
  await house.clerk.call('moveDuty', { path: { duty: duty.id }, headers: { 'if-match': `"${version}"` }, body: { move: 'acknowledge' } });
  await button.click();
  await page.getByText(t('duty.stale')).waitFor();
  await page.getByRole('button', { name: t('duty.move.begin') }).waitFor();
  await assertAccessible(page, 'duty in English');
  await picture(page, 'duty-en');
});

test('the tasks go by a column, up and down; the address, the sheet and a sheet of paper keep to it', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/duties' });
  const grid = page.getByRole('grid', { name: t('nav.duties') });
  await grid.getByRole('link').first().waitFor();
  const head = (name) => grid.getByRole('columnheader', { name: t(name) });
  const shown = async (order) => {
    const { items } = (await house.clerk.call('listDuties', { query: { order, limit: 200 } })).body;
    await grid.getByRole('row').nth(1).getByRole('link', { name: `${items[0].no ? `${items[0].no} ` : ''}${items[0].title}`, exact: true }).waitFor();
    return items;
  };
  await head('duty.due').getByRole('button').click();
  await page.waitForURL(/order=due/);
  await shown('due');
  await grid.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: t('duty.due') }).waitFor();
  await head('duty.due').getByRole('button').click();
  await page.waitForURL(/order=-due/);
  await shown('-due');
  await page.reload();
  const items = await shown('-due');
  await grid.locator('[role=columnheader][aria-sort=descending]').filter({ hasText: t('duty.due') }).waitFor();
  await assertAccessible(page, 'tasks by due day');
  await picture(page, 'duties-sorted');
  const [sheet] = await Promise.all([page.waitForRequest(/duties\/export\.xlsx/), page.getByRole('button', { name: t('export.act') }).click()]);
  assert.match(sheet.url(), /order=-due/);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); });
  await page.locator('.xj-print-rows tbody tr').nth(items.length - 1).waitFor();
  assert.equal(await page.locator('.xj-print-rows tbody tr').count(), items.length, 'all rows are on paper');
  await page.evaluate(() => { window.dispatchEvent(new Event('afterprint')); });
  await page.emulateMedia({ media: 'screen' });
  for (const name of ['duty.light', 'duty.one', 'task.action', 'duty.owner', 'owed.state']) await head(name).getByRole('button').click();
  await page.waitForURL(/order=state/);
  await head('owed.state').getByRole('button').click();
  await page.waitForURL(/order=-state/);
  await head('owed.state').getByRole('button').click();
  await page.waitForURL((url) => !url.search.includes('order'));
});

test('an instruction of a leader is entered and goes to the unit', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/duties' });
  await page.getByRole('button', { name: t('duty.add') }).click();
  const dialog = page.getByRole('dialog', { name: t('duty.add') });
  await dialog.getByRole('button', { name: t('duty.addAct') }).click();
  await dialog.getByText(t('duty.missing')).first().waitFor();
  await dialog.getByLabel(t('duty.leader'), { exact: true }).fill('王副市长');
  await dialog.getByLabel(t('duty.instruction')).fill('请认真研究');
  await dialog.getByLabel(t('duty.field.title')).fill('研究校园营养餐经费');
  await dialog.getByRole('combobox', { name: t('duty.owner') }).fill('教育局');
  await page.getByTitle('市教育局').click();
  await dialog.getByRole('textbox', { name: t('duty.due') }).fill(day(30));
  await page.keyboard.press('Enter');
  await assertAccessible(page, 'adding a task');
  await picture(page, 'duty-add');
  await dialog.getByRole('button', { name: t('duty.addAct') }).click();
  await page.getByRole('heading', { level: 1, name: '研究校园营养餐经费' }).waitFor();
  await page.getByText(t('duty.restricted')).waitFor();
});

test('on a phone the office and a task are read without scrolling sideways', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/office', size: PHONE });
  await page.getByRole('heading', { level: 1, name: t('office.heading') }).waitFor();
  await page.getByRole('region', { name: t('office.late') }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await picture(page, 'office-phone');
  await page.goto(`/duties/${city.duties['研究建设市民健身中心'].id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await picture(page, 'duty-phone');
});
