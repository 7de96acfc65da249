/*
 * What the manual's pages role-*.md tell beyond a day's first half: a return signed by those whose signatures its unit asks for, more days
 * asked for and given, an instruction from its scan to the leader who read it, a whole return accepted, a rectification struck off.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { day } from './city.mjs';
import { manualPicture, openAs, root, startPlayedHouse } from './support.mjs';

let house;
before(async () => { house = await startPlayedHouse(); });
after(async () => { await house?.stop(); });

/* What the API says, as the office sees it. */
async function asked(id, params) {
  const clerk = house.office ??= await house.server.signIn();
  const reply = await clerk.call(id, params);
  assert.ok(reply.status < 300, JSON.stringify(reply.body));
  return reply.body;
}
const unitOf = async (name) => (await asked('listUnits', { query: { q: name } })).items.find((u) => u.name === name);

test('单位负责人 signs behind 科室负责人, which sends the return; the office accepts all of it', async (it) => {
  const section = await openAs(it, house, 'tiyu-ke');
  await section.page.getByRole('region', { name: section.t('owed.waits') }).getByRole('link', { name: /报送单/ }).first().click();
  await section.page.waitForURL(/\/returns\/\d+/);
  await section.page.getByText(/石砚秋/).first().waitFor(); // the section's signature stands already
  assert.equal(await section.page.getByRole('button', { name: section.t('signing.sign'), exact: true }).count(), 0);
  const id = Number(new URL(section.page.url()).pathname.split('/').at(-1));
  const head = await openAs(it, house, 'tiyu-ju');
  await head.page.goto(`/returns/${id}`);
  await head.page.getByRole('button', { name: head.t('signing.signOut') }).click();
  await head.page.getByText(head.t('return.state.sent')).first().waitFor();
  const { rows } = await asked('getReturn', { path: { return: id } });
  const { page, t } = await openAs(it, house, 'bangong');
  await page.goto(`/returns/${id}`);
  await page.getByRole('button', { name: t('return.acceptAll', { n: rows.length }) }).click();
  await page.getByText(t('return.state.accepted')).first().waitFor();
  assert.equal((await asked('getReturn', { path: { return: id } })).head.state, 'accepted');
});

test('联络员 asks for more days in the return, 推进办 grants them, the unit reads it', async (it) => {
  const unit = await unitOf('市教育局');
  const [owed] = (await asked('listObligations', { query: { unit: unit.id, kind: 'return', open: true, limit: 10 } })).items;
  const until = new Date(Date.parse(`${owed.due}T00:00:00Z`) + 5 * 86_400_000).toISOString().slice(0, 10);
  const liaison = await openAs(it, house, 'jiaoyu');
  await liaison.page.goto(`/returns/${owed.id}`);
  await liaison.page.getByRole('button', { name: liaison.t('request.startExtend') }).click();
  const dialog = liaison.page.getByRole('dialog', { name: liaison.t('request.title') });
  await dialog.getByLabel(liaison.t('duty.newDue')).fill(until);
  await dialog.getByLabel(liaison.t('duty.newDue')).press('Enter');
  await dialog.getByLabel(liaison.t('duty.why')).fill('学籍系统月底才出数');
  await dialog.getByRole('button', { name: liaison.t('request.send') }).click();
  await liaison.page.getByText(liaison.t('request.state.asked')).waitFor();
  const { page, t } = await openAs(it, house, 'bangong');
  await page.getByRole('navigation', { name: t('office.waits') }).getByRole('link', { name: new RegExp(t('office.requests')) }).click();
  const row = page.getByRole('region', { name: t('office.requests') }).getByRole('row').filter({ hasText: '学籍系统月底才出数' });
  await row.getByRole('button', { name: new RegExp(`^${t('request.grant')}`) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('request.grant'), exact: true }).click();
  await row.waitFor({ state: 'detached' });
  await liaison.page.reload();
  await liaison.page.getByText(liaison.t('request.state.granted')).waitFor();
  assert.equal((await asked('getReturn', { path: { return: owed.id } })).head.due, until);
});

