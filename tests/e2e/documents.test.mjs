import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, PHONE, picture, publish, root, sampleText, startHouse } from './support.mjs';

const FIRST = '01-numbered-clauses';
let house;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xj-e2e-files-'));
  house = await startHouse();
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house?.stop();
});

function file(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/* Drop files as a hand does: {name, text} each. */
async function drop(page, files) {
  await page.locator('main input[type=file]').waitFor({ state: 'attached' }); // whoever takes what is dropped
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, text } of list) made.items.add(new File([text], name, { type: 'text/plain' }));
    return made;
  }, files);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

const results = (page, t) => page.getByRole('region', { name: t('import.title') });
const truth = JSON.parse(readFileSync(new URL(`../../samples/text/${FIRST}.truth.json`, import.meta.url), 'utf8'));

test('a dropped file becomes a draft with its register and warnings', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await page.getByText(w('documents.none')).waitFor();
  await assertAccessible(page, 'no documents');
  await picture(page, 'documents-empty-zh-desk');

  await drop(page, [{ name: '方案.txt', text: sampleText(FIRST) }]);
  const result = results(page, w).getByRole('listitem').filter({ hasText: '方案.txt' });
  await result.getByText(w('import.newDraft')).waitFor();
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('row').nth(1).waitFor();
  await assertAccessible(page, 'imported');
  await picture(page, 'documents-imported-zh-desk');

  await result.getByRole('link', { name: truth.document.title }).click();
  await page.getByRole('heading', { level: 1, name: truth.document.title }).waitFor();
  const grid = page.getByRole('grid', { name: w('version.tab.tasks') });
  await grid.getByRole('row').nth(1).waitFor();
  assert.ok(await grid.getByRole('row').count() > 10);
  await assertAccessible(page, 'document');
  await picture(page, 'document-zh-desk');

  for (const tab of ['warnings', 'actions', 'obligations', 'versions']) {
    const link = page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: new RegExp(`^${w(`version.tab.${tab}`)}`) });
    await link.click();
    await page.getByRole('region', { name: w(`version.tab.${tab}`) }).waitFor();
    assert.equal(await link.getAttribute('aria-current'), 'page');
    if (tab === 'warnings') {
      // the words of a warning, marked in the document
      await page.getByRole('button', { name: new RegExp(w('version.showLine', { n: '\\d+' })) }).first().click();
      const source = page.getByRole('region', { name: w('task.source') });
      assert.ok((await source.locator('mark').textContent()).length > 0);
    }
    await assertAccessible(page, tab);
    await picture(page, `document-${tab}-zh-desk`);
  }
});

test('the same bytes change nothing, a changed file is a new version with its difference', async (t) => {
  const before = sampleText(FIRST);
  const { version } = await importText(house, 'plan.txt', before);
  const after = before.replace(/([3-8])月底前/, (_, month) => `${Number(month) + 1}月底前`);
  assert.notEqual(after, before, 'the sample has a deadline to change');

  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await page.getByLabel(w('drop.choose')).setInputFiles([file('same.txt', before), file('amended.txt', after)]);
  const rows = results(page, w).getByRole('listitem');
  await rows.filter({ hasText: 'same.txt' }).getByText(w('import.unchanged', { no: version.summary.no })).waitFor();
  const amended = rows.filter({ hasText: 'amended.txt' });
  await amended.getByText(w('import.newVersion', { no: version.summary.no + 1 })).waitFor();
  await amended.getByRole('link', { name: w('import.seeDiff') }).click();
  await page.getByRole('heading', { name: w('diff.changed', { n: 1 }) }).waitFor();
  await page.getByRole('rowheader', { name: w('field.deadline') }).waitFor();
  await assertAccessible(page, 'difference');
  await picture(page, 'document-diff-zh-desk');
});

