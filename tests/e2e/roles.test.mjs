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

/* What is under 进展, from whatever page stands there now. */
async function progress(page, t, name) {
  await page.getByRole('navigation', { name: t('frame.nav') }).getByRole('button').first().click();
  await page.getByRole('menuitem', { name: t(name) }).click();
}

test('推进办: what is late, a return reviewed row by row, a task that asks to be ended', async (it) => {
  const { page, t } = await openAs(it, house, 'bangong');
  await page.getByRole('region', { name: t('office.late') }).getByRole('link').first().waitFor();
  await manualPicture(page, 'role-office');
  await page.getByText(t('office.paste')).click();
  await page.locator('pre').filter({ hasText: '白芷县' }).waitFor();
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

test('推进办: a letter taken in, what is due this month, what units were asked for', async (it) => {
  const { page, t } = await openAs(it, house, 'bangong2');
  await page.getByRole('link', { name: t('nav.intake') }).click();
  await page.getByRole('region', { name: t('intake.came') }).getByRole('button').first().waitFor();
  const unit = (await asked('listUnits', { query: { q: '市水利局' } })).items.find((u) => u.name === '市水利局');
  const [owed] = (await asked('listObligations', { query: { unit: unit.id, kind: 'return', open: true, limit: 10 } })).items;
  const { rows } = await asked('getReturn', { path: { return: owed.id } });
  const letter = ['市水利局关于任务进展情况的报告', '市推进办：',
    ...rows.flatMap((row, i) => [`${i + 1}．${row.title}`, '按分工推进，本期重点环节已完成，资料已归档。', '下一步：开展一次抽查。']), '沿线群众反映水质明显好转。'].join('\n\n');
  await page.locator(`input[aria-label="${t('drop.choose')}"]`).setInputFiles({ name: '水利局报告.txt', mimeType: 'text/plain', buffer: Buffer.from(letter) });
  await page.getByRole('combobox', { name: t('intake.unit') }).fill('市水利局');
  await page.locator('.ant-select-item-option').getByText('市水利局', { exact: true }).first().click();
  const written = page.getByRole('region', { name: t('intake.rows') });
  await written.getByLabel(t('return.textOf', { title: rows[0].title })).waitFor();
  const praise = page.getByRole('region', { name: t('intake.pieces') }).getByRole('listitem').filter({ hasText: '沿线群众反映' });
  await praise.getByRole('combobox').first().selectOption({ label: `${rows[0].no} ${rows[0].title}` });
  await written.getByRole('listitem', { name: rows[0].title }).getByLabel(t('return.percent')).fill('90');
  await manualPicture(page, 'intake');
  await page.getByRole('button', { name: t('intake.keepSend') }).click();
  await page.getByRole('region', { name: t('intake.came') }).getByRole('button', { name: t('files.download', { name: '水利局报告.txt' }) }).waitFor();
  await manualPicture(page, 'intake-came');
  await progress(page, t, 'nav.calendar');
  const days = page.getByRole('link', { name: /到期/ });
  await page.getByRole('button', { name: t('calendar.after') }).click();
  await days.first().waitFor();
  await manualPicture(page, 'progress-calendar');
  await days.first().click();
  await main(page).getByRole('link', { name: /报送单|完成/ }).first().waitFor();
  await progress(page, t, 'nav.burden');
  await page.locator('.xj-chart-box svg').first().waitFor();
  await page.getByRole('region', { name: t('burden.table') }).getByRole('row', { name: /市医保局/ }).waitFor();
  await manualPicture(page, 'progress-burden');
  await page.getByRole('link', { name: t('nav.inspections') }).click();
  await page.getByRole('link', { name: '健康泓州行动年度专项督导' }).click();
  await page.getByRole('region', { name: t('inspect.burden', { year: String(new Date().getFullYear()) }) }).waitFor();
});

test('领导: the lights of all actions, down to one task', async (it) => {
  const { page, t } = await openAs(it, house, 'lingdao');
  await page.locator('.xj-chart-box svg').nth(1).waitFor();
  await page.getByRole('region', { name: t('overview.turnedTable') }).waitFor();
  await manualPicture(page, 'role-leader');
  const heat = page.getByRole('figure').filter({ hasText: t('overview.heat') });
  await heat.getByText(t('chart.table')).click();
  await heat.getByRole('link', { name: new RegExp(t('light.red')) }).first().click();
  await page.getByRole('grid', { name: t('nav.duties') }).getByRole('link').first().waitFor();
  const [red] = (await asked('listDuties', { query: { light: 'red', kind: 'task', origin: 'plan', limit: 10 } })).items;
  await page.goto(`/duties/${red.id}`);
  await page.getByRole('heading', { level: 1, name: red.title }).waitFor();
  await page.getByRole('region', { name: t('duty.lightsOf', { unit: red.owner_name }) }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('duty.move.extend') }).count(), 0, 'a leader moves nothing');
  await manualPicture(page, 'role-leader-task');
  await progress(page, t, 'nav.actions');
  await page.getByRole('region', { name: t('actions.lights') }).getByRole('link', { name: '控烟行动' }).click();
  await page.getByRole('region', { name: t('actions.tasks'), exact: true }).getByRole('link').first().waitFor();
  await manualPicture(page, 'role-leader-action');
  await progress(page, t, 'nav.overview');
  await page.getByRole('link', { name: t('office.asked') }).click();
  await page.getByRole('heading', { level: 2, name: t('office.asked') }).waitFor();
  await progress(page, t, 'nav.overview');
  await page.getByRole('textbox', { name: t('overview.asOf') }).click();
  await page.getByText(t('overview.monthAgo'), { exact: true }).click();
  await page.getByRole('button', { name: t('overview.todayAct') }).click();
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
  await page.getByRole('button', { name: t('duty.move.dispatch') }).click();
  await page.getByRole('combobox', { name: t('duty.person') }).fill('殷小舟');
  await page.locator('.ant-select-item-option').getByText('殷小舟', { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('duty.move.dispatch') }).click();
  await page.getByText(t('duty.state.dispatched')).first().waitFor();
  await progress(page, t, 'nav.calendar');
  await page.getByRole('button', { name: t('calendar.after') }).click();
  await page.getByRole('link', { name: /到期/ }).first().waitFor();
  await page.getByRole('link', { name: t('nav.owed'), exact: true }).click();
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
  await officer.page.getByRole('link', { name: officer.t('nav.owed'), exact: true }).click();
  await officer.page.getByRole('grid', { name: officer.t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().click();
  const own = officer.page.getByRole('article').first();
  await own.getByRole('textbox').first().fill('本科室已完成第一批，正在核对名单。');
  await own.getByText(officer.t('return.keeping.kept')).waitFor();
  assert.equal(await officer.page.getByRole('button', { name: officer.t('return.send'), exact: true }).count(), 0, 'an officer writes and does not send');
  const { page, t } = await openAs(it, house, 'juzhang');
  const unit = (await asked('listUnits', { query: { q: '市教育局' } })).items.find((u) => u.name === '市教育局');
  await page.goto(`/units/${unit.id}/sheet`);
  await page.getByRole('heading', { name: t('sheet.title', { unit: '市教育局' }) }).waitFor();
  await manualPicture(page, 'role-unit-head');
});

test('市县对接: the city and a county that runs its own jurisdiction', async (it) => {
  const { page, t } = await openAs(it, house, 'bangong');
  await page.goto('/county-links');
  const links = page.getByRole('table', { name: t('county.heading') });
  await links.getByRole('cell', { name: t('county.state.linked') }).waitFor();
  assert.match(await page.title(), new RegExp(t('county.heading')));
  await manualPicture(page, 'county-links');

  const county = await openAs(it, house, 'tongxi-ban');
  await county.page.goto('/assignments');
  const table = county.page.getByRole('table', { name: t('assignment.heading') });
  await table.getByText(t('assignment.taken.adapted')).first().waitFor();
  assert.match(await county.page.title(), new RegExp(t('assignment.heading')));
  await manualPicture(county.page, 'county-assignments');
  await table.getByRole('row').filter({ hasText: t('assignment.taken.adapted') }).first()
    .getByRole('button', { name: new RegExp(t('assignment.decide')) }).click();
  const dialog = county.page.getByRole('dialog');
  await dialog.getByLabel(t('assignment.daysBefore')).waitFor();
  await manualPicture(county.page, 'county-taking');
  await dialog.getByRole('button', { name: t('act.cancel') }).click();
  await county.page.getByRole('link', { name: t('nav.owed'), exact: true }).click();
  await county.page.getByRole('grid', { name: t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().click();
  await county.page.getByText(t('return.planWords')).first().waitFor();
  await manualPicture(county.page, 'county-return');
});

test('县区推进办: the county’s own return', async (it) => {
  const { page, t } = await openAs(it, house, 'xianban');
  await page.getByRole('grid', { name: t('nav.owed') }).getByRole('link', { name: /报送单/ }).first().click();
  await page.getByText(t('return.planWords')).first().waitFor();
  await manualPicture(page, 'role-county');
  await page.getByRole('link', { name: t('nav.owed'), exact: true }).click();
  await page.getByRole('grid', { name: t('nav.owed') }).getByText(/评估报告/).first().waitFor();
  await progress(page, t, 'nav.calendar');
  await page.getByRole('button', { name: t('calendar.after') }).click();
  await page.getByRole('link', { name: /到期/ }).first().waitFor();
  await page.getByRole('link', { name: t('nav.inspections') }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.getByText('公共场所控烟暗访').count(), 0, 'nobody was told of it');
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
  await checker.page.getByRole('button', { name: checker.t('inspect.move.check') }).waitFor();
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
  await page.getByRole('link', { name: t('nav.people') }).first().click();
  await page.getByRole('button', { name: t('person.add') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('person.addAct') }).waitFor();
});
