import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, PHONE, picture, publish, sampleText, startHouse } from './support.mjs';

let house;
let head;
before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', sampleText('01-numbered-clauses'))).version);
  [head] = (await house.clerk.call('listDocuments')).body.items;
});
after(async () => { await house?.stop(); });

for (const lang of ['zh', 'en']) {
  test(`the box finds documents, tasks and units, by keyboard (${lang})`, async (t) => {
    // pages with a filter box of their own keep the key for it
    const { page, t: w } = await openPage(t, house, { path: '/owed', lang });
    await page.getByRole('heading', { level: 1, name: w('nav.owed') }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('教育');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: w('search.titleOf', { words: '教育' }) }).waitFor();
    const tasks = page.getByRole('region', { name: w('search.tasks') });
    await tasks.getByRole('listitem').first().waitFor();
    assert.equal(await tasks.locator('mark').first().textContent(), '教育');
    assert.equal(new URL(page.url()).search, `?q=${encodeURIComponent('教育')}`);
    await assertAccessible(page, 'search');
    await picture(page, `search-${lang}-desk`);
    await page.reload();
    await tasks.getByRole('listitem').first().waitFor();

    const box = page.getByRole('searchbox').or(page.getByRole('textbox', { name: w('search.label') }));
    await box.first().fill('jyj');
    await page.keyboard.press('Enter');
    const units = page.getByRole('region', { name: w('search.units') });
    await units.getByRole('link', { name: '市教育局' }).waitFor();
    await box.first().fill(head.doc_no.replace('〔', '[').replace('〕', ']'));
    await page.keyboard.press('Enter');
    const found = page.getByRole('region', { name: w('search.documents') }).getByRole('link', { name: head.title });
    await found.waitFor();
    await found.press('ArrowDown');
    await found.click();
    await page.getByRole('heading', { level: 1, name: head.title }).waitFor();
  });
}

test('nothing found is said so, and a telephone has the box too', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/search?q=%E6%97%A0%E6%AD%A4%E8%AF%8D', size: PHONE });
  await page.getByText(w('search.none')).waitFor();
  await assertAccessible(page, 'nothing found');
  await picture(page, 'search-none-zh-phone');
});

test('long results are shown a piece at a time', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/search?q=${encodeURIComponent('健康')}` });
  const tasks = page.getByRole('region', { name: w('search.tasks') });
  await tasks.getByText(w('search.moreThan', { n: 10 })).waitFor();
  await tasks.getByRole('button', { name: w('search.showMore') }).click();
  await tasks.getByRole('listitem').nth(10).waitFor();
});
