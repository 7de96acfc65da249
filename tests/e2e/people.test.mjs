/* 人员 and 我的账号: accounts made, changed, handed over and signed out; one's own sessions and password. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, DESK, importText, openPage, PHONE, picture, publish, sampleText, signIn, startHouse } from './support.mjs';

let house;
let education;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, '01.txt', sampleText('01-numbered-clauses'))).version);
  education = (await house.clerk.call('listUnits', { query: { q: '市教育局' } })).body.items.find((u) => u.name === '市教育局');
});
after(async () => { await house?.stop(); });

const grid = (page, t) => page.getByRole('grid', { name: t('nav.people') });

/* Choose OPTION in the select called NAME. */
async function choose(page, name, option) {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
}

async function pickUnit(page, dialog, t, name) {
  await dialog.getByLabel(t('unit.pick')).fill(name);
  await page.locator('.ant-select-dropdown:visible').getByText(name, { exact: true }).click();
}

async function personNamed(q) {
  const [head] = (await house.clerk.call('listPeople', { query: { q } })).body.items;
  return (await house.clerk.call('getPerson', { path: { person: head.id } })).body;
}

for (const [lang, size, label] of [['zh', DESK, 'desk'], ['en', DESK, 'desk'], ['zh', PHONE, 'phone']]) {
  test(`people, one person and one's own account are shown and accessible (${lang}, ${label})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/people', lang, size });
    await grid(page, t).getByRole('row').first().waitFor();
    await assertAccessible(page, 'people');
    await picture(page, `people-${lang}-${label}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(sideways, 0, 'the page does not scroll sideways');
    await page.goto('/account');
    await page.getByRole('table').getByText(t('session.this')).waitFor();
    await assertAccessible(page, 'account');
    await picture(page, `account-${lang}-${label}`);
  });
}

test('an account is made; its password is shown once, and lets its owner in', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/people' });
  await page.getByRole('button', { name: t('person.add') }).click();
  const dialog = page.getByRole('dialog', { name: t('person.add') });
  await dialog.getByLabel(t('person.account')).fill('wang.ming');
  await dialog.getByLabel(t('person.name')).fill('王明');
  await dialog.getByRole('button', { name: t('person.addAct') }).click();
  await dialog.getByText(t('post.roleMissing')).waitFor();
  await choose(page, t('post.role'), t('post.role.liaison_a'));
  await dialog.getByText(t('post.unitMissing')).waitFor();
  await assertAccessible(page, 'new account');
  await pickUnit(page, dialog, t, '市教育局');
  await dialog.getByLabel(t('post.from')).fill('2026-01-01');
  await picture(page, 'person-add-zh-desk');
  await dialog.getByRole('button', { name: t('person.addAct') }).click();
  const shown = page.getByRole('dialog', { name: t('person.passwordOf', { name: '王明' }) });
  const password = await shown.getByLabel(t('person.password')).textContent();
  assert.match(password, /^.{20,}$/);
  await assertAccessible(page, 'password');
  await picture(page, 'person-password-zh-desk');
  await shown.getByRole('button', { name: t('person.passwordNoted') }).click();
  await shown.waitFor({ state: 'detached' });
  await grid(page, t).getByRole('link', { name: '王明' }).waitFor();
  const made = await personNamed('wang.ming');
  assert.deepEqual(made.posts.map((p) => [p.role, p.unit.name, p.from]), [['liaison_a', '市教育局', '2026-01-01']]);

  const his = await openPage(it, house, { path: '/units', signedIn: false });
  await signIn(his.page, his.t, { name: 'wang.ming', password });
  await his.page.goto('/account');
  await his.page.getByText(his.t('post.at', { unit: '市教育局', role: his.t('post.role.liaison_a') })).waitFor();
});

