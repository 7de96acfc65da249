/* 校核: the document beside its register, until it can be published. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, assertAccessible, importText, longPlan, openPage, picture, sampleText, signIn, startHouse } from './support.mjs';

let house;
let made = 0;

before(async () => { house = await startHouse(); });
after(async () => { await house.stop(); });

/* A draft of its own: the sample under another number. */
async function draft(text = sampleText('01-numbered-clauses')) {
  made += 1;
  const numbered = text.replace(/〔(\d{4})〕\d+号/, `〔$1〕${700 + made}号`);
  assert.notEqual(numbered, text, 'the sample has a number');
  return (await importText(house, `draft-${made}.txt`, numbered)).version;
}

const open = (t, version, more = {}) => openPage(t, house, { path: `/versions/${version.summary.id}/check`, ...more });

/* Choose the row whose title begins with TEXT. */
async function choose(page, t, text) {
  await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row', { name: new RegExp(text.slice(0, 8)) }).first().click();
  await page.getByRole('group', { name: t('check.rowActs') }).waitFor();
}

async function tasksOf(version) {
  const reply = await house.clerk.call('getCheck', { path: { version: version.summary.id } });
  assert.equal(reply.status, 200);
  return reply.body;
}

/* Until WHAT holds of what the server has. */
async function until(what, says) {
  for (let i = 0; i < 200; i += 1) {
    const got = await what();
    if (got) return got;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return assert.fail(`never: ${says}`);
}

/* Somebody else changes a row, who has seen the draft at version AT. */
async function otherSets(version, at, task, change) {
  const reply = await house.clerk.call('editVersion', {
    path: { version: version.summary.id }, headers: { 'if-match': `"${at}"` }, body: { edits: [{ op: 'set', tasks: [task], change }] },
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
}

for (const lang of ['zh', 'en']) {
  test(`a row is corrected beside its words, and stays so (${lang})`, async (it) => {
    const version = await draft();
    const { page, t } = await open(it, version, { lang });
    const [first] = (await tasksOf(version)).tasks;
    await choose(page, t, first.title);
    const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
    await title.fill('改过的任务');
    await title.blur();
    await until(async () => (await tasksOf(version)).tasks[0].title === '改过的任务', 'the title is stored');
    await page.getByLabel(t('check.roleOf', { name: first.units[0].name })).focus();
    await page.locator('.xj-src-focus').first().waitFor();
    assert.ok(first.units[0].name.includes((await page.locator('.xj-src-focus').first().textContent()).trim().slice(0, 2)));
    await assertAccessible(page, 'check, rows');
    await picture(page, `check-${lang}`);
    await page.reload();
    await page.getByRole('row', { name: /改过的任务/ }).waitFor();
  });
}

test('words clicked show their row', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const tasks = (await tasksOf(version)).tasks;
  const last = tasks.at(-1);
  const words = last.title.slice(0, 6);
  await page.getByRole('region', { name: t('check.source') }).getByText(words).last().click();
  await page.getByRole('region', { name: t('check.row', { action: last.action, no: last.no }) }).waitFor();
});

test('units, deadline, targets and deliverables are changed in place', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const [first] = (await tasksOf(version)).tasks;
  await choose(page, t, first.title);
  const picker = page.getByLabel(t('check.addUnit'));
  await picker.fill('市气象局');
  await picker.press('Enter');
  await until(async () => (await tasksOf(version)).tasks[0].units.some((u) => u.name === '市气象局' && u.role === 'responsible'), 'the unit is added');
  await page.getByRole('button', { name: t('check.takeOut', { name: '市气象局' }) }).click();
  await until(async () => !(await tasksOf(version)).tasks[0].units.some((u) => u.name === '市气象局'), 'the unit is taken out');
  await page.getByRole('button', { name: t('check.addTarget') }).click();
  const value = page.getByLabel(t('target.value'), { exact: true }).last();
  await value.fill('1,200');
  await value.blur();
  await until(async () => (await tasksOf(version)).tasks[0].targets.some((g) => g.value === 1200), 'the target has its value');
  const deliverable = page.getByLabel(t('check.addDeliverable'));
  await deliverable.fill('工作方案');
  await deliverable.press('Enter');
  await until(async () => (await tasksOf(version)).tasks[0].deliverables.some((d) => d.name === '工作方案'), 'the deliverable is added');
  await page.getByRole('link', { name: t('check.panel.steps') }).click();
  for (let i = 0; i < 4; i++) {
    await page.getByRole('button', { name: t('check.stepDetail') }).nth(i).click();
    await page.locator('.xj-step-rows').waitFor();
    assert.doesNotMatch(await page.locator('.xj-step-rows').innerText(), /[{}[\]]|object/);
    await picture(page, `check-step-${i}-zh-desk`);
  }
});

test('rows are split, joined, added, removed; every step can be taken back', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const before_ = (await tasksOf(version)).tasks;
  await choose(page, t, before_[0].title);
  const text = page.getByRole('textbox', { name: t('check.text'), exact: true });
  await text.click();
  await text.evaluate((area) => { area.setSelectionRange(6, 6); });
  await page.getByRole('button', { name: t('check.split') }).click();
  await until(async () => (await tasksOf(version)).tasks.length === before_.length + 1, 'split');
  await page.getByRole('button', { name: t('check.join') }).click();
  await until(async () => (await tasksOf(version)).tasks.length === before_.length, 'joined');
  await page.getByRole('button', { name: t('check.add') }).click();
  await until(async () => (await tasksOf(version)).tasks.length === before_.length + 1, 'added');
  await page.getByRole('row', { name: new RegExp(t('check.newRow')) }).first().waitFor();
  await page.getByRole('button', { name: t('check.undo'), exact: true }).click();
  await until(async () => (await tasksOf(version)).tasks.length === before_.length, 'undone');
  await page.getByRole('link', { name: t('check.panel.steps') }).click();
  await page.getByRole('button', { name: t('check.stepDetail') }).last().click();
  await page.locator('.xj-step-rows').getByText(before_[0].title.slice(0, 6)).first().waitFor();
  await picture(page, 'check-step-split-zh-desk');
  await page.getByRole('button', { name: t('check.backToStart') }).click();
  await until(async () => {
    const now = (await tasksOf(version)).tasks;
    return now.length === before_.length && now[0].text === before_[0].text;
  }, 'as imported');
  await assertAccessible(page, 'check, steps');
});

