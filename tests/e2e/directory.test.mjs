/* 导入单位和人员: a file is compared row by row, imported, and the first passwords are printed; the directory goes out again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, DESK, openPage, PHONE, picture, startHouse } from './support.mjs';

let house;

before(async () => { house = await startHouse(); });
after(async () => { await house?.stop(); });

const drop = (page, t, name, text) => page.getByRole('group', { name: t('drop.label') }).locator('input[type=file]')
  .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const rows = (page, t) => page.getByRole('grid', { name: t('roster.lines') }).getByRole('row');

const UNITS = '单位名称,类别,上级单位,备注\n云沂市教育局,政府部门,,\n云沂市教育局体卫艺科,政府部门,云沂市教育局,\n云沂海关,,,\n云沂市甲局,没有,,\n';
const PEOPLE = '姓名,单位,岗位,职务,手机\n王小明,云沂市教育局,联络员A,科长,13800000001\n李小红,云沂市教育局体卫艺科,经办人,科员,\n张三,云沂市乙局,经办人,,\n';

test('units and then people come from a file; what is wrong is shown and left out', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units/import' });
  await page.getByRole('heading', { name: t('roster.heading') }).waitFor();
  await assertAccessible(page, 'import, empty');
  await drop(page, t, '单位.csv', UNITS);
  await page.getByText(t('roster.problem.kind_unknown')).waitFor();
  await page.getByText(t('roster.ignored', { heads: '备注' })).waitFor();
  assert.equal(await rows(page, t).count(), 2); // the head, and the row that is wrong
  await page.getByText(t('roster.all', { n: 4 }), { exact: true }).click();
  await assertAccessible(page, 'import, compared');
  await picture(page, 'import-compared');
  await page.getByRole('button', { name: t('roster.doSome', { n: 3, wrong: 1 }) }).click();
  await page.getByText(t('roster.done', { added: 3, changed: 0, out: 1 })).waitFor();

  await drop(page, t, '人员.csv', PEOPLE);
  await page.getByText(t('roster.problem.unit_unknown')).waitFor();
  await page.getByRole('button', { name: t('roster.doSome', { n: 2, wrong: 1 }) }).click();
  const slips = page.getByRole('region', { name: t('roster.passwords') }).getByRole('listitem');
  await slips.first().waitFor();
  assert.equal(await slips.count(), 2);
  await assertAccessible(page, 'import, passwords');
  await picture(page, 'import-passwords');
  const password = (await slips.first().locator('dd').last().textContent()).trim();
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'import-passwords-print');
  await page.emulateMedia({ media: 'screen' });
  assert.equal((await house.server.signIn('王小明', password)).session.posts[0].role, 'liaison_a');

  await drop(page, t, '人员.csv', PEOPLE);
  await page.getByText(t('roster.nothing', { file: '人员.csv' })).waitFor();
  assert.equal(await page.getByRole('button', { name: t('roster.doSome', { n: 0, wrong: 1 }) }).isDisabled(), true);
});

test('what has changed since it was looked at is compared again before it is done', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units/import' });
  await drop(page, t, 'x.csv', '姓名,单位,职务\n王小明,云沂市教育局,副局长\n');
  await page.getByText('科长 → 副局长').waitFor();
  const [head] = (await house.clerk.call('listPeople', { query: { q: '王小明' } })).body.items;
  const { version } = (await house.clerk.call('getPerson', { path: { person: head.id } })).body;
  await house.clerk.call('changePerson', { path: { person: head.id }, headers: { 'if-match': `"${version}"` }, body: { job: '局长' } });
  await page.getByRole('button', { name: t('roster.do', { n: 1, wrong: 0 }) }).click();
  await page.getByText(t('roster.stale')).waitFor();
  await page.getByText('局长 → 副局长').waitFor();
  await page.getByRole('button', { name: t('roster.do', { n: 1, wrong: 0 }) }).click();
  await page.getByText(t('roster.done', { added: 0, changed: 1, out: 0 })).waitFor();
});

test('a file that is none is refused in words; the template and the directory are downloaded', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units/import', lang: 'en' });
  for (const label of ['roster.template', 'roster.export']) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t(label) }).click()]);
    assert.match(file.suggestedFilename(), /\.xlsx$/);
  }
  await page.goto('/people');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('export.act') }).click()]);
  assert.equal(file.suggestedFilename(), t('roster.exportFile'));
  await page.getByRole('link', { name: t('roster.tab') }).click();
  await page.getByRole('heading', { name: t('roster.heading') }).waitFor();
});

for (const [size, label] of [[DESK, 'desk'], [PHONE, 'phone']])
  test(`the page fits (${label})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/units/import', size });
    await drop(page, t, 'x.csv', '姓名,单位,职务\n王小明,云沂市教育局,科长\n');
    await rows(page, t).nth(1).waitFor();
    await picture(page, `import-${label}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  });