test('what cannot be imported says why and what to do', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await page.getByLabel(w('drop.choose')).setInputFiles([
    file('empty.txt', ''),
    file('gbk.txt', Buffer.concat([Buffer.from('第一行\n第二行\n'), Buffer.from([0xb7, 0xbd, 0xb0, 0xb8, 0x0a])])),
    file('letter.txt', '各位同事：\n\n明天下午三点开会。\n'),
  ]);
  const rows = results(page, w).getByRole('listitem');
  await rows.filter({ hasText: 'empty.txt' }).getByText(w('problem.file_empty.title')).waitFor();
  const encoding = rows.filter({ hasText: 'gbk.txt' });
  await encoding.getByText(w('problem.not_utf8.title')).waitFor();
  await encoding.getByText(/3/).first().waitFor(); // the line is named
  await rows.filter({ hasText: 'letter.txt' }).getByText(w('problem.no_plan.title')).waitFor();
  await assertAccessible(page, 'failed imports');
  await picture(page, 'documents-failed-zh-desk');
  await rows.filter({ hasText: 'empty.txt' }).getByRole('button', { name: w('import.remove', { name: 'empty.txt' }) }).click();
  await rows.filter({ hasText: 'empty.txt' }).waitFor({ state: 'detached' });
});

test('Word, Excel and web pages are read as they come, a classified file is not kept', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  const samples = ['docx/02-merged-table.docx', 'xlsx/01-ledger.xlsx', 'html/01-site-page.html', 'broken/classified.docx'];
  await page.getByLabel(w('drop.choose')).setInputFiles(samples.map((name) => join(root, 'samples', name)));
  const rows = results(page, w).getByRole('listitem');
  for (const name of samples.slice(0, 3)) {
    const row = rows.filter({ hasText: name.split('/')[1] });
    await row.getByText(w('import.newDraft')).waitFor({ timeout: 60_000 });
  }
  await rows.filter({ hasText: 'classified.docx' }).getByText(w('problem.classified.title')).waitFor();
});

test('hostile names and titles are text', async (t) => {
  const evil = '<img src=x onerror=alert(1)>';
  const name = `${evil.replaceAll('/', '')}${'长'.repeat(200)}`.slice(0, 200) + '.txt';
  const text = sampleText(FIRST).replace(/^(1[.．、])/m, `$1${evil}`).replaceAll(/〔(\d{4})〕\d+号/g, '〔$1〕777号');
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await drop(page, [{ name, text }]);
  const row = results(page, w).getByRole('listitem').filter({ hasText: evil });
  await row.getByRole('link').first().waitFor();
  assert.equal(await page.locator('img').count(), 0);
  await picture(page, 'documents-hostile-zh-desk');
  await row.getByRole('link').first().click();
  await page.getByRole('grid', { name: w('version.tab.tasks') }).waitFor();
  await page.getByText(name, { exact: false }).first().waitFor();
  assert.equal(await page.locator('img').count(), 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, 'a long name does not widen the page');
});

test('a draft with warnings is published with remarks, and its tasks stand in the register', async (t) => {
  const { version } = await importText(house, 'to-publish.txt', sampleText('02-decomposition-table'));
  assert.ok(version.summary.counts.warnings > 0, 'the sample has warnings');
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}` });
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: w('publish.title', { no: 1 }) });
  await dialog.waitFor();
  await assertAccessible(page, 'publish');
  await dialog.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await dialog.getByText(w('publish.remarksMissing')).waitFor();
  const remarks = dialog.getByRole('textbox');
  await remarks.fill('已逐条核对，与印发文本一致。');
  await picture(page, 'publish-zh-desk');

  // what was typed outlives a reload
  await page.reload();
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  assert.equal(await remarks.inputValue(), '已逐条核对，与印发文本一致。');
  await remarks.press('Control+Enter');
  await page.getByText(w('publish.done')).waitFor();
  await page.getByText(w('state.published')).first().waitFor();
  assert.equal(await page.getByRole('button', { name: w('publish.act'), exact: true }).count(), 0);

  await page.getByRole('navigation', { name: w('frame.nav') }).getByRole('link', { name: w('nav.tasks') }).click();
  await page.getByText(w('tasks.count', { n: version.summary.counts.tasks })).waitFor();
});

test('a draft that somebody else published meanwhile is shown as it is now', async (t) => {
  const text = sampleText('02-decomposition-table').replaceAll(/〔(\d{4})〕\d+号/g, '〔$1〕555号').replace('2026', '2027');
  const { version } = await importText(house, 'race.txt', text);
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}?version=${version.summary.id}` });
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('核对过');
  await publish(house, version);
  await page.getByRole('dialog').getByRole('button', { name: w('publish.act'), exact: true }).click();
  await page.getByText(w('state.published')).first().waitFor();
});