test('people are found by name, by unit, and by keyboard', async (it) => {
  await house.server.addUser('li.fang', '云沂市', { post: 'officer', unit: '市教育局' });
  const { page, t } = await openPage(it, house, { path: '/people' });
  await grid(page, t).getByRole('row').nth(1).waitFor();
  const search = page.getByLabel(t('person.find'));
  await search.fill('li.f');
  await search.press('Enter');
  await page.getByRole('status').filter({ hasText: t('person.count', { n: 1 }) }).waitFor();
  await page.getByRole('button', { name: t('filter.clear') }).click();
  await pickUnit(page, page.getByRole('main'), t, '市教育局');
  await page.waitForURL(new RegExp(`unit=${education.id}`));
  await grid(page, t).getByText('li.fang').first().waitFor();
  await grid(page, t).getByText(house.server.account.name, { exact: true }).first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/people\/\d+$/);
});

test('a post is given, and ends with a successor', async (it) => {
  const old = await house.server.addUser('zhao.old', '云沂市', { post: 'section_head', unit: '市教育局' });
  await house.server.addUser('qian.new', '云沂市', { post: 'officer', unit: '市教育局' });
  const { id } = await personNamed(old.name);
  const { page, t } = await openPage(it, house, { path: `/people/${id}` });
  await page.getByRole('button', { name: t('post.add') }).click();
  const giving = page.getByRole('dialog', { name: t('post.addTitle', { name: 'zhao.old' }) });
  await choose(page, t('post.role'), t('post.role.expert'));
  await giving.getByRole('button', { name: t('post.add') }).click();
  await giving.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: t('post.role.section_head') });
  await row.getByRole('button', { name: t('post.endOf', { role: t('post.role.section_head'), unit: '市教育局' }) }).click();
  const ending = page.getByRole('dialog', { name: t('post.endTitle', { name: 'zhao.old', role: t('post.role.section_head') }) });
  await ending.getByLabel(t('post.last')).fill('2026-06-30');
  await page.getByRole('combobox', { name: t('post.successor') }).fill('qian');
  await page.locator('.ant-select-dropdown:visible').getByText('qian.new', { exact: false }).first().click();
  await assertAccessible(page, 'end a post');
  await picture(page, 'post-end-zh-desk');
  await ending.getByRole('button', { name: t('post.end'), exact: true }).click();
  await ending.waitFor({ state: 'detached' });
  await row.getByText('qian.new').waitFor();
  await assertAccessible(page, 'person');
  await picture(page, 'person-zh-desk');
  const was = (await personNamed('zhao.old')).posts.find((p) => p.role === 'section_head');
  assert.deepEqual([was.to, was.successor_name], ['2026-06-30', 'qian.new']);
  assert.ok((await personNamed('qian.new')).posts.some((p) => p.role === 'section_head' && p.from === '2026-07-01'));
});

