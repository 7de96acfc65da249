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

test('the chain leads from a document to what it carries out, and back', async (t) => {
  const title = '健康云沂行动2030年任务安排';
  const lower = (await importText(house, 'lower.txt', `云沂市卫生健康委员会文件

云卫〔2030〕77号

${title}

为落实《${first.document.title}》（${first.document.doc_no}）和《健康远山规划纲要》，制定本安排。

一、健康知识普及行动
1.开展宣传教育，建好健康讲堂。（责任单位：市教育局；完成时限：10月底前）
2.建立专家库。（责任单位：市卫生健康委；完成时限：11月底前）

云沂市卫生健康委员会
2030年2月3日
`)).version;
  const { page, t: w } = await openPage(t, house, { path: `/documents/${lower.document.id}` });
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: w('version.tab.chain') }).click();
  const up = page.getByRole('region', { name: w('chain.up') });
  await up.getByRole('listitem').filter({ hasText: '健康远山规划纲要' }).getByText(w('chain.notHeld')).waitFor();
  await page.getByText(w('chain.noDown')).waitFor();
  await assertAccessible(page, 'chain');
  await picture(page, 'document-chain-zh-desk');
  await up.getByRole('link', { name: first.document.title }).click();
  await page.getByRole('heading', { level: 1, name: first.document.title }).waitFor();
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: w('version.tab.chain') }).click();
  await page.getByRole('region', { name: w('chain.down') }).getByRole('link', { name: title }).waitFor();
  await assertAccessible(page, 'chain downward');
  await picture(page, 'document-chain-down-zh-desk');
});
