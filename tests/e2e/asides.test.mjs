/* Files that are no plan: kept as documents, found, linked to what rests on them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, sampleText, startHouse } from './support.mjs';

const LAW = `云沂省爱国卫生条例

第一条 为了保障公民健康，制定本条例。
第二条 国家机关应当保持环境整洁，不得随地吐痰。
`;
let house, plan;
before(async () => {
  house = await startHouse();
  plan = (await importText(house, '01.txt', sampleText('01-numbered-clauses'))).version;
  await publish(house, plan);
});
after(async () => { await house?.stop(); });

const give = (page, w, name, text) =>
  page.getByLabel(w('drop.choose')).setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(text) }]);

test('a file that is no plan is kept with the head that was read, and found by kind and words', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await give(page, w, '条例.txt', LAW);
  const waiting = page.getByRole('region', { name: w('aside.title') });
  await waiting.getByText('云沂省爱国卫生条例').waitFor();
  await assertAccessible(page, 'files set aside');
  await picture(page, 'asides-zh-desk');
  await waiting.getByRole('button', { name: w('aside.keepOf', { name: '条例.txt' }) }).click();
  const dialog = page.getByRole('dialog', { name: w('aside.keepTitle') });
  await assertAccessible(page, 'keeping a file');
  await picture(page, 'aside-keep-zh-desk');
  await dialog.getByRole('button', { name: w('aside.keepAct'), exact: true }).click();
  await waiting.waitFor({ state: 'detached' });
  await page.goto('/documents?kind=law');
  await page.getByText(w('documents.count', { n: 1 })).waitFor();
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('link', { name: '云沂省爱国卫生条例' }).click();
  await page.getByRole('heading', { level: 1, name: '云沂省爱国卫生条例' }).waitFor();
  await assertAccessible(page, 'a document that is no plan');
  await picture(page, 'document-no-plan-zh-desk');
  await page.goto('/search?q=' + encodeURIComponent('随地吐痰'));
  await page.getByRole('link', { name: /云沂省爱国卫生条例/ }).first().waitFor();
});

test('a plan is linked to it by hand, and the link is taken back', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/documents/${plan.document.id}` });
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: new RegExp(`^${w('version.tab.chain')}`) }).click();
  await page.getByRole('button', { name: w('chain.add') }).click();
  const dialog = page.getByRole('dialog', { name: w('chain.addTitle') });
  await dialog.getByRole('combobox', { name: w('chain.other') }).fill('爱国卫生条例');
  await page.locator('.ant-select-item-option').filter({ hasText: '云沂省爱国卫生条例' }).click();
  await dialog.getByRole('button', { name: w('chain.addAct'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: '云沂省爱国卫生条例' }).waitFor();
  await assertAccessible(page, 'chain with a link by hand');
  await picture(page, 'chain-linked-zh-desk');
  await page.getByRole('button', { name: w('chain.removeOf', { name: '云沂省爱国卫生条例' }) }).click();
  await page.getByRole('link', { name: '云沂省爱国卫生条例' }).waitFor({ state: 'detached' });
  const { up } = (await house.clerk.call('getDocumentChain', { path: { document: plan.document.id } })).body;
  assert.ok(up.every((row) => !row.title?.includes('爱国卫生条例')), 'nothing is linked any more');
});

test('a file that is nothing is thrown away', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await give(page, w, '会议.txt', '各位同事：\n\n明天下午三点开会。\n');
  const waiting = page.getByRole('region', { name: w('aside.title') });
  await waiting.getByRole('button', { name: w('aside.removeOf', { name: '会议.txt' }) }).click();
  await page.getByRole('button', { name: w('aside.remove'), exact: true }).last().click();
  await waiting.waitFor({ state: 'detached' });
});

test('a draft that is no plan moves to the files that wait', async (t) => {
  const { version } = await importText(house, '意见.txt', sampleText('01-numbered-clauses').replaceAll('〔2', '〔3').replaceAll('方案', '意见'));
  const { page, t: w } = await openPage(t, house, { path: `/documents/${version.document.id}` });
  await page.getByRole('button', { name: w('noPlan.act'), exact: true }).click();
  const sure = page.getByRole('dialog', { name: w('noPlan.title') });
  await assertAccessible(page, 'not a plan');
  await picture(page, 'no-plan-zh-desk');
  await sure.getByRole('button', { name: w('noPlan.act'), exact: true }).click();
  await page.getByText(w('noPlan.done')).waitFor();
  await page.getByRole('region', { name: w('aside.title') }).getByText('意见.txt').waitFor();
  assert.equal((await house.clerk.call('getVersion', { path: { version: version.summary.id } })).status, 404);
});