test('an answer that was lost publishes nothing twice', async (t) => {
  const text = sampleText('02-decomposition-table').replaceAll(/〔(\d{4})〕\d+号/g, '〔$1〕444号').replace('2026', '2028');
  const { version } = await importText(house, 'lost.txt', text);
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}?version=${version.summary.id}`, offline: true });
  const keys = [];
  await page.route(`**/api/v1/versions/${version.summary.id}/publish`, async (route) => {
    keys.push(await route.request().headerValue('idempotency-key'));
    const answer = await route.fetch();
    if (keys.length === 1) await route.abort('internetdisconnected');
    else await route.fulfill({ response: answer });
  });
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: w('publish.title', { no: version.summary.no }) });
  await dialog.getByRole('textbox').fill('核对过');
  await dialog.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await dialog.getByText(w('problem.network.title')).waitFor();
  assert.equal(await dialog.getByRole('textbox').inputValue(), '核对过', 'what was typed is kept');
  await dialog.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await page.getByText(w('publish.done')).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  const now = await house.clerk.call('getVersion', { path: { version: version.summary.id } });
  assert.equal(now.body.summary.state, 'published');
});

test('a file that is being sent can be stopped, and sent again', async (t) => {
  const text = sampleText(FIRST).replaceAll(/〔(\d{4})〕\d+号/g, '〔$1〕222号');
  const { page, t: w } = await openPage(t, house, { path: '/documents', offline: true });
  let hold = true;
  await page.route('**/api/v1/documents?*', async (route) => {
    // held: the page waits until it stops the request itself
    if (route.request().method() !== 'POST' || !hold) await route.continue();
  });
  await page.getByLabel(w('drop.choose')).setInputFiles(file('slow.txt', text));
  const row = results(page, w).getByRole('listitem').filter({ hasText: 'slow.txt' });
  await row.getByRole('button', { name: w('import.stop', { name: 'slow.txt' }) }).click();
  await row.getByText(w('problem.cancelled.title')).waitFor();
  hold = false;
  await row.getByRole('button', { name: w('act.retry') }).click();
  await row.getByText(w('import.newDraft')).waitFor();
});

test('the original comes back byte for byte', async (t) => {
  const text = sampleText(FIRST);
  const { version } = await importText(house, 'plan.txt', text);
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}?version=${version.summary.id}` });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: w('version.original') }).click(),
  ]);
  assert.deepEqual(readFileSync(await download.path()), Buffer.from(text));
});

test('with several programmes a file goes where one says', async (t) => {
  const other = '国家卫生城市创建';
  await house.server.cli('programme', 'add', '云沂市', other);
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  const choose = page.getByRole('button', { name: w('drop.choose') });
  await choose.waitFor();
  assert.equal(await choose.isDisabled(), true);
  await page.getByRole('combobox', { name: w('documents.forProgramme') }).click();
  await page.getByTitle(other, { exact: true }).click();
  assert.equal(await choose.isEnabled(), true);
  await assertAccessible(page, 'several programmes');
  const text = sampleText(FIRST).replaceAll(/〔(\d{4})〕\d+号/g, '〔$1〕333号');
  await page.getByLabel(w('drop.choose')).setInputFiles(file('other.txt', text));
  await results(page, w).getByText(w('import.newDraft')).waitFor();
  await page.getByRole('combobox', { name: w('frame.programme'), exact: true }).click();
  await page.getByTitle(other, { exact: true }).last().click();
  await page.getByText(w('documents.count', { n: 1 })).waitFor();
  assert.match(page.url(), /programme=\d+/);
  await page.getByRole('navigation', { name: w('frame.nav') }).getByRole('link', { name: w('nav.tasks') }).click();
  await page.getByText(w('tasks.none')).waitFor();
  assert.match(page.url(), /\/tasks\?programme=\d+/);
});

test('documents on a phone, in English', async (t) => {
  await importText(house, 'plan.txt', sampleText(FIRST));
  const { page, t: w } = await openPage(t, house, { path: '/documents', size: PHONE, lang: 'en' });
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('row').first().waitFor();
  await assertAccessible(page, 'documents on a phone');
  await picture(page, 'documents-en-phone');
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('link', { name: truth.document.title }).first().click();
  await page.getByRole('grid', { name: w('version.tab.tasks') }).waitFor();
  await assertAccessible(page, 'document on a phone');
  await picture(page, 'document-en-phone');
});
