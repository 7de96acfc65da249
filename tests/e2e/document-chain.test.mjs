import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, PHONE, picture, publish, sampleText, startHouse } from './support.mjs';

let house, first, second;
before(async () => {
  house = await startHouse();
  first = (await importText(house, '01.txt', sampleText('01-numbered-clauses'))).version;
  second = (await importText(house, '02.txt', sampleText('02-decomposition-table'))).version;
  await publish(house, second);
});
after(async () => { await house?.stop(); });

const rows = (page, w) => page.getByRole('grid', { name: w('documents.heading') }).getByRole('row');

test('documents are found by words and state, and the address keeps both', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await page.getByText(w('documents.count', { n: 2 })).waitFor();
  const box = page.getByRole('searchbox', { name: w('documents.find') });
  await box.fill(first.document.title.slice(0, 8));
  await box.press('Enter');
  await page.getByRole('link', { name: first.document.title }).waitFor();
  assert.match(page.url(), /[?&]q=/);
  await box.fill('没有这样的文件');
  await box.press('Enter');
  await page.getByText(w('documents.noMatch')).waitFor();
  await assertAccessible(page, 'nothing found');
  await page.getByRole('button', { name: w('filter.clear') }).click();
  await page.getByText(w('documents.count', { n: 2 })).waitFor();
  await page.goto(`/documents?state=published`);
  await page.getByText(w('documents.count', { n: 1 })).waitFor();
  await rows(page, w).getByRole('link', { name: second.document.title }).waitFor();
  await assertAccessible(page, 'published documents');
  await picture(page, 'documents-filtered-zh-desk');
});

test('a version reads as its file does, words are found in it, tasks are linked', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/documents/${first.document.id}` });
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: w('version.tab.text') }).click();
  const tab = page.getByRole('region', { name: w('version.tab.text') });
  const box = tab.getByRole('textbox', { name: w('text.find') });
  const text = sampleText('01-numbered-clauses');
  const n = text.split('健康').length - 1;
  await box.fill('健康');
  await tab.getByText(w('text.place', { at: 1, n })).waitFor();
  await box.press('Enter');
  await tab.getByText(w('text.place', { at: 2, n })).waitFor();
  await tab.getByRole('button', { name: w('text.previous') }).click();
  await tab.getByRole('button', { name: w('text.previous') }).click();
  await tab.getByText(w('text.place', { at: n, n })).waitFor();
  assert.equal(await tab.locator('mark[aria-current]').count(), 1);
  await assertAccessible(page, 'full text');
  await picture(page, 'document-text-zh-desk');
  await box.fill('没有这样的字');
  await tab.getByText(w('text.none')).waitFor();
  const links = tab.getByRole('link');
  await links.first().waitFor();
  await links.first().click();
  await page.waitForURL(/\/tasks\/\d+/);
});

test('the full text on a phone, in English', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/documents/${first.document.id}?tab=text`, size: PHONE, lang: 'en' });
  await page.getByRole('region', { name: w('version.tab.text') }).getByRole('link').first().waitFor();
  await assertAccessible(page, 'full text on a phone');
  await picture(page, 'document-text-en-phone');
});