test('督导员 checks what another found, 推进办 strikes it off; the findings of one action', async (it) => {
  const waiting = (await asked('listFindings', { query: { limit: 100 } })).items.find((f) => f.rectification?.state === 'closing_asked' && f.found_by.name !== '宋青山');
  assert.ok(waiting, 'a rectification waits to be checked');
  const checker = await openAs(it, house, 'ducha2');
  await checker.page.goto(`/findings/${waiting.id}`);
  await checker.page.getByRole('button', { name: checker.t('inspect.move.check') }).click();
  await checker.page.getByText(checker.t('inspect.rectification.checked'), { exact: true }).first().waitFor();
  const { page, t } = await openAs(it, house, 'bangong');
  await page.goto(`/findings/${waiting.id}`);
  await page.getByRole('button', { name: t('inspect.move.strike_off') }).click();
  await page.getByText(t('inspect.rectification.struck_off'), { exact: true }).first().waitFor();
  await page.getByRole('button', { name: t('inspect.move.strike_off') }).waitFor({ state: 'detached' });
  await page.goto('/inspections?show=closed');
  await page.getByRole('link', { name: waiting.words }).waitFor();
  const { items } = await asked('listFindings', { query: { stands: 'closed', limit: 100 } });
  const one = items.find((f) => f.action_no !== null);
  assert.ok(one, 'a finding of an action');
  const inside = items.filter((f) => f.action_no === one.action_no), outside = items.find((f) => f.action_no !== one.action_no);
  await page.getByRole('combobox', { name: t('task.action') }).click();
  await page.locator('.ant-select-item-option').getByText(one.action, { exact: true }).click();
  await page.waitForURL(new RegExp(`action=${one.action_no}`));
  await page.getByRole('link', { name: one.words }).waitFor();
  if (outside) await page.getByRole('link', { name: outside.words, exact: true }).waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('region').getByRole('row').count(), inside.length + 1);
});

test('批示: 推进办 enters it with its scan, the unit reports, 领导 reads what came of it', async (it) => {
  const title = '查清校园直饮水水质';
  const office = await openAs(it, house, 'bangong');
  const { page, t } = office;
  await page.goto('/duties');
  await page.getByRole('button', { name: t('duty.add') }).click();
  const dialog = page.getByRole('dialog', { name: t('duty.add') });
  await dialog.getByLabel(t('duty.leader'), { exact: true }).fill('陆景行');
  await dialog.getByRole('combobox', { name: t('duty.leaderAccount') }).fill('陆景行');
  await page.getByTitle(/陆景行/).last().click();
  await dialog.getByLabel(t('duty.instruction')).fill('请教育局牵头查清，一周内报我。');
  await dialog.locator('input[type=file]').setInputFiles(join(root, 'samples/pdf/03-table.pdf'));
  await dialog.getByText('03-table.pdf').waitFor();
  await dialog.getByLabel(t('duty.field.title')).fill(title);
  await dialog.getByRole('combobox', { name: t('duty.owner') }).fill('教育局');
  await page.locator('.ant-select-item-option:visible').filter({ hasText: '市教育局' }).first().click();
  await dialog.getByRole('textbox', { name: t('duty.due') }).fill(day(7));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: t('duty.addAct') }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const { pathname } = new URL(page.url());
  const unit = await openAs(it, house, 'jiaoyu');
  await unit.page.goto(pathname);
  await unit.page.getByRole('button', { name: t('duty.move.acknowledge') }).click();
  await unit.page.getByRole('button', { name: t('duty.move.begin') }).click();
  await unit.page.getByRole('button', { name: t('instruction.report') }).click();
  await unit.page.getByRole('dialog').getByLabel(t('instruction.result')).fill('已逐校核查，三处管网已更换，水质复检合格。');
  await unit.page.getByRole('dialog').getByRole('button', { name: t('instruction.report') }).click();
  await unit.page.getByText(t('instruction.reported'), { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: t('duty.move.lay_before') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('duty.move.lay_before') }).click();
  await page.getByText(t('duty.state.laid_before'), { exact: true }).waitFor();
  const leader = await openAs(it, house, 'lingdao');
  const box = leader.page.getByRole('region', { name: t('instruction.heading') });
  await box.getByText('三处管网已更换', { exact: false }).waitFor();
  await manualPicture(leader.page, 'role-leader-read');
  await box.getByRole('button', { name: t('instruction.readOf', { title }) }).click();
  await box.getByRole('button', { name: t('instruction.readOf', { title }) }).waitFor({ state: 'detached' });
  await leader.page.goto(pathname);
  await leader.page.getByText(t('duty.state.read'), { exact: true }).first().waitFor();
});
