/* 签发: a unit sets whose signatures it asks for; an officer's return goes to the section's head, the unit's head, and then to the office. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, assertAccessible, importText, openPage, periodOf, picture, publish, signIn, startHouse } from './support.mjs';

let house, unit, owed, people;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。面向居民讲解合理膳食，全年举办讲座。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  assert.ok(owed.length >= 2);
  people = {};
  for (const [name, post] of [['jiaoyu', 'liaison_a'], ['jingban', 'officer'], ['tiwei', 'section_head'], ['juzhang', 'unit_head']])
    people[name] = await house.server.addUser(name, '云沂市', { post, unit: '市教育局' });
});
after(async () => { await house?.stop(); });

const as = async (it, name, path, options = {}) => {
  const opened = await openPage(it, house, { path, signedIn: false, ...options });
  await signIn(opened.page, opened.t, people[name]);
  return opened;
};
const headOf = async (id) => (await house.clerk.call('getReturn', { path: { return: id } })).body.head;
/* The link of 我的应办 to the first return, where it is asked of who looks. */
const toSign = (page, t) => {
  const [before, behind] = t('signing.toSign', { title: t('return.title', { unit: '市教育局', period: periodOf(t, owed[0].period) }), name: 'jingban', date: '|' }).split('|');
  return page.getByRole('region', { name: t('owed.waits') }).getByRole('link', { name: new RegExp(`^${before}.*${behind}$`) });
};

test('the liaison officer sets the order of signatures', async (it) => {
  const { page, t } = await as(it, 'jiaoyu', `/units/${unit.id}?tab=signing`);
  await page.getByText(t('signing.none')).waitFor();
  await assertAccessible(page, 'no chain');
  await page.getByRole('button', { name: t('signing.add') }).click();
  await page.getByRole('button', { name: t('signing.add') }).click();
  const table = page.getByRole('table', { name: t('unit.tab.signing') });
  await table.getByText(t('signing.role.unit_head')).first().waitFor();
  await page.getByRole('button', { name: t('signing.save') }).click();
  await page.getByText(t('signing.saved')).waitFor();
  await table.getByRole('cell', { name: 'juzhang' }).waitFor(); // who holds the post today
  await assertAccessible(page, 'chain');
  await picture(page, 'signing-chain');
});

test('an officer sends it to be signed; it stands still, and the office sees it as due', async (it) => {
  const { page, t } = await as(it, 'jingban', `/returns/${owed[0].id}`);
  await page.getByText(t('signing.holders', { names: 'tiwei' }), { exact: false }).first().waitFor();
  const { rows } = (await house.clerk.call('getReturn', { path: { return: owed[0].id } })).body;
  for (const row of rows) await page.getByLabel(t('return.textOf', { title: row.title })).fill(`${row.title}：已办三场`);
  await page.getByRole('button', { name: t('signing.send'), exact: true }).click();
  await page.getByText(t('signing.waitsFor', { post: t('signing.role.section_head'), names: 'tiwei' })).waitFor();
  assert.equal(await page.getByLabel(t('return.textOf', { title: rows[0].title })).count(), 0);
  assert.equal((await headOf(owed[0].id)).state, 'due');
  await assertAccessible(page, 'return that waits to be signed');
  await picture(page, 'signing-waits');

  const office = await openPage(it, house, { path: `/returns/${owed[0].id}` });
  await office.page.getByText(t('return.state.due')).first().waitFor();
  await office.page.getByRole('button', { name: t('return.send'), exact: true }).waitFor();
  assert.equal(await office.page.getByText(t('signing.heading')).count(), 0);
});

test('the section head finds it in 我的应办, sends it back, and signs what comes again', async (it) => {
  const { page, t } = await as(it, 'tiwei', '/owed');
  await toSign(page, t).click();
  await page.getByRole('button', { name: t('signing.sendBack') }).click();
  const dialog = page.getByRole('dialog', { name: t('signing.sendBack') });
  await dialog.getByLabel(t('duty.why')).fill('第二项写清场次');
  await dialog.getByRole('button', { name: t('act.confirm') }).click();
  await page.getByText(t('signing.cameBack', { name: 'tiwei', why: '第二项写清场次' })).waitFor();

  const writer = await as(it, 'jingban', `/returns/${owed[0].id}`);
  await writer.page.getByText(t('signing.cameBack', { name: 'tiwei', why: '第二项写清场次' })).waitFor();
  const { rows } = (await house.clerk.call('getReturn', { path: { return: owed[0].id } })).body;
  await writer.page.getByLabel(t('return.textOf', { title: rows[1].title })).fill('巡讲三场，420人次');
  await writer.page.getByRole('button', { name: t('signing.send'), exact: true }).click();
  await writer.page.getByText(t('signing.waitsFor', { post: t('signing.role.section_head'), names: 'tiwei' })).waitFor();

  await page.reload();
  await page.getByRole('button', { name: t('signing.sign'), exact: true }).click();
  await page.getByText(t('signing.waitsFor', { post: t('signing.role.unit_head'), names: 'juzhang' })).waitFor();
  assert.equal(await page.getByRole('button', { name: t('signing.sign'), exact: true }).count(), 0);
});

test('the unit head signs, also on a phone: then it is the office\'s, with the names on it', async (it) => {
  const { page, t } = await as(it, 'juzhang', '/owed', { size: PHONE });
  await toSign(page, t).click();
  await page.getByRole('button', { name: t('signing.signOut') }).waitFor();
  await assertAccessible(page, 'to sign, on a phone');
  await picture(page, 'signing-phone');
  await page.getByRole('button', { name: t('signing.signOut') }).click();
  await page.getByText(t('return.state.sent')).first().waitFor();
  assert.equal((await headOf(owed[0].id)).state, 'sent');

  const office = await openPage(it, house, { path: `/returns/${owed[0].id}` });
  await office.page.getByText(t('signing.role.unit_head'), { exact: false }).first().waitFor();
  await office.page.getByRole('button', { name: t('return.acceptAll', { n: 2 }) }).click();
  await office.page.getByText(t('return.state.accepted')).first().waitFor();
  await office.page.getByRole('link', { name: t('letter.make') }).click();
  await office.page.getByText(t('letter.signedBy', { names: ['tiwei', 'juzhang'].join(t('list.comma')) })).waitFor();
  await assertAccessible(office.page, 'letter with signatures');
  await picture(office.page, 'signing-letter');
});

test('"no change" goes the same way, and comes back when it is taken back', async (it) => {
  const { page, t } = await as(it, 'jiaoyu', `/returns/${owed[1].id}`, { lang: 'en' });
  await page.getByRole('button', { name: t('signing.sendSame') }).click();
  await page.getByText(t('signing.state.waiting'), { exact: true }).waitFor();
  await assertAccessible(page, 'waits to be signed, English');
  await picture(page, 'signing-waits-en');
  await page.getByRole('button', { name: t('signing.withdraw') }).click();
  await page.getByRole('tooltip').getByRole('button', { name: t('signing.withdraw') }).click();
  await page.getByRole('button', { name: t('signing.send'), exact: true }).waitFor();
  assert.equal((await headOf(owed[1].id)).state, 'due');
});
