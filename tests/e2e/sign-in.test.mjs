import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, PHONE, picture, startHouse } from './support.mjs';

let house;
before(async () => { house = await startHouse(); });
after(async () => { await house?.stop(); });

for (const lang of ['zh', 'en']) {
  test(`a wrong password is said so, a right one opens the page asked for (${lang})`, async (t) => {
    const { page, t: w } = await openPage(t, house, { path: '/tasks?kind=ongoing', lang, signedIn: false });
    await page.getByLabel(w('signIn.name')).waitFor();
    await assertAccessible(page, 'sign-in');
    await picture(page, `sign-in-${lang}-desk`);
    const name = page.getByLabel(w('signIn.name'));
    const password = page.getByLabel(w('signIn.password'), { exact: true });
    const act = page.getByRole('button', { name: w('signIn.act'), exact: true });

    await act.click();
    await page.getByText(w('signIn.nameMissing')).waitFor();
    await name.fill(house.server.account.name);
    await password.fill('not the password');
    await act.click();
    await page.getByRole('alert').getByText(w('problem.bad_credentials.title')).waitFor();
    await assertAccessible(page, 'sign-in refused');
    assert.equal(await name.inputValue(), house.server.account.name, 'the name is kept');
    assert.equal(await password.inputValue(), '', 'the password is not');
    assert.equal(await password.evaluate((field) => field === document.activeElement), true);

    await password.fill(house.server.account.password);
    await password.press('Enter');
    await page.getByRole('heading', { level: 1, name: w('tasks.heading') }).waitFor();
    assert.match(page.url(), /\/tasks\?kind=ongoing$/);
    const cookies = await page.context().cookies();
    const session = cookies.find((cookie) => cookie.name === 'xj_session');
    assert.equal(session?.httpOnly, true);
    assert.equal(await page.evaluate(() => document.cookie), '');
  });
}

test('signing out ends the session', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  await page.getByRole('button', { name: new RegExp(`^${w('frame.account', { name: '' })}`) }).click();
  await page.getByRole('menuitem', { name: w('signIn.out') }).click();
  await page.getByLabel(w('signIn.name')).waitFor();
  await page.goto('/tasks');
  await page.getByLabel(w('signIn.name')).waitFor();
});

test('the language is switched and remembered', async (t) => {
  const { page, t: w } = await openPage(t, house, { signedIn: false });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: w('signIn.act'), exact: true }).waitFor();
});

test('the page comes with a policy that allows no script of others and none inline', async (t) => {
  const reply = await fetch(`${house.server.origin}/`);
  assert.equal(reply.status, 200);
  const policy = reply.headers.get('content-security-policy') ?? '';
  const rules = Object.fromEntries(policy.split(';').map((rule) => {
    const [name, ...values] = rule.trim().split(/\s+/);
    return [name, values];
  }));
  assert.deepEqual(rules['script-src'] ?? rules['default-src'], ["'self'"], policy);
  assert.deepEqual(rules['frame-ancestors'], ["'none'"], policy);
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  const { page, t: w } = await openPage(t, house, { signedIn: false, size: PHONE });
  await page.getByLabel(w('signIn.name')).waitFor();
  await assertAccessible(page, 'sign-in on a phone');
  await picture(page, 'sign-in-zh-phone');
});

test('a session that ran out is renewed in a dialog, and nothing typed is lost', async (t) => {
  const { page, context, t: w } = await openPage(t, house, { path: '/tasks' });
  const search = page.getByLabel(w('filter.text'));
  await page.waitForLoadState('networkidle'); // nothing of the page's own is under way any more
  await search.fill('学校');
  await context.clearCookies();
  await search.press('Enter');
  const dialog = page.getByRole('dialog', { name: w('signIn.again') });
  await dialog.waitFor();
  await picture(page, 'session-expired-zh-desk');
  await assertAccessible(page, 'session expired');
  assert.equal(await search.inputValue(), '学校');
  const password = dialog.getByLabel(w('signIn.password'), { exact: true });
  await page.waitForFunction((field) => field === document.activeElement, await password.elementHandle());
  await password.fill(house.server.account.password);
  await dialog.getByRole('button', { name: w('signIn.act'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(w('tasks.noneMatch')).waitFor();
  assert.match(decodeURIComponent(page.url()), /q=学校/);
});

test('a lost network is said, and work goes on when it is back', async (t) => {
  const { page, context, t: w } = await openPage(t, house, { path: '/documents', offline: true });
  await page.getByText(w('documents.none')).waitFor();
  await context.setOffline(true);
  await page.getByText(w('offline.what')).waitFor();
  await context.setOffline(false);
  await page.getByText(w('offline.what')).waitFor({ state: 'hidden' });
});

test('an address that leads nowhere says where to go on', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/nowhere/at/all' });
  await page.getByRole('heading', { name: w('notFound.title') }).waitFor();
  await assertAccessible(page, 'not found');
  await picture(page, 'not-found-zh-desk');
  await page.getByRole('main').getByRole('link', { name: w('nav.documents') }).click();
  await page.getByRole('heading', { level: 1, name: w('documents.heading') }).waitFor();
});