test('what is to be confirmed and the warnings are worked off, then it is published without a remark', async (it) => {
  const version = await draft(sampleText('02-decomposition-table'));
  const { page, t } = await open(it, version);
  await page.getByRole('link', { name: t('check.panel.tables') }).click();
  await page.getByText(t('check.tablesWhat')).or(page.getByText(t('check.allConfirmed'))).waitFor();
  await assertAccessible(page, 'check, tables');
  const confirm = page.getByRole('button', { name: t('check.confirmDate') }).or(page.getByRole('button', { name: t('check.confirmNone') }));
  while (await confirm.count() > 0) {
    const left = await confirm.count();
    await confirm.first().click();
    await until(async () => (await confirm.count()) < left, 'the table empties');
  }
  await page.getByRole('link', { name: new RegExp(`^${t('check.panel.warnings')}`) }).click();
  for (;;) {
    const left = (await tasksOf(version)).version.summary.counts.warnings;
    if (left === 0) break;
    const grid = page.getByRole('grid', { name: t('count.warnings') });
    await grid.and(page.locator(`[aria-rowcount="${left + 1}"]`)).waitFor(); // the page knows what was settled last
    await grid.getByRole('row').nth(1).click();
    await page.getByLabel(t('check.whyNone')).fill('已核对原文');
    const all = page.getByRole('button', { name: /同类/ });
    await ((await all.count()) > 0 ? all : page.getByRole('button', { name: t('check.warningNone') })).click();
    await until(async () => (await tasksOf(version)).version.summary.counts.warnings < left, 'fewer warnings');
  }
  await page.getByText(t('check.noWarnings')).waitFor();
  await assertAccessible(page, 'check, warnings');
  await page.getByRole('button', { name: t('publish.act') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('publish.act') }).click();
  await page.getByText(t('check.notDraft')).waitFor();
});

test('two people: one is told, with both texts', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const { tasks, version: now } = await tasksOf(version);
  await choose(page, t, tasks[0].title);
  const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
  await title.fill('页面上写的');
  await otherSets(version, now.summary.version, tasks[0].id, { title: '别人写的' });
  await title.blur();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('页面上写的').waitFor();
  await dialog.getByText('别人写的').waitFor();
  await assertAccessible(page, 'check, conflict');
  // closing it loses nothing
  await dialog.getByRole('button', { name: t('check.later') }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await title.inputValue(), '页面上写的');
  await title.focus();
  await title.blur();
  await until(async () => (await tasksOf(version)).tasks[0].title === '页面上写的', 'mine holds, with theirs known');
});

