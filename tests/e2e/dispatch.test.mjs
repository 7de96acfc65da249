/* 分办规则: a liaison makes rules, sees what they come to, and dispatches by them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, picture, publish, sampleText, signIn, startHouse } from './support.mjs';

let house, unit, liaison;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, '01.txt', sampleText('01-numbered-clauses'))).version);
  const text = '单位名称,上级单位\n市教育局体卫艺科,市教育局\n';
  const headers = { 'content-type': 'text/plain' };
  const seen = (await house.clerk.call('previewDirectory', { headers, body: text })).body;
  await house.clerk.call('importDirectory', { query: { token: seen.token }, headers, body: text });
  unit = (await house.clerk.call('listUnits', { query: { q: '市教育局' } })).body.items.find((u) => u.name === '市教育局');
  liaison = await house.server.addUser('liaison', '云沂市', { post: 'liaison_a', unit: '市教育局' });
});
after(async () => { await house?.stop(); });

test('rules are made, shown with what they come to, and applied', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/units/${unit.id}?tab=dispatch`, signedIn: false });
  await signIn(page, t, liaison);
  await page.getByText(t('dispatch.byHand')).first().waitFor();
  const rules = page.getByRole('table', { name: t('dispatch.rules') });
  await page.getByRole('button', { name: t('dispatch.add') }).click();
  assert.equal(await page.getByRole('button', { name: t('dispatch.save') }).isDisabled(), true);
  const waits = (await house.clerk.call('listDispatchWaiting', { path: { unit: unit.id } })).body.items;
  await rules.getByLabel(t('dispatch.actionOf', { no: 1 })).fill(waits[0].action);
  await rules.getByLabel(t('dispatch.sectionOf', { no: 1 })).fill('市教育局体卫艺科');
  await page.locator('.ant-select-dropdown:visible').getByText('市教育局体卫艺科', { exact: true }).click();
  await page.getByRole('button', { name: t('dispatch.save') }).click();
  const fits = waits.filter((w) => w.action === waits[0].action).length;
  await page.getByRole('button', { name: t('dispatch.act', { n: fits }) }).waitFor();
  await assertAccessible(page, 'dispatch rules');
  await picture(page, 'dispatch-rules');
  await page.getByRole('button', { name: t('dispatch.act', { n: fits }) }).click();
  await page.getByText(t('dispatch.done', { n: fits })).waitFor();
  assert.equal((await house.clerk.call('listDispatchWaiting', { path: { unit: unit.id } })).body.items.length, waits.length - fits);
  await page.getByRole('button', { name: t('dispatch.before') }).click();
  await page.getByText(t('dispatch.noneBefore')).waitFor();
});
