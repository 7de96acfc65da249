/* Messages: the unread badge, a digest that leads to the return, one's ways and calendars, text to paste, what failed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, assertAccessible, importText, openPage, periodOf, picture, publish, signIn, startHouse } from './support.mjs';

let house, liaison, owed, monday;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;
const plus = (day, n) => new Date(Date.parse(day) + n * 86400e3).toISOString().slice(0, 10);

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items
    .find((o) => o.due > plus(new Date().toISOString().slice(0, 10), 7));
  monday = plus(owed.due, -((new Date(owed.due).getUTCDay() + 6) % 7));
  liaison = await house.server.addUser('王敏', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  await house.server.cli('clock', 'run', '--at', monday);
  await house.server.cli('notice', 'send', '--at', monday);
});
after(async () => { await house.stop(); });

async function openAs(it, account, options) {
  const opened = await openPage(it, house, { ...options, signedIn: false });
  await signIn(opened.page, opened.t, account);
  return opened;
}

test('the badge counts; a digest opens to what is owed, and that to the return', async (it) => {
  const { page, t } = await openAs(it, liaison, { path: '/owed' });
  const bell = page.getByRole('link', { name: new RegExp(`^${t('notice.title')}`) });
  await bell.getByText(/^\d+$/).waitFor();
  await bell.click();
  await page.getByRole('heading', { name: t('notice.title'), level: 1 }).waitFor();
  const digest = page.getByText(t('notice.kind.digest', { n: 1 })).first();
  await digest.waitFor();
  await assertAccessible(page, 'messages');
  await digest.click();
  const link = page.getByRole('link', { name: t('notice.rows', { kind: t('notice.item.return'), n: 2 }) }).first();
  await link.waitFor();
  await picture(page, 'notices');
  await page.getByRole('button', { name: t('notice.readAll') }).click();
  await page.getByText(t('notice.unreadOf', { n: 0 })).waitFor();
  await page.getByRole('link', { name: t('notice.title'), exact: true }).waitFor(); // the badge is gone
  await link.click();
  await page.getByRole('heading', { name: t('return.title', { unit: '市教育局', period: periodOf(t, owed.period) }) }).waitFor();
});

test('one chooses how to be told, by keyboard, and a calendar’s address is shown once', async (it) => {
  const { page, t } = await openAs(it, liaison, { path: '/notices?show=ways', lang: 'en' });
  const mail = t('notice.way.mail');
  await page.getByRole('switch', { name: t('notice.way.use', { way: mail }) }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('not an address');
  await page.getByRole('button', { name: t('notice.way.saveOne', { way: mail }) }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel(t('notice.way.mail.address')).fill('wang@example.org');
  await page.getByRole('button', { name: t('notice.way.saveOne', { way: mail }) }).click();
  await page.getByText(t('notice.saved')).waitFor();
  await page.reload();
  await page.getByRole('switch', { name: t('notice.way.use', { way: mail }), checked: true }).waitFor();
  assert.equal(await page.getByLabel(t('notice.way.mail.address')).inputValue(), 'wang@example.org');
  await page.getByRole('button', { name: t('notice.calendar.add'), exact: true }).click();
  await page.getByText(t('notice.calendar.made')).waitFor();
  const address = await page.locator('code').innerText();
  await assertAccessible(page, 'ways of being told');
  await picture(page, 'notices-ways');
  const calendar = await fetch(address);
  assert.equal(calendar.status, 200);
  assert.match(await calendar.text(), /BEGIN:VEVENT/);
  await page.getByRole('button', { name: t('notice.calendar.revokeOne', { name: t('notice.calendar.mine') }) }).click();
  await page.getByRole('button', { name: t('notice.calendar.revoke'), exact: true }).last().click();
  await page.getByText(t('notice.calendar.none')).waitFor();
  assert.equal((await fetch(address)).status, 404);
});

test('the office copies the text for the group, and sees what did not arrive', async (it) => {
  const { page, context, t } = await openPage(it, house, { path: '/notices?show=paste' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByText(t('notice.paste.days', { n: 30 }), { exact: true }).click();
  await page.getByText('【应办提醒】').waitFor();
  await page.getByRole('button', { name: t('notice.paste.copy'), exact: true }).click();
  await page.getByText(t('notice.copied')).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /市教育局：报送单/);
  await assertAccessible(page, 'text for the group');
  await picture(page, 'notices-paste');
  await page.getByText(t('notice.show.failed'), { exact: true }).click();
  await page.getByText(t('notice.failed.nobody')).first().waitFor();
  await assertAccessible(page, 'not arrived');
  await picture(page, 'notices-failed');
});

test('on a phone nothing sticks out', async (it) => {
  const { page, t } = await openAs(it, liaison, { path: '/notices', size: PHONE });
  await page.getByText(t('notice.kind.digest', { n: 1 })).first().click();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await picture(page, 'notices-phone');
});

test('what changed in a task is a message with what it was and what it is, and stands in the task’s history', async (it) => {
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  const row = (await house.clerk.call('listDuties', { query: { unit: unit.id, limit: 10 } })).body.items.find((duty) => duty.no === '2');
  const duty = (await house.clerk.call('getDuty', { path: { duty: row.id } })).body;
  const reply = await house.clerk.call('correctDuty', { path: { duty: duty.id }, headers: { 'if-match': `"${duty.version}"` },
    body: { text: duty.text.replace('常年', '每月'), deadline_kind: 'complete_by', due: '2099-11-30', why: '写得更清楚' } });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  await house.server.cli('clock', 'run', '--at', plus(monday, 1));
  await house.server.cli('notice', 'send', '--at', plus(monday, 1));
  const { page, t } = await openAs(it, liaison, { path: '/notices' });
  await page.getByText(t('notice.kind.change', { n: 1 })).first().click();
  const item = page.getByRole('listitem').filter({ hasText: '写得更清楚' }).last();
  await item.getByText(t('notice.move.correct'), { exact: true }).waitFor();
  const words = page.locator('.xj-field-changes li').filter({ hasText: t('duty.field.text') }).first();
  assert.match(await words.locator('del').innerText(), /常年/);
  assert.match(await words.locator('ins').innerText(), /每月/);
  await assertAccessible(page, 'changes');
  await picture(page, 'changes');
  await item.getByRole('link', { name: new RegExp(duty.title.slice(0, 6)) }).click();
  const history = page.getByRole('region', { name: t('duty.history') });
  await history.locator('ins').filter({ hasText: '2099' }).waitFor();
  await history.locator('del').first().waitFor();
});
