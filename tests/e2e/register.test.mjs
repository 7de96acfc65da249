import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, DESK, importText, longPlan, openPage, PHONE, picture, publish, sampleText, SMALL, startHouse } from './support.mjs';

let house;
let total;
before(async () => {
  house = await startHouse();
  for (const name of ['01-numbered-clauses', '02-decomposition-table']) {
    await publish(house, (await importText(house, `${name}.txt`, sampleText(name))).version);
  }
  total = (await house.clerk.call('getTaskTotals')).body;
});
after(async () => { await house?.stop(); });

const grid = (page, t) => page.getByRole('grid', { name: t('tasks.heading') });
const counted = (page, t, n) => page.getByRole('status').filter({ hasText: t('tasks.count', { n }) });

/* Choose OPTION (its beginning) in the select called NAME. */
async function choose(page, name, option) {
  await page.getByRole('combobox', { name }).click();
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: false }).first().click();
}

for (const [lang, size, label] of [['zh', DESK, 'desk'], ['en', DESK, 'desk'], ['zh', PHONE, 'phone'], ['en', PHONE, 'phone'], ['zh', SMALL, 'small']]) {
  test(`the register, its totals and a task are shown and accessible (${lang}, ${label})`, async (t) => {
    const { page, t: w } = await openPage(t, house, { path: '/tasks', lang, size });
    await grid(page, w).getByRole('row').nth(1).waitFor();
    await counted(page, w, total.tasks).waitFor();
    await assertAccessible(page, 'register');
    await picture(page, `register-${lang}-${label}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(sideways, 0, 'the page does not scroll sideways');

    await grid(page, w).getByRole('link').first().click();
    const task = page.getByRole('dialog', { name: w('task.one') });
    await task.getByRole('heading', { name: w('task.words') }).waitFor();
    await task.getByRole('button', { name: w('task.showSource') }).click();
    const source = task.getByRole('region', { name: w('task.source') });
    await source.waitFor();
    const marked = await source.locator('mark').textContent();
    assert.ok(marked.length > 5, 'the words are marked in the document');
    await assertAccessible(page, 'task');
    await picture(page, `task-${lang}-${label}`);
    await task.getByRole('button', { name: w('act.close') }).click();
    await task.waitFor({ state: 'detached' });

    for (const view of ['actions', 'units']) {
      await page.getByText(w(`tasks.view.${view}`), { exact: true }).click();
      await page.getByRole('grid', { name: w(view === 'actions' ? 'totals.byAction' : 'totals.byUnit') }).waitFor();
      await assertAccessible(page, view);
      await picture(page, `register-${view}-${lang}-${label}`);
    }
  });
}

test('filters stand in the address, and Back and Forward walk through them', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).waitFor();
  const kind = total.by_kind.find((k) => k.kind === 'complete_by');
  await choose(page, w('filter.kind'), w('kind.complete_by'));
  await counted(page, w, kind.tasks).waitFor();
  assert.match(page.url(), /kind=complete_by/);

  const search = page.getByLabel(w('filter.text'));
  await search.fill('学校');
  await search.press('Enter');
  await page.waitForURL(/q=/);
  const both = (await house.clerk.call('getTaskTotals', { query: { kind: 'complete_by', q: '学校' } })).body;
  await counted(page, w, both.tasks).waitFor();

  await page.goBack();
  await counted(page, w, kind.tasks).waitFor();
  assert.equal(await search.inputValue(), '');
  await page.goForward();
  await counted(page, w, both.tasks).waitFor();
  assert.equal(await search.inputValue(), '学校');

  await page.getByRole('button', { name: w('filter.clear') }).first().click();
  await counted(page, w, total.tasks).waitFor();
});

test('a unit in a role, an action, a strength and a range of days filter as the server counts', async (t) => {
  const unit = [...total.by_unit].sort((a, b) => b.lead - a.lead)[0];
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).waitFor();
  await choose(page, w('task.unit'), unit.name);
  await counted(page, w, (await house.clerk.call('getTaskTotals', { query: { unit: unit.id } })).body.tasks).waitFor();
  await choose(page, w('filter.role'), w('role.lead'));
  await counted(page, w, unit.lead).waitFor();
  await page.goto(`/tasks?due_from=2020-01-01&due_to=2030-12-31&strength=must&action=${encodeURIComponent(total.by_action[0].action)}`);
  const query = { due_from: '2020-01-01', due_to: '2030-12-31', strength: 'must', action: total.by_action[0].action };
  await counted(page, w, (await house.clerk.call('getTaskTotals', { query })).body.tasks).waitFor();
});

test('a list that nothing matches says so and offers the way back', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D' });
  await page.getByText(w('tasks.noneMatch')).waitFor();
  await assertAccessible(page, 'nothing matches');
  await picture(page, 'register-none-zh-desk');
  await page.getByRole('main').getByRole('button', { name: w('filter.clear') }).last().click();
  await counted(page, w, total.tasks).waitFor();
});

test('a list that cannot be had says so, and trying again gets it', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents', offline: true });
  await page.route('**/api/v1/tasks?*', (route) => route.abort('internetdisconnected'));
  await page.getByRole('navigation', { name: w('frame.nav') }).getByRole('link', { name: w('nav.tasks') }).click();
  await page.getByRole('alert').getByText(w('problem.network.title')).waitFor();
  await assertAccessible(page, 'no answer');
  await picture(page, 'register-no-answer-zh-desk');
  await page.unroute('**/api/v1/tasks?*');
  await page.getByRole('button', { name: w('act.retry') }).click();
  await grid(page, w).getByRole('row').nth(1).waitFor();
});

test('the deadline sorts both ways and back to the plan', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=complete_by' });
  const head = page.getByRole('columnheader', { name: w('task.deadline') });
  const dates = async () => {
    const cells = await grid(page, w).getByRole('row').evaluateAll((rows) =>
      rows.filter((r) => r.dataset.index).map((r) => [Number(r.dataset.index), r.children[5].textContent]));
    return cells.sort((a, b) => a[0] - b[0]).map((cell) => cell[1].slice(0, 10)).filter((text) => /^\d{4}/.test(text));
  };
  const sorted = async (order, state) => {
    const answered = page.waitForResponse((reply) => reply.url().includes(`order=${order}&`));
    await head.getByRole('button').click();
    await answered;
    await page.locator(`[aria-sort=${state}]`).waitFor();
    await grid(page, w).getByRole('row').nth(5).waitFor();
    assert.match(page.url(), new RegExp(`order=${order}`));
  };
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await sorted('due', 'ascending');
  const up = await dates();
  assert.ok(up.length > 5);
  assert.deepEqual(up, [...up].sort());
  await sorted('-due', 'descending');
  const down = await dates();
  assert.deepEqual(down, [...down].sort().reverse());
  await head.getByRole('button').click();
  await page.waitForURL((url) => !url.search.includes('order'));
});

test('totals open the lists they count', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?view=units' });
  const unit = total.by_unit.find((u) => u.lead > 0);
  await page.getByRole('link', { name: w('totals.open', { name: unit.name, role: w('role.lead'), n: unit.lead }) }).click();
  await counted(page, w, unit.lead).waitFor();
  await grid(page, w).waitFor();
  await page.goto('/tasks?view=actions');
  const action = total.by_action.find((a) => a.tasks > 0);
  await page.getByRole('link', { name: action.action, exact: true }).click();
  await counted(page, w, action.tasks).waitFor();
});

test('the workbook holds the same list', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=complete_by' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  const asked = page.waitForRequest(/export\.xlsx/);
  await page.getByRole('button', { name: w('export.act') }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: w('export.download') }).click(),
  ]);
  assert.match((await asked).url(), /kind=complete_by/);
  assert.match((await asked).url(), /lang=zh/);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');
});

test('a copied link shows the same list', async (t) => {
  const { page, context, t: w } = await openPage(t, house, { path: '/tasks?kind=ongoing&order=-due' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: w('act.copyLink') }).click();
  await page.getByText(w('act.copied')).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, `${house.server.origin}/tasks?kind=ongoing&order=-due`);
});

test('the register is worked by keyboard alone', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  const list = grid(page, w);
  await list.getByRole('row').nth(1).waitFor();
  const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-index'));
  await page.keyboard.press('j');
  assert.equal(await at(), '0');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.equal(await at(), '1');
  await page.keyboard.press('Enter');
  const task = page.getByRole('dialog', { name: w('task.one') });
  await task.getByRole('heading', { name: w('task.words') }).waitFor();
  const first = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== first);
  await list.locator('[data-index="2"]:focus').waitFor();
  await page.keyboard.press('Escape');
  await task.waitFor({ state: 'detached' });
  assert.equal(await at(), '2', 'the focus is on the row that was open');

  await page.keyboard.press('/');
  assert.equal(await page.getByLabel(w('filter.text')).evaluate((field) => field === document.activeElement), true);
  await page.keyboard.type('j');
  assert.equal(await page.getByLabel(w('filter.text')).inputValue(), 'j');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: w('keys.title') });
  await help.getByText(w('keys.search')).waitFor();
  await assertAccessible(page, 'keys');
  await picture(page, 'keys-zh-desk');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
});

test('Enter on a button is the button\'s, also beside a list', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('link', { name: w('nav.documents') }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: w('documents.heading') }).waitFor();
});

test('Back from a task comes to its row', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  const link = grid(page, w).getByRole('link').nth(6);
  const title = await link.textContent();
  await link.click();
  await page.getByRole('dialog', { name: w('task.one') }).getByRole('heading', { name: w('task.words') }).waitFor();
  await page.goBack();
  await page.getByRole('dialog', { name: w('task.one') }).waitFor({ state: 'detached' });
  assert.match(await grid(page, w).getByRole('row', { selected: true }).textContent(), new RegExp(title.slice(0, 10).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));

  // through another page and back
  await link.click();
  await page.getByRole('dialog', { name: w('task.one') }).getByRole('link', { name: w('task.toDocument') }).click();
  await page.getByRole('grid', { name: w('version.tab.tasks') }).waitFor();
  await page.goBack();
  await page.getByRole('dialog', { name: w('task.one') }).getByRole('heading', { level: 2, name: title }).waitFor();
  await grid(page, w).getByRole('row', { selected: true }).waitFor();
});

test('a task has an address of its own', async (t) => {
  const { items } = (await house.clerk.call('listTasks', { query: { limit: 1 } })).body;
  const { page, t: w } = await openPage(t, house, { path: `/tasks/${items[0].id}` });
  await page.getByRole('heading', { level: 1, name: items[0].title }).waitFor();
  await assertAccessible(page, 'task page');
  await picture(page, 'task-page-zh-desk');
  await page.goto('/tasks/1');
  await page.getByRole('alert').getByText(w('problem.not_found.title')).waitFor();
});

test('the whole list is printed on A4', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks' });
  await grid(page, w).getByRole('row').nth(1).waitFor();
  await page.evaluate(() => { window.print = () => undefined; }); // a headless browser has no printer
  await page.getByRole('button', { name: w('print.act') }).click();
  await page.emulateMedia({ media: 'print' });
  const table = page.getByRole('table');
  await table.waitFor();
  assert.equal(await table.getByRole('row').count(), total.tasks + 1);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf.toString('latin1'));
  assert.deepEqual([Math.round(Number(box[1])), Math.round(Number(box[2]))], [842, 595], 'A4, landscape');
  await page.evaluate(() => { window.dispatchEvent(new Event('afterprint')); });
  await page.emulateMedia({ media: 'screen' });
  await grid(page, w).waitFor();
});

test('10,000 rows scroll from end to end, a few of them in the page', async (t) => {
  const many = 10_500;
  const { version } = await importText(house, 'many.txt', longPlan(many));
  assert.equal(version.summary.counts.tasks, many);
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}` });
  const list = page.getByRole('grid', { name: w('version.tab.tasks') });
  await list.getByRole('row').nth(1).waitFor();
  assert.equal(await list.getAttribute('aria-rowcount'), String(many + 1));
  await picture(page, 'document-many-zh-desk');

  // ten screens down, one step a frame: rows are there, and the page stays small
  const worst = await list.evaluate(async (box) => {
    let most = 0;
    for (let i = 1; i <= 60; i += 1) {
      box.scrollTop = i * 250;
      await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
      most = Math.max(most, box.querySelectorAll('[role=row]').length);
    }
    return most;
  });
  assert.ok(worst < 80, `${worst} rows stood in the page`);

  // to the very end: pages are fetched until it is in sight
  await list.evaluate((box) => { box.scrollTop = box.scrollHeight; });
  await list.getByText(`在第${many}个社区`).waitFor({ timeout: 60_000 });
  await list.evaluate((box) => { box.scrollTop = 0; });
  await list.getByText('在第1个社区').waitFor();
});