test('two people: different parts of a text are put together, other fields both hold', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const { tasks: [task] } = await tasksOf(version);
  await choose(page, t, task.title);
  const text = page.getByRole('textbox', { name: t('check.text'), exact: true });
  await text.fill(`先由市里部署，${task.text}`);
  await otherSets(version, (await tasksOf(version)).version.summary.version, task.id, { text: `${task.text}年底总结。` });
  await text.blur();
  const dialog = page.getByRole('dialog');
  const both = `先由市里部署，${task.text}年底总结。`;
  await dialog.getByRole('textbox').waitFor();
  assert.equal(await dialog.getByRole('textbox').inputValue(), both);
  await assertAccessible(page, 'check, conflict with two parts');
  await picture(page, 'check-conflict');
  await dialog.getByRole('button', { name: t('check.store'), exact: true }).click();
  await until(async () => (await tasksOf(version)).tasks[0].text === both, 'both parts hold');

  const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
  await title.fill('我改标题');
  await otherSets(version, (await tasksOf(version)).version.summary.version, task.id, { strength: 'encouraged' });
  await title.blur();
  await until(async () => {
    const [now] = (await tasksOf(version)).tasks;
    return now.title === '我改标题' && now.strength === 'encouraged';
  }, 'nobody is asked where other fields were changed');
});

test('two people: theirs is taken, and the field shows it', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version, { lang: 'en' });
  const { tasks: [task], version: now } = await tasksOf(version);
  await choose(page, t, task.title);
  const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
  await title.fill('页面上写的');
  await otherSets(version, now.summary.version, task.id, { title: '别人写的' });
  await title.blur();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: t('check.takeTheirs') }).check();
  await dialog.getByRole('button', { name: t('check.store'), exact: true }).click();
  await page.getByText(t('check.unsaved')).waitFor({ state: 'detached' });
  await until(async () => (await title.inputValue()) === '别人写的', 'theirs is shown');
  // the row is taken out meanwhile: the act as a whole is asked for
  await title.fill('又改');
  const later = (await tasksOf(version)).version.summary.version;
  const gone = await house.clerk.call('editVersion', {
    path: { version: version.summary.id }, headers: { 'if-match': `"${later}"` }, body: { edits: [{ op: 'remove', tasks: [task.id] }] },
  });
  assert.equal(gone.status, 200);
  await title.blur();
  await dialog.getByText(t('check.rowGone')).waitFor();
  await dialog.getByText('又改').waitFor();
  await dialog.getByRole('button', { name: t('check.takeTheirs') }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.ok((await tasksOf(version)).tasks.every((row) => row.id !== task.id));
});

test('the line drops while somebody types: nothing is lost', async (it) => {
  const version = await draft();
  const { page, context, t } = await open(it, version, { offline: true });
  const [first] = (await tasksOf(version)).tasks;
  await choose(page, t, first.title);
  const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
  await context.setOffline(true);
  await title.fill('断网时写的');
  await title.blur();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await title.inputValue(), '断网时写的');
  await context.setOffline(false);
  await page.reload();
  await page.getByRole('textbox', { name: t('check.title'), exact: true }).waitFor();
  assert.equal(await title.inputValue(), '断网时写的');
  await title.focus();
  await title.blur();
  await until(async () => (await tasksOf(version)).tasks[0].title === '断网时写的', 'it is stored');
});

test('the session ends while somebody types: they sign in and go on', async (it) => {
  const version = await draft();
  const { page, context, t } = await open(it, version);
  const [first] = (await tasksOf(version)).tasks;
  await choose(page, t, first.title);
  const title = page.getByRole('textbox', { name: t('check.title'), exact: true });
  await title.fill('登录过期时写的');
  await context.clearCookies();
  await title.blur();
  await page.getByRole('dialog').waitFor();
  await signIn(page, t, house.server.account);
  await until(async () => (await tasksOf(version)).tasks[0].title === '登录过期时写的', 'it is stored');
});

