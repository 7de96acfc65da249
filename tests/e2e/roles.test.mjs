/*
 * Each role's day on the played city (play/), as the manual's pages docs/manual/role-*.md tell it; their pictures are made anew with
 * XJ_PICTURES.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manualPicture, openAs, startPlayedHouse } from './support.mjs';

let house;
before(async () => { house = await startPlayedHouse(); });
after(async () => { await house?.stop(); });

const main = (page) => page.getByRole('main');

/* What the API says, as the office sees it. */
async function asked(id, params) {
  const clerk = house.office ??= await house.server.signIn();
  const reply = await clerk.call(id, params);
  assert.ok(reply.status < 300, JSON.stringify(reply.body));
  return reply.body;
}

async function until(what, says) {
  for (let i = 0; i < 300; i += 1) {
    if (await what()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail(`never: ${says}`);
}

test('推进办: what is late, a return reviewed row by row, a task that asks to be ended', async (it) => {
  const { page, t } = await openAs(it, house, 'bangong');
  await page.getByRole('region', { name: t('office.late') }).getByRole('link').first().waitFor();
  await manualPicture(page, 'role-office');
  await page.getByRole('navigation', { name: t('office.waits') }).getByRole('link', { name: new RegExp(t('office.sent')) }).click();
  await page.getByRole('heading', { level: 2, name: t('office.sent') }).waitFor();
  const waiting = (await asked('listObligations', { query: { kind: 'return', state: 'sent', limit: 100 } })).items
    .filter((o) => o.rows > 1).sort((a, b) => a.rows - b.rows)[0];
  assert.ok(waiting, 'a return waits');
  await page.goto(`/returns/${waiting.id}`);
  await page.getByRole('button', { name: t('return.acceptAll', { n: waiting.rows }) }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: t('return.acceptAll', { n: waiting.rows - 1 }) }).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel(t('return.whyBack')).fill('请写明到本月底完成多少。');
  await manualPicture(page, 'role-office-review');
  await page.getByRole('button', { name: t('return.sendBack') }).click();
  await page.getByText('请写明到本月底完成多少。').first().waitFor();
  await page.goto('/office?open=asked');
  await page.getByRole('heading', { level: 2, name: t('office.asked') }).waitFor();
  await main(page).getByRole('link').filter({ hasNotText: t('office.asked') }).last().waitFor();
  const [task] = (await asked('listDuties', { query: { state: 'completion_asked', limit: 10 } })).items;
  await page.goto(`/duties/${task.id}`);
  await page.getByRole('heading', { level: 1, name: task.title }).waitFor();
  await page.getByRole('button', { name: t('duty.move.review') }).waitFor();
  await manualPicture(page, 'role-office-task');
});

test('领导: the lights of all actions, down to one task', async (it) => {
  const { page, t } = await openAs(it, house, 'lingdao');
  await page.locator('.xj-chart-box svg').nth(1).waitFor();
  await page.getByRole('region', { name: t('overview.turnedTable') }).waitFor();
  await manualPicture(page, 'role-leader');
  const [red] = (await asked('listDuties', { query: { light: 'red', kind: 'task', origin: 'plan', limit: 10 } })).items;
  await page.goto(`/duties/${red.id}`);
  await page.getByRole('heading', { level: 1, name: red.title }).waitFor();
  await page.getByRole('region', { name: t('duty.lightsOf', { unit: red.owner_name }) }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('duty.move.extend') }).count(), 0, 'a leader moves nothing');
  await manualPicture(page, 'role-leader-task');
});

