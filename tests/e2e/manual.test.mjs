/*
 * The manual's way, from an empty server to a register that is searched: each stage has its picture in
 * docs/manual/pictures, made anew with XJ_PICTURES.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { manualPicture, openPage, root, startEmptyHouse } from './support.mjs';

let house;
before(async () => { house = await startEmptyHouse(); });
after(async () => { await house?.stop(); });

const NAMES = { tenant: '云沂市', code: '379900', programme: '健康云沂行动', person: 'office', display: '推进办' };
const PASSWORD = 'a long password 7';

const sample = (path) => readFileSync(join(root, 'samples', path));

async function firstStart(page, w) {
  for (const [name, value] of Object.entries(NAMES)) await page.getByLabel(w(`setup.${name}`)).fill(value);
  await page.getByLabel(w('setup.password'), { exact: true }).fill(PASSWORD);
  await page.getByLabel(w('setup.again'), { exact: true }).fill(PASSWORD);
  // the token is another one each time, and no business of a picture
  const token = page.getByLabel(w('setup.token'));
  await token.evaluate((field) => { field.style.color = 'transparent'; });
  await manualPicture(page, 'first-start');
  await page.getByRole('button', { name: w('setup.act') }).click();
  await page.getByText(w('documents.none')).waitFor();
}

const results = (page, w) => page.getByRole('region', { name: w('import.title') });

async function drop(page, w, path) {
  const name = path.split('/').pop();
  await page.getByLabel(w('drop.choose')).setInputFiles([{ name, mimeType: 'application/octet-stream', buffer: sample(path) }]);
  const result = results(page, w).getByRole('listitem').filter({ hasText: name });
  await result.getByText(w('import.newDraft')).waitFor();
  return result;
}

/* Open 校核 of the document that RESULT made. */
async function check(page, w, result) {
  await result.getByRole('link').first().click();
  await page.getByRole('link', { name: w('check.act'), exact: true }).first().click();
  await page.getByRole('grid', { name: w('version.tab.tasks') }).getByRole('row').nth(2).click();
  await page.getByRole('group', { name: w('check.rowActs') }).waitFor();
}

async function publishDraft(page, w, picture) {
  await page.getByRole('button', { name: w('publish.act') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: w('publish.act') }).waitFor();
  const remark = dialog.getByRole('textbox');
  if (await remark.count() > 0) await remark.first().fill('已与原件核对');
  if (picture) await manualPicture(page, picture);
  await dialog.getByRole('button', { name: w('publish.act') }).click();
  await page.getByText(w('check.notDraft')).waitFor();
}

test('from an empty server to a register, as the manual says', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/setup#${house.server.token}`, signedIn: false });
  await firstStart(page, w);

  await drop(page, w, 'text/02-decomposition-table.txt');
  const pdf = await drop(page, w, 'pdf/03-table.pdf');
  await manualPicture(page, 'drop-file');

  await check(page, w, pdf);
  await page.locator('.xj-box-row:not(.xj-box-faint)').first().waitFor();
  await page.getByRole('button', { name: w('check.zoomIn') }).click();
  await page.waitForFunction(() => document.querySelector('.xj-leaf[data-page="2"] img')?.naturalWidth > 1000);
  await page.getByLabel(w('check.roleOf', { name: '市委宣传部' })).focus();
  await manualPicture(page, 'check-original');
  await page.getByRole('button', { name: w('check.zoomOut') }).click();
  await publishDraft(page, w);

  await page.goto('/documents');
  const text = page.getByRole('grid', { name: w('documents.heading') }).getByRole('row').filter({ hasText: '2022年度工作任务分解表' });
  await check(page, w, text);
  await manualPicture(page, 'check-text');
  await page.getByRole('link', { name: w('check.panel.tables') }).click();
  await page.getByText(w('check.tablesWhat')).or(page.getByText(w('check.allConfirmed'))).waitFor();
  await manualPicture(page, 'confirm');
  await publishDraft(page, w, 'publish');

  await page.goto('/tasks');
  await page.getByRole('grid', { name: w('tasks.heading') }).getByRole('row').nth(1).waitFor();
  await manualPicture(page, 'register');
  await page.goto(`/search?q=${encodeURIComponent('教育')}`);
  await page.getByRole('region', { name: w('search.tasks') }).getByRole('listitem').first().waitFor();
  await manualPicture(page, 'search');

  await page.goto('/documents');
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('row').filter({ hasText: '2022年度工作任务分解表' }).getByRole('link').first().click();
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: w('version.tab.chain') }).click();
  await page.getByRole('region', { name: w('version.tab.chain') }).waitFor();
  await manualPicture(page, 'chain');
});
