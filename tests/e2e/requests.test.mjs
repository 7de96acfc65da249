/* 申请: a unit asks for another day of its task and of its return; the office finds it among what waits, grants and declines. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, picture, signIn, startHouse } from './support.mjs';

let house, liaison, duty, owed;

const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);

before(async () => {
  house = await startHouse();
  liaison = await house.server.addUser('jiaoyu', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  duty = (await house.clerk.call('addDuty', { body: {
    programme: house.programme, origin: 'assignment', title: '建好营养健康食堂', lead: unit.id, deadline_kind: 'complete_by', due: day(40), cadence: 'monthly' } })).body;
  [owed] = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return' } })).body.items;
});
after(async () => { await house?.stop(); });

const asLiaison = async (it, path) => {
  const opened = await openPage(it, house, { path, signedIn: false });
  await signIn(opened.page, opened.t, liaison);
  return opened;
};

test('the liaison officer asks for more days; nothing changes yet', async (it) => {
  const { page, t } = await asLiaison(it, `/duties/${duty.id}`);
  await page.getByRole('button', { name: t('request.start') }).click();
  const dialog = page.getByRole('dialog', { name: t('request.title') });
  assert.equal(await dialog.getByRole('button', { name: t('request.send') }).isDisabled(), true);
  await dialog.getByLabel(t('duty.newDue')).fill(day(70));
  await dialog.getByLabel(t('duty.newDue')).press('Enter');
  await dialog.getByLabel(t('duty.why')).fill('食堂改造招标流标，须重新组织');
  await assertAccessible(page, 'asking');
  await picture(page, 'request-ask');
  await dialog.getByRole('button', { name: t('request.send') }).click();
  await page.getByText(t('request.state.asked')).waitFor();
  assert.equal(await page.getByRole('button', { name: t('request.start') }).count(), 0); // one waits at a time
  assert.equal((await house.clerk.call('getDuty', { path: { duty: duty.id } })).body.due, day(40));
  await picture(page, 'request-asked');
});

test('the liaison officer asks for another day of the return, and sees it in 我的应办', async (it) => {
  const { page, t } = await asLiaison(it, `/returns/${owed.id}`);
  await page.getByRole('button', { name: t('request.startExtend') }).click();
  const dialog = page.getByRole('dialog', { name: t('request.title') });
  const later = new Date(Date.parse(owed.due) + 10 * 86400e3).toISOString().slice(0, 10);
  await dialog.getByLabel(t('duty.newDue')).fill(later);
  await dialog.getByLabel(t('duty.newDue')).press('Enter');
  await dialog.getByLabel(t('duty.why')).fill('数据要等学籍系统');
  await dialog.getByRole('button', { name: t('request.send') }).click();
  await page.getByText(t('request.state.asked')).waitFor();
  await page.getByRole('link', { name: t('return.back') }).click();
  await page.getByText(t('request.ask.extend'), { exact: false }).first().waitFor();
  await assertAccessible(page, 'owed with requests');
  await picture(page, 'request-owed');
});

test('the office finds both among what waits, grants one with its words and declines the other', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/office?open=requests' });
  const table = page.getByRole('region', { name: t('office.requests') });
  await table.getByText('食堂改造招标流标，须重新组织').waitFor();
  await assertAccessible(page, 'requests of units');
  await picture(page, 'request-office');
  const row = table.getByRole('row').filter({ hasText: '食堂改造' });
  await row.getByRole('button', { name: new RegExp(`^${t('request.grant')}`) }).click();
  const granting = page.getByRole('dialog');
  await granting.getByLabel(t('request.wordsIfAny')).fill('请抓紧');
  await assertAccessible(page, 'granting');
  await picture(page, 'request-grant');
  await granting.getByRole('button', { name: t('request.grant'), exact: true }).click();
  await table.getByText('食堂改造招标流标，须重新组织').waitFor({ state: 'detached' });
  await table.getByRole('row').filter({ hasText: '学籍系统' }).getByRole('button', { name: new RegExp(`^${t('request.decline')}`) }).click();
  const declining = page.getByRole('dialog').filter({ hasText: '学籍系统' });
  assert.equal(await declining.getByRole('button', { name: t('request.decline'), exact: true }).isDisabled(), true);
  await declining.getByLabel(t('request.words')).fill('先报已有的部分');
  await declining.getByRole('button', { name: t('request.decline'), exact: true }).click();
  await page.getByText('先报已有的部分').waitFor({ state: 'detached' });
  const now = (await house.clerk.call('getDuty', { path: { duty: duty.id } })).body;
  assert.deepEqual([now.due, now.state], [day(70), 'extended']);
});

test('the unit reads the answers', async (it) => {
  const { page, t } = await asLiaison(it, `/duties/${duty.id}`);
  await page.getByText(t('request.state.granted')).waitFor();
  await page.getByText('请抓紧', { exact: false }).first().waitFor();
  await page.goto(new URL(`/returns/${owed.id}`, page.url()).href);
  await page.getByText(t('request.state.declined')).waitFor();
  await page.getByText('先报已有的部分', { exact: false }).waitFor();
  await picture(page, 'request-answered');
});
