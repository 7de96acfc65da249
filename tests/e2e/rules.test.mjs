/* 规则: the office sees what a rule is, what another value would do, saves it with a reason, goes back; others read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, makeCity } from './city.mjs';
import { PHONE, assertAccessible, manualPicture, openPage, picture, signIn, startHouse } from './support.mjs';

let house;

before(async () => {
  house = await startHouse();
  await makeCity(house);
  const unit = (await house.clerk.call('listUnits', { query: { q: '市教育局' } })).body.items.find((u) => u.name === '市教育局');
  for (let i = 0; i < 30; i += 1)
    await house.clerk.call('addDuty', { body: { programme: house.programme, origin: 'hand', title: `第${i + 1}处场所整改`, lead: unit.id, deadline_kind: 'complete_by', due: day(9) } });
});
after(async () => { await house?.stop(); });

const rules = async () => (await house.clerk.call('getDutyRules')).body;
const valueOf = async (name) => (await rules()).rules.find((r) => r.name === name).value;
const set = async (name, value, why = '试行') => house.clerk.call('setDutyRules', {
  headers: { 'if-match': `"${(await rules()).version}"` }, body: { why, rules: [{ name, value }] } });

test('the office looks at what a value would do, saves it with a reason, and goes back to the default', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/office' });
  await page.getByRole('link', { name: t('rules.link'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: t('rules.heading') }).waitFor();
  const lights = page.getByRole('region', { name: t('rules.group.light') });
  await lights.getByText(t('rule.light_days_ahead.what')).waitFor();
  for (const group of ['remind', 'cadence', 'body']) await page.getByRole('region', { name: t(`rules.group.${group}`) }).waitFor();
  await assertAccessible(page, 'rules');
  await picture(page, 'rules-page');
  const name = t('rule.light_days_ahead.name');
  await lights.getByRole('button', { name: t('rules.editTitle', { name }) }).click();
  const dialog = page.getByRole('dialog', { name: t('rules.editTitle', { name }) });
  const save = dialog.getByRole('button', { name: t('act.save') });
  const bounds = t('rules.bounds.int', { least: 0, most: 60 });
  const field = dialog.getByRole('textbox', { name: t('rules.value', { bounds }) });
  await dialog.getByLabel(t('duty.why')).fill('市里要求提前两周');
  assert.equal(await save.isDisabled(), true); // as it is
  for (const wrong of ['', '1.5', '-1', '61', '十']) {
    await field.fill(wrong);
    await dialog.getByRole('alert').filter({ hasText: t('rules.wrong', { bounds }) }).waitFor();
    assert.equal(await save.isDisabled(), true, wrong);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
  }
  await assertAccessible(page, 'a rule, a wrong value');
  await field.fill('14');
  const tried = (await house.clerk.call('previewDutyRules', { body: { rules: [{ name: 'light_days_ahead', value: '14' }] } })).body;
  assert.ok(tried.changed >= 30);
  await dialog.getByText(t('rules.try.changed', { n: tried.changed })).waitFor();
  const list = dialog.getByRole('region', { name: t('rules.try.list') });
  assert.equal(await list.getByRole('row').count(), 21);
  assert.match(await list.getByRole('link').first().getAttribute('href'), /^\/duties\/\d+$/);
  await dialog.getByRole('button', { name: t('act.more') }).click();
  await list.getByRole('row').nth(21).waitFor();
  await dialog.getByRole('cell', { name: `${tried.tasks.was.yellow} → ${tried.tasks.now.yellow}` }).first().waitFor();
  await assertAccessible(page, 'a rule, tried');
  await picture(page, 'rules-try');
  await manualPicture(page, 'rules');
  assert.equal(await valueOf('light_days_ahead'), '7');
  await save.click();
  await dialog.waitFor({ state: 'hidden' });
  await lights.getByText(t('rules.standard', { value: t('rule.light_days_ahead.says', { n: 7 }) })).waitFor();
  assert.equal(await valueOf('light_days_ahead'), '14');
  await lights.getByText('市里要求提前两周').waitFor();
  await page.goto('/duties?light=yellow');
  await page.getByRole('grid', { name: t('nav.duties') }).getByText('处场所整改').first().waitFor();

  await page.goto('/rules');
  await lights.getByRole('button', { name: t('rules.backTitle', { name }) }).click();
  const back = page.getByRole('dialog', { name: t('rules.backTitle', { name }) });
  await back.getByLabel(t('duty.why')).fill('试行结束');
  await back.getByRole('button', { name: t('act.save') }).click();
  await back.waitFor({ state: 'hidden' });
  assert.equal(await valueOf('light_days_ahead'), '7');
  await lights.getByRole('button', { name: t('rules.changesOf', { name }) }).click();
  const changes = page.getByRole('dialog', { name: t('rules.changesOf', { name }) });
  await changes.getByText('试行结束').waitFor();
  assert.match(await changes.innerText(), /市里要求提前两周/);
  await assertAccessible(page, 'changes of a rule');
  await picture(page, 'rules-changes');
});

test('somebody else was first: both values stand there, and one of them is taken', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/rules', lang: 'en' });
  const name = t('rule.person_cap.name');
  await page.getByRole('button', { name: t('rules.editTitle', { name }) }).click();
  const dialog = page.getByRole('dialog', { name: t('rules.editTitle', { name }) });
  await dialog.getByRole('textbox', { name: new RegExp(t('rules.bounds.int', { least: 1, most: 20 })) }).fill('5');
  await dialog.getByLabel(t('duty.why')).fill('fewer complaints');
  await set('person_cap', '4', '先试四条');
  await dialog.getByRole('button', { name: t('act.save') }).click();
  const alert = dialog.getByRole('alert').filter({ hasText: t('problem.stale.title') });
  await alert.getByText(t('rules.nowIs', { value: t('rule.person_cap.says', { n: 4 }) })).waitFor();
  assert.match(await alert.innerText(), /先试四条/);
  await alert.getByText(t('rules.yoursIs', { value: t('rule.person_cap.says', { n: 5 }) })).waitFor();
  await assertAccessible(page, 'a rule, somebody else was first');
  await picture(page, 'rules-stale');
  await dialog.getByRole('button', { name: t('check.keepMine') }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await valueOf('person_cap'), '5');
});

test('days, words and weekdays are given as people give them', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/rules', lang: 'en' });
  const edit = async (rule) => {
    const name = t(`rule.${rule}.name`);
    await page.getByRole('button', { name: t('rules.editTitle', { name }) }).click();
    const dialog = page.getByRole('dialog', { name: t('rules.editTitle', { name }) });
    await dialog.getByLabel(t('duty.why')).fill('as agreed');
    return { dialog, save: async () => {
      await dialog.getByRole('button', { name: t('act.save') }).click();
      await dialog.waitFor({ state: 'hidden' });
    } };
  };
  const days = await edit('dates_half_yearly');
  const field = days.dialog.getByRole('textbox', { name: /06-15/ });
  await field.fill('2-30');
  await days.dialog.getByRole('alert').waitFor();
  await field.fill('12.20 6月20日');
  await days.save();
  assert.equal(await valueOf('dates_half_yearly'), '06-20,12-20');
  const hour = await edit('send_to');
  await hour.dialog.getByRole('textbox', { name: /24/ }).fill('8');
  await hour.dialog.getByRole('alert').filter({ hasText: t('rules.wrongHours') }).waitFor();
  await page.keyboard.press('Escape');
  await hour.dialog.waitFor({ state: 'hidden' });
  const week = await edit('digest_weekday');
  await week.dialog.getByRole('combobox').click();
  await page.locator('.ant-select-item-option').filter({ hasText: t('calendar.weekday.5') }).click();
  const weeks = week.dialog.getByRole('region', { name: t('rules.try.label') });
  const tried = (await house.clerk.call('previewDutyRules', { body: { rules: [{ name: 'digest_weekday', value: '5' }] } })).body.messages;
  assert.ok(tried.was.messages > 0);
  await weeks.getByRole('row', { name: new RegExp(`^${t('rules.try.messages')} ${tried.was.messages} ${tried.now.messages}$`) }).waitFor();
  await weeks.getByText(t('rules.try.ifNothing')).waitFor();
  await assertAccessible(page, 'reminders tried');
  await picture(page, 'rules-try-reminders');
  await week.save();
  assert.equal(await valueOf('digest_weekday'), '5');
  await page.getByText(t('calendar.weekday.5')).first().waitFor();
});

test('who does not set them reads them, also on a phone', async (it) => {
  const liaison = await house.server.addUser('reads', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  const { page, t } = await openPage(it, house, { path: '/rules', signedIn: false, size: PHONE });
  await signIn(page, t, liaison);
  await page.getByRole('heading', { level: 1, name: t('rules.heading') }).waitFor();
  await page.getByText(t('rules.readOnly')).waitFor();
  assert.equal(await page.getByRole('button', { name: t('rules.edit') }).count(), 0);
  assert.equal(await page.getByRole('button', { name: t('rules.back') }).count(), 0);
  await page.getByRole('button', { name: t('rules.allChanges') }).click();
  await page.getByRole('dialog', { name: t('rules.changes') }).getByRole('cell', { name: t('rule.person_cap.name') }).first().waitFor();
  await assertAccessible(page, 'rules, read only, on a phone');
  await page.keyboard.press('Escape');
  await picture(page, 'rules-phone');
});

test('what is owed goes by its columns, by key, and the address has it', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/owed?show=all' });
  const grid = page.getByRole('grid', { name: t('nav.owed') });
  const head = grid.getByRole('columnheader', { name: t('owed.unit') });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/order=unit/);
  await grid.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: t('owed.unit') }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/order=-unit/);
  const [last] = (await house.clerk.call('listObligations', { query: { order: '-unit', limit: 1 } })).body.items;
  await grid.getByRole('row').nth(1).getByText(last.unit_name).waitFor();
  await assertAccessible(page, 'owed, by unit');
  await page.goto('/office?open=late');
  const late = page.getByRole('region', { name: t('office.late') });
  await late.getByRole('columnheader', { name: t('owed.unit') }).getByRole('button').click();
  await page.waitForURL(/open=late&order=unit|order=unit&open=late/);
  await late.getByRole('row').nth(1).waitFor();
  await assertAccessible(page, 'office, late by unit');
});