test('an account is edited, closed, opened again, gets a new password and is signed out', async (it) => {
  const account = await house.server.addUser('sun.acts', '云沂市', { post: 'officer', unit: '市教育局' });
  const admin = await house.server.addUser('admin.acts', '云沂市', { post: 'administrator' });
  const theirs = await house.server.signIn(account.name, account.password);
  const { id } = await personNamed('sun.acts');
  const { page, t } = await openPage(it, house, { path: `/people/${id}`, signedIn: false });
  await signIn(page, t, admin);
  await page.getByRole('button', { name: t('unit.edit'), exact: true }).click();
  const edit = page.getByRole('dialog', { name: t('person.editTitle', { name: 'sun.acts' }) });
  await edit.getByLabel(t('person.phone')).fill('0539-1234');
  const { version } = await personNamed('sun.acts');
  const other = await house.clerk.call('changePerson', { path: { person: id }, headers: { 'if-match': `"${version}"` }, body: { display_name: '孙姐' } });
  assert.equal(other.status, 200);
  await edit.getByRole('button', { name: t('act.save') }).click();
  await edit.getByRole('alert').getByText('孙姐').waitFor();
  await assertAccessible(page, 'edit, stale');
  await edit.getByRole('button', { name: t('check.keepMine') }).click();
  await edit.waitFor({ state: 'detached' });
  const now = await personNamed('sun.acts');
  assert.deepEqual([now.display_name, now.phone], ['孙姐', '0539-1234']);

  const sessions = page.getByRole('region', { name: t('session.heading') });
  await sessions.getByRole('button', { name: t('session.endAll') }).click();
  await sessions.getByText(t('session.none')).waitFor();
  assert.equal((await theirs.call('getSession')).status, 401);

  await page.getByRole('button', { name: t('person.reset') }).click();
  await page.getByRole('tooltip').getByRole('button', { name: t('person.reset') }).click();
  const shown = page.getByRole('dialog', { name: t('person.passwordOf', { name: '孙姐' }) });
  const password = await shown.getByLabel(t('person.password')).textContent();
  await shown.getByRole('button', { name: t('person.passwordNoted') }).click();
  await house.server.signIn(account.name, password);

  await page.getByRole('button', { name: t('person.close'), exact: true }).click();
  await page.getByRole('tooltip').getByRole('button', { name: t('person.close') }).click();
  await page.getByText(t('person.closed')).waitFor();
  await assertAccessible(page, 'closed');
  await page.getByRole('button', { name: t('person.reopen') }).click();
  await page.getByText(t('person.closed')).waitFor({ state: 'detached' });
});

test('one ends one\'s other sessions and changes one\'s own password', async (it) => {
  const account = await house.server.addUser('own.acts', '云沂市', { post: 'office' });
  const elsewhere = await house.server.signIn(account.name, account.password);
  const { page, t } = await openPage(it, house, { path: '/tasks', signedIn: false });
  await signIn(page, t, account);
  await page.getByRole('button', { name: t('frame.account', { name: 'own.acts' }) }).click();
  await page.getByRole('menuitem', { name: t('account.title') }).click();
  const sessions = page.getByRole('region', { name: t('account.sessions') });
  await sessions.getByRole('row').nth(2).waitFor();
  await sessions.getByText('Chrome, Linux').waitFor();
  await sessions.getByRole('button', { name: t('session.endOthers') }).click();
  await sessions.getByRole('row').nth(2).waitFor({ state: 'detached' });
  assert.equal((await elsewhere.call('getSession')).status, 401);

  const fill = async (old, next, again) => {
    await page.getByLabel(t('account.old'), { exact: true }).fill(old);
    await page.getByLabel(t('account.next'), { exact: true }).fill(next);
    await page.getByLabel(t('account.again'), { exact: true }).fill(again);
    await page.getByRole('button', { name: t('account.change') }).click();
  };
  await fill(account.password, 'next good one', 'next bad one');
  await page.getByText(t('account.differ')).waitFor();
  await fill('wrong password', 'next good one', 'next good one');
  await page.getByRole('alert').getByText(t('account.oldWrong')).waitFor();
  await assertAccessible(page, 'wrong password');
  await picture(page, 'account-wrong-zh-desk');
  await fill(account.password, 'next good one', 'next good one');
  await page.getByText(t('account.passwordChanged')).waitFor();
  await house.server.signIn(account.name, 'next good one');
});

test('a liaison officer gives the posts of its own unit alone, and resets nobody', async (it) => {
  const account = await house.server.addUser('liaison.own', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  const { page, t } = await openPage(it, house, { path: '/people', signedIn: false });
  await signIn(page, t, account);
  await page.getByRole('button', { name: t('person.add') }).click();
  await page.getByRole('combobox', { name: t('post.role'), exact: true }).click();
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option-content');
  assert.deepEqual((await options.allTextContents()).sort(), ['officer', 'section_head', 'liaison_b'].map((r) => t(`post.role.${r}`)).sort());
  await page.keyboard.press('Escape');
  await page.goto(`/people/${(await personNamed('li.fang')).id}`);
  await page.getByRole('heading', { name: 'li.fang' }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('person.reset') }).count(), 0);
});