test('a hostile document does nothing, long names fit', async (it) => {
  const bad = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
  const version = await draft();
  const { tasks, version: now } = await tasksOf(version);
  const made_ = await house.clerk.call('editVersion', {
    path: { version: version.summary.id }, headers: { 'if-match': `"${now.summary.version}"` },
    body: {
      edits: [
        { op: 'set_head', head: { title: bad, doc_no: bad, issuer: bad, jurisdiction: bad.slice(0, 60) } },
        { op: 'set_action', seq: now.actions[0].seq, action: { name: bad, lead_units: [bad] } },
        {
          op: 'set', tasks: [tasks[0].id],
          change: {
            title: `${bad}${'很长'.repeat(90)}`, text: bad, no: bad.slice(0, 50), units: [{ name: '长'.repeat(200), role: 'lead' }, { name: bad, role: 'cooperate' }],
            deliverables: [{ kind: 'document', name: bad }], targets: [{ indicator: bad, op: '>=', value: 1, unit: '=1+1', year: 2026 }],
          },
        },
        { op: 'add_obligation', obligation: { kind: 'report', what: bad, who: [bad], frequency: 'annual', due: ['06-15'] } },
      ],
    },
  });
  assert.equal(made_.status, 200, JSON.stringify(made_.body));
  for (const size of [DESK, PHONE]) {
    const { page, t } = await open(it, version, { size });
    await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row').nth(1).click();
    await page.getByRole('group', { name: t('check.rowActs') }).waitFor();
    for (const panel of ['tables', 'warnings', 'head', 'steps']) {
      await page.getByRole('link', { name: new RegExp(`^${t(`check.panel.${panel}`)}`) }).click();
      await page.getByRole('region', { name: t(`check.panel.${panel}`) }).waitFor();
    }
    assert.notEqual(await page.title(), '1');
    assert.equal(await page.locator('.xj-check img, .xj-check script').count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), 'no sideways scrolling');
    await picture(page, `check-hostile-${size === DESK ? 'desk' : 'phone'}`);
  }
});

test('two thousand rows are walked by keyboard', async (it) => {
  const version = await draft(longPlan(2000));
  const { tasks } = await tasksOf(version);
  const { page, t } = await open(it, version);
  const seen = (task) => page.getByRole('region', { name: t('check.row', { action: task.action, no: task.no }) }).waitFor();
  assert.equal(tasks.length, 2000);
  await page.locator('[role=grid][aria-rowcount="2001"]').waitFor();
  await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row').nth(1).click();
  await seen(tasks[0]);
  await page.keyboard.press('End');
  await seen(tasks.at(-1));
  await page.keyboard.press('k');
  await seen(tasks.at(-2));
});

test('what a correction taught is listed and can be forgotten', async (it) => {
  const version = await draft();
  const { page, t } = await open(it, version);
  const [first] = (await tasksOf(version)).tasks;
  await choose(page, t, first.title);
  await page.getByLabel(t('task.strength'), { exact: true }).click();
  const other = first.strength === 'must' ? 'expected' : 'must';
  await page.getByTitle(t(`strength.${other}`), { exact: true }).last().click();
  await until(async () => (await tasksOf(version)).tasks[0].strength === other, 'the strength is changed');
  await page.goto('/memory');
  await page.getByRole('heading', { name: t('memory.title') }).waitFor();
  await page.getByRole('table').or(page.getByText(t('memory.none'))).waitFor();
  await assertAccessible(page, 'memory');
});

test('where nobody leads, the unit that stands first does, everywhere at once', async (t) => {
  const lines = ['云沂市人民政府关于做好健康云沂行动的通知', '云政发〔2026〕77号', '', '一、实施控烟行动'];
  const pairs = [['市教育局', '市民政局'], ['市财政局', '市体育局'], ['市教育局', '市体育局']];
  pairs.forEach(([a, b], i) => lines.push(`${i + 1}.开展第${i + 1}项活动。（责任单位：${a}、${b}；完成时限：6月底前）`));
  const { version } = await importText(house, 'leads.txt', lines.join('\n') + '\n');
  const { page, t: w } = await openPage(t, house, { path: `/versions/${version.summary.id}/check` });
  await page.getByRole('link', { name: w('check.panel.tables') }).click();
  await page.getByRole('button', { name: w('check.allLead', { n: 3 }) }).click();
  await page.getByRole('button', { name: w('check.allLead', { n: 3 }) }).waitFor({ state: 'detached' });
  const tasks = (await house.clerk.call('getCheck', { path: { version: version.summary.id } })).body.tasks;
  assert.deepEqual(tasks.map((task) => task.units.find((u) => u.role === 'lead')?.name), ['市教育局', '市财政局', '市教育局']);
});
