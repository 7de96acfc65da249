import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, openPage, PHONE, picture, sampleText, signIn, startEmptyHouse, startHouse } from './support.mjs';

const FIRST = '01-numbered-clauses';
let house;
before(async () => { house = await startEmptyHouse(); });
after(async () => { await house?.stop(); });

const fields = { tenant: '云沂市', code: '379900', programme: '健康云沂行动', person: 'office', display: '推进办' };
const password = 'a long password 7';

/* Fill all of the form but its token. */
async function fill(page, w, wrong = {}) {
  for (const [name, value] of Object.entries({ ...fields, ...wrong })) await page.getByLabel(w(`setup.${name}`)).fill(value);
  await page.getByLabel(w('setup.password'), { exact: true }).fill(password);
  await page.getByLabel(w('setup.again'), { exact: true }).fill(password);
}

test('an empty server asks to be set up, in English and on a telephone too', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/tasks', lang: 'en', size: PHONE, signedIn: false });
  await page.getByRole('heading', { level: 1, name: w('setup.title') }).waitFor();
  await assertAccessible(page, 'first start');
  await picture(page, 'setup-en-phone');
  await page.getByRole('button', { name: w('setup.act') }).click();
  await page.getByText(w('setup.missing')).first().waitFor();

  await fill(page, w);
  await page.getByLabel(w('setup.token')).fill('not-the-token');
  await page.getByRole('button', { name: w('setup.act') }).click();
  await page.getByRole('alert').getByText(w('problem.setup_token.title')).waitFor();
  assert.equal(await page.getByLabel(w('setup.token')).evaluate((field) => field === document.activeElement), true);
  assert.equal(await page.getByLabel(w('setup.tenant')).inputValue(), fields.tenant, 'what was typed is kept');
});

test('from the first visit to a register, without a manual', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: `/setup#${house.server.token}`, signedIn: false });
  // a second browser at the same form
  const late = await openPage(t, house, { path: `/setup#${house.server.token}`, signedIn: false });
  await late.page.getByLabel(w('setup.token')).waitFor();

  await page.getByRole('heading', { level: 1, name: w('setup.title') }).waitFor();
  assert.equal(await page.getByLabel(w('setup.token')).inputValue(), house.server.token);
  await fill(page, w);
  await page.getByLabel(w('setup.again'), { exact: true }).fill('another password');
  await page.getByText(w('setup.againWrong')).waitFor();
  await page.getByLabel(w('setup.again'), { exact: true }).fill(password);
  await assertAccessible(page, 'first start, filled');
  await picture(page, 'setup-zh-desk');
  await page.keyboard.press('Enter');
  await page.getByText(w('documents.none')).waitFor();
  assert.match(page.url(), /\/documents$/);
  await picture(page, 'setup-done-zh-desk');

  await page.getByLabel(w('drop.choose')).setInputFiles([
    { name: '方案.txt', mimeType: 'text/plain', buffer: Buffer.from(sampleText(FIRST)) }]);
  await page.getByRole('grid', { name: w('documents.heading') }).getByRole('row').nth(1).waitFor();

  await fill(late.page, w);
  await late.page.keyboard.press('Enter');
  await late.page.getByRole('alert').getByText(w('problem.setup_done.title')).waitFor();
  await late.page.getByRole('link', { name: w('setup.toSignIn') }).click();
  await signIn(late.page, w, { name: fields.person, password });
});

test('a programme is added where documents are listed', async (t) => {
  const other = await startHouse();
  t.after(() => other.stop());
  const { page, t: w } = await openPage(t, other, { path: '/documents' });
  await page.getByRole('button', { name: w('programme.add') }).click();
  const dialog = page.getByRole('dialog', { name: w('programme.add') });
  await dialog.getByLabel(w('programme.name')).fill('健康云沂行动');
  await dialog.getByRole('button', { name: w('programme.addAct') }).click();
  await dialog.getByRole('alert').waitFor();
  await assertAccessible(page, 'adding a programme');
  await dialog.getByLabel(w('programme.name')).fill('国家卫生城市创建');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: w('frame.programme'), exact: true }).click();
  await page.getByText('国家卫生城市创建').first().waitFor();
});
