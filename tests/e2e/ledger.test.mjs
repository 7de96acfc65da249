/* The register laid out: rows marked and tagged, columns, saved views, heads of the office, files. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, sampleText, startHouse } from './support.mjs';

let house;
let total;
before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, '01.txt', sampleText('01-numbered-clauses'))).version);
  total = (await house.clerk.call('getTaskTotals')).body;
});
after(async () => { await house?.stop(); });

const grid = (page, t) => page.getByRole('grid', { name: t('tasks.heading') });
const counted = (page, t, n) => page.getByRole('status').filter({ hasText: t('tasks.count', { n }) });
const heads = (page, t) => grid(page, t).getByRole('columnheader').allInnerTexts();
const menu = async (page, t, item) => {
  await page.getByRole('button', { name: t('views.menu') }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const put = async (page, t, label, tag) => {
  await page.getByLabel(t(label)).fill(tag);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
};

test('rows are marked with Shift and by keyboard, tagged, and found by the tag', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  const list = grid(page, w);
  await list.getByRole('row').nth(6).waitFor();
  const boxes = list.getByRole('checkbox');
  await boxes.nth(2).click();
  await boxes.nth(4).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: w('marks.label') });
  await bar.getByText(w('marks.count', { n: 3 })).waitFor();
  await list.getByRole('row').nth(6).focus(); // below the head: row 6
  await page.keyboard.press('Space');
  await bar.getByText(w('marks.count', { n: 4 })).waitFor();
  await picture(page, 'ledger-marked-zh-desk');
  await assertAccessible(page, 'marked');
  await bar.getByRole('button', { name: w('tags.act') }).click();
  const dialog = page.getByRole('dialog', { name: w('tags.title', { n: 4 }) });
  await put(page, w, 'tags.add', '民生实事');
  await assertAccessible(page, 'tags');
  await dialog.getByRole('button', { name: w('tags.save') }).click();
  await page.getByText(w('tags.done', { n: 4 })).waitFor();
  await bar.waitFor({ state: 'detached' });
  await list.getByRole('link', { name: '民生实事' }).nth(3).waitFor();
  await list.getByRole('link', { name: '民生实事' }).first().click();
  await page.waitForURL(/tag=/);
  await counted(page, w, 4).waitFor();
  const { items } = (await house.clerk.call('listTasks', { query: { tag: '民生实事' } })).body;
  assert.equal(items.length, 4);
});

test('all that match are tagged, also those that are not loaded, and the tag is taken off again', async (t) => {
  const kind = total.by_kind.find((k) => k.kind === 'complete_by');
  const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=complete_by' });
  await counted(page, w, kind.tasks).waitFor();
  const bar = page.getByRole('region', { name: w('marks.label') });
  const dialog = page.getByRole('dialog');
  const tagged = async () => (await house.clerk.call('getTaskTotals', { query: { tag: '创建' } })).body.tasks;
  for (const [label, left] of [['tags.add', kind.tasks], ['tags.remove', 0]]) {
    await grid(page, w).getByRole('checkbox', { name: w('marks.loaded') }).check();
    await bar.getByText(w('marks.count', { n: kind.tasks })).waitFor();
    await bar.getByRole('button', { name: w('tags.act') }).click();
    await put(page, w, label, '创建');
    await dialog.getByRole('button', { name: w('tags.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await bar.waitFor({ state: 'detached' });
    assert.equal(await tagged(), left);
  }
});

test('columns are chosen and ordered by keyboard, and are there the next time', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: w('columns.act') }).click();
  const dialog = page.getByRole('dialog', { name: w('columns.title') });
  const box = (key) => dialog.getByRole('checkbox', { name: w(`column.${key}`), exact: true });
  await box('warnings').uncheck();
  await box('lead').focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('Alt+ArrowUp');
  await assertAccessible(page, 'columns');
  await picture(page, 'ledger-columns-zh-desk');
  await dialog.getByRole('button', { name: w('columns.save') }).click();
  await dialog.waitFor({ state: 'detached' });
  const kept = ['lead', 'action', 'no', 'title', 'units', 'deadline', 'strength', 'tags'];
  await page.waitForURL((url) => url.searchParams.get('cols') === kept.join(','));
  await grid(page, w).getByRole('columnheader').nth(1).filter({ hasText: w('column.lead') }).waitFor();
  const titles = (await heads(page, w)).map((text) => text.replace(/[▲▼↕\s]/g, ''));
  assert.deepEqual(titles.slice(1, 4), ['lead', 'action', 'no'].map((key) => w(`column.${key}`)));
  for (;;) { // the server keeps them for the next visit
    const { desk } = (await house.clerk.call('getLedger')).body;
    if (desk.columns.join() === kept.join()) break;
    await page.waitForTimeout(100);
  }
  await page.goto('/tasks');
  await grid(page, w).getByRole('columnheader', { name: w('column.lead') }).waitFor();
  assert.equal((await house.clerk.call('setDesk', { body: { view: null, columns: [] } })).status, 200);
});

test('a view is saved, opened by its link, changed, made the usual one, renamed and deleted', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=complete_by&order=-due&cols=title%2Clead' });
  const count = total.by_kind.find((k) => k.kind === 'complete_by').tasks;
  await counted(page, w, count).waitFor();
  await menu(page, w, w('views.saveAs'));
  await page.getByLabel(w('views.name')).fill('有期限的');
  await page.getByRole('checkbox', { name: w('views.share') }).check();
  await assertAccessible(page, 'save a view');
  await page.getByLabel(w('views.name')).press('Enter');
  await page.waitForURL(/saved=\d+/);
  const saved = new URL(page.url()).searchParams.get('saved');

  await page.goto(`/tasks?saved=${saved}`); // the short link
  await page.waitForURL((url) => url.searchParams.get('order') === '-due' && url.searchParams.get('cols') === 'title,lead');
  await counted(page, w, count).waitFor();
  assert.equal((await heads(page, w)).length, 3);
  await picture(page, 'ledger-view-zh-desk');
  await assertAccessible(page, 'a view');

  await page.goto(`${page.url()}&strength=must`);
  await page.getByText(w('views.changed')).waitFor();
  await menu(page, w, w('views.save', { name: '有期限的' }));
  await page.getByText(w('views.changed')).waitFor({ state: 'detached' });
  await menu(page, w, w('views.setDefault'));
  await page.getByText(w('views.defaultSet')).waitFor();
  await page.goto('/tasks');
  await page.waitForURL((url) => url.searchParams.get('saved') === saved && url.searchParams.get('strength') === 'must');

  await menu(page, w, w('views.rename'));
  await page.getByLabel(w('views.name')).fill('必须按期完成的');
  await page.getByLabel(w('views.name')).press('Enter');
  await page.getByText(w('views.renamed', { name: '必须按期完成的' })).waitFor();
  await menu(page, w, w('views.remove'));
  await page.getByRole('dialog').getByRole('button', { name: w('views.remove') }).click();
  await page.waitForURL((url) => !url.searchParams.has('saved'));
  assert.deepEqual((await house.clerk.call('getLedger')).body, { views: [], desk: { view: null, columns: [] } });
});

test('the office keeps heads, and files are made under them and in every form', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=complete_by' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: w('export.act') }).click();
  const dialog = page.getByRole('dialog', { name: w('export.title') });
  await assertAccessible(page, 'export');
  await dialog.getByRole('button', { name: w('heads.manage') }).click();
  const editor = page.getByRole('dialog', { name: w('heads.which') });
  await editor.getByLabel(w('heads.name')).fill('市里的格式');
  await editor.getByLabel(w('heads.title'), { exact: true }).fill('=健康云沂行动台账');
  await editor.getByLabel(w('heads.columnTitle', { name: w('column.title') })).fill('重点任务');
  await editor.getByRole('button', { name: w('columns.up', { name: w('column.lead') }) }).click();
  await picture(page, 'ledger-heads-zh-desk');
  await assertAccessible(page, 'heads');
  await editor.getByRole('button', { name: w('act.save') }).click();
  await page.getByText(w('heads.saved', { name: '市里的格式' })).waitFor();
  await editor.getByRole('button', { name: 'Close' }).or(editor.getByRole('button', { name: '关闭' })).first().click();
  const [kept] = (await house.clerk.call('listHeads')).body.items;
  assert.deepEqual(kept.columns.slice(0, 3).map((c) => c.key), ['number', 'lead', 'title']);
  assert.equal(kept.columns[2].title, '重点任务');

  const file = async (label, pattern) => {
    await dialog.getByRole('radio', { name: label }).check();
    const asked = page.waitForRequest(/export\.(xlsx|csv)/);
    const [download] = await Promise.all([
      page.waitForEvent('download'), dialog.getByRole('button', { name: w('export.download') }).click()]);
    assert.match((await asked).url(), pattern);
    assert.match((await asked).url(), /kind=complete_by/);
    return readFileSync(await download.path());
  };
  const named = w('export.form.head', { name: '市里的格式', form: w('heads.form.list') });
  assert.equal((await file(named, new RegExp(`head=${kept.id}`))).subarray(0, 2).toString(), 'PK');
  assert.equal((await file(w('export.form.sheet'), /form=sheet/)).subarray(0, 2).toString(), 'PK');
  assert.equal((await file(w('export.form.columns'), /columns=/)).subarray(0, 2).toString(), 'PK');
  assert.match((await file(w('export.form.csv'), /export\.csv/)).toString('utf8'), /^\uFEFF"序号",/);
});

test('the printed list has the columns and the filters that are seen', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?tag=%E6%B0%91%E7%94%9F%E5%AE%9E%E4%BA%8B&cols=title%2Ctags' });
  await counted(page, w, 4).waitFor();
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await page.evaluate(() => { window.print = () => undefined; });
  await page.getByRole('button', { name: w('print.act') }).click();
  await page.emulateMedia({ media: 'print' });
  const table = page.getByRole('table');
  await table.waitFor();
  assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['number', 'title', 'tags'].map((key) => w(`column.${key}`)));
  assert.equal(await table.getByRole('row').count(), 5);
  await page.getByText(w('filter.says.tag', { tag: '民生实事' })).first().waitFor();
  await picture(page, 'ledger-print-zh');
});