test('联络员: what is owed, a notice acknowledged, a return written and sent', async (it) => {
  const { page, t } = await openAs(it, house, 'jiaoyu');
  await page.getByRole('grid', { name: t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().waitFor();
  await manualPicture(page, 'role-liaison');
  const [told] = (await asked('listDuties', { query: { state: 'assigned', limit: 50 } })).items.filter((d) => d.owner_name === '市教育局');
  assert.ok(told, 'a task waits to be acknowledged');
  await page.goto(`/duties/${told.id}`);
  await page.getByRole('button', { name: t('duty.move.acknowledge') }).click();
  await page.getByText(t('duty.state.acknowledged')).first().waitFor();
  await page.goto('/owed');
  await page.getByRole('grid', { name: t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().click();
  const [owed] = (await asked('listObligations', { query: { unit: told.owner, kind: 'return', open: true, limit: 10 } })).items;
  const rows = (await asked('getReturn', { path: { return: owed.id } })).rows;
  await page.getByLabel(t('return.textOf', { title: rows.at(-1).title })).waitFor();
  const other = rows.find((row) => row.figures.length > 0) ?? rows[0];
  await page.getByLabel(t('return.textOf', { title: other.title })).scrollIntoViewIfNeeded();
  await manualPicture(page, 'role-liaison-return');
  for (const row of rows) {
    const text = page.getByLabel(t('return.textOf', { title: row.title }));
    if (await text.inputValue() === '') await text.fill('按分工推进，本期重点环节已完成，资料已归档。');
  }
  await until(async () => (await asked('getReturn', { path: { return: owed.id } })).rows.every((row) => row.text !== '' || row.same), 'all rows are kept');
  await page.getByRole('button', { name: t('return.send'), exact: true }).click();
  await until(async () => (await asked('getReturn', { path: { return: owed.id } })).head.state === 'sent', 'the return is sent');
});

test('经办人、科室和单位负责人: the unit’s tasks, one task handed to a section, the unit’s sheet', async (it) => {
  const officer = await openAs(it, house, 'jingban');
  await officer.page.goto('/duties');
  await officer.page.getByRole('grid', { name: officer.t('nav.duties') }).getByRole('link').first().waitFor();
  await manualPicture(officer.page, 'role-officer');
  const { page, t } = await openAs(it, house, 'juzhang');
  const unit = (await asked('listUnits', { query: { q: '市教育局' } })).items.find((u) => u.name === '市教育局');
  await page.goto(`/units/${unit.id}/sheet`);
  await page.getByRole('heading', { name: t('sheet.title', { unit: '市教育局' }) }).waitFor();
  await manualPicture(page, 'role-unit-head');
});

test('县区推进办: the county’s own return', async (it) => {
  const { page, t } = await openAs(it, house, 'xianban');
  await page.getByRole('grid', { name: t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().click();
  await page.getByText(t('return.planWords')).first().waitFor();
  await manualPicture(page, 'role-county');
});

test('督导员和评估员: a secret visit recorded, a rectification checked', async (it) => {
  const { page } = await openAs(it, house, 'ducha');
  await page.getByRole('link', { name: '公共场所控烟暗访' }).click();
  await page.getByRole('heading', { level: 1, name: '公共场所控烟暗访' }).waitFor();
  await manualPicture(page, 'role-inspector');
  const waiting = (await asked('listFindings', { query: { limit: 100 } })).items.find((f) => f.rectification?.state === 'closing_asked');
  const checker = await openAs(it, house, 'ducha2');
  await checker.page.goto(`/findings/${waiting.id}`);
  await checker.page.getByText(waiting.words).first().waitFor();
  await manualPicture(checker.page, 'role-inspector-check');
  const evaluator = await openAs(it, house, 'pinggu');
  await evaluator.page.getByRole('link', { name: '健康泓州行动年度专项督导' }).waitFor();
  const expert = await openAs(it, house, 'zhuanjia');
  await expert.page.goto('/tasks');
  await expert.page.getByRole('grid', { name: expert.t('tasks.heading') }).getByRole('row').nth(1).waitFor();
});

test('系统管理员: people and their accounts, and what is signed in', async (it) => {
  const { page, t } = await openAs(it, house, 'guanli');
  await page.getByRole('grid', { name: t('nav.people') }).getByRole('link', { name: '许蔓' }).waitFor();
  await manualPicture(page, 'role-administrator');
  await page.getByRole('grid', { name: t('nav.people') }).getByRole('link', { name: '许蔓' }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: '许蔓' }).waitFor();
  await manualPicture(page, 'role-administrator-person');
});
