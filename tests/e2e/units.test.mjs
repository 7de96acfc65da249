/* 单位: the directory, one unit, names that may be one, and the sheet that goes on paper. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { artefacts, assertAccessible, DESK, importText, openPage, PHONE, picture, publish, sampleText, signIn, startHouse } from './support.mjs';

let house;
let units;

/* Two names that may be one in each of three counties, a group, and a unit with many tasks. */
const NAMES = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕88号

一、健康知识普及行动
1.建立专家库。（责任单位：岚溪县卫健局、各县区人民政府）
2.发布核心信息，到2027年居民健康素养水平达到25%以上。（牵头单位：岚溪县卫生健康局，配合单位：市教育局；完成时限：2026年6月底前）
3.开展宣传。（责任单位：青峪县卫健局、青峪县卫生健康局）
4.开展巡讲。（责任单位：柏川县卫健局、柏川县卫生健康局）
`;

before(async () => {
  house = await startHouse();
  for (const [name, text] of [['01.txt', sampleText('01-numbered-clauses')], ['names.txt', NAMES]])
    await publish(house, (await importText(house, name, text)).version);
  units = new Map((await house.clerk.call('listUnits', { query: { limit: 500 } })).body.items.map((u) => [u.name, u]));
});
after(async () => { await house?.stop(); });

const unitOf = async (id) => (await house.clerk.call('getUnit', { path: { unit: id } })).body;
const grid = (page, t) => page.getByRole('grid', { name: t('unit.heading') });

async function choose(page, name, option) {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
}

for (const [lang, size, label] of [['zh', DESK, 'desk'], ['en', DESK, 'desk'], ['zh', PHONE, 'phone']]) {
  test(`the directory, a unit and its sheet are shown and accessible (${lang}, ${label})`, async (it) => {
    const { page, t } = await openPage(it, house, { path: '/units', lang, size });
    await grid(page, t).getByRole('row').nth(1).waitFor();
    await page.getByRole('status').filter({ hasText: t('unit.count', { n: units.size }) }).waitFor();
    await assertAccessible(page, 'directory');
    await picture(page, `units-${lang}-${label}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(sideways, 0, 'the page does not scroll sideways');

    await page.goto(`/units/${units.get('市教育局').id}`);
    await page.getByRole('grid', { name: t('unit.tasksOf', { unit: '市教育局' }) }).getByRole('row').nth(1).waitFor();
    await assertAccessible(page, 'unit');
    await picture(page, `unit-${lang}-${label}`);
    for (const tab of ['names', 'people']) {
      await page.getByRole('navigation', { name: t('unit.parts') }).getByRole('link', { name: t(`unit.tab.${tab}`) }).click();
      await page.waitForURL(new RegExp(`tab=${tab}`));
      await page.waitForLoadState('networkidle');
      await assertAccessible(page, tab);
      await picture(page, `unit-${tab}-${lang}-${label}`);
    }
    await page.getByRole('link', { name: t('unit.sheet') }).click();
    await page.getByRole('heading', { name: t('sheet.title', { unit: '市教育局' }) }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    await assertAccessible(page, 'sheet');
    await picture(page, `unit-sheet-${lang}-${label}`);
  });
}

test('the directory is narrowed by words, first letters, kind and level, and exported', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units' });
  await grid(page, t).getByRole('row').nth(1).waitFor();
  const search = page.getByLabel(t('unit.find'));
  const shows = async (query) => {
    const n = (await house.clerk.call('listUnits', { query: { limit: 500, ...query } })).body.items.length;
    assert.ok(n > 0);
    await page.getByRole('status').filter({ hasText: new RegExp(`^${t('unit.count', { n })}$`) }).waitFor();
  };
  await search.fill('教育');
  await search.press('Enter');
  await shows({ q: '教育' });
  await search.fill('sjyj');
  await search.press('Enter');
  await shows({ q: 'sjyj' });
  await grid(page, t).getByRole('link', { name: '市教育局', exact: true }).waitFor();
  await page.getByRole('button', { name: t('filter.clear') }).click();
  await choose(page, t('unit.kindOf'), t('unit.kind.government'));
  await shows({ kind: 'government' });
  await choose(page, t('unit.level'), t('unit.level.county'));
  await shows({ kind: 'government', level: 'county' });
  assert.match(page.url(), /kind=government.*level=county/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('export.act') }).click()]);
  assert.match(file.suggestedFilename(), /\.xlsx$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
  await search.fill('没有这样的单位');
  await search.press('Enter');
  await page.getByText(t('unit.noMatch')).waitFor();
});

test('the directory is worked by keyboard, and Back returns to the row', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units' });
  await grid(page, t).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/units\/\d+$/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goBack();
  await page.locator('[role=row][aria-selected=true][data-index="1"]').waitFor();
});

test('numbers open the tasks they count, and tasks lead to their units', async (it) => {
  const education = units.get('市教育局');
  const { page, t } = await openPage(it, house, { path: '/units?q=市教育局' });
  const role = education.lead > 0 ? 'lead' : 'responsible';
  await page.getByRole('link', { name: t('totals.open', { name: '市教育局', role: t(`role.${role}`), n: education[role] }) }).click();
  const list = page.getByRole('grid', { name: t('unit.tasksOf', { unit: '市教育局' }) });
  await list.waitFor();
  assert.equal(await list.getAttribute('aria-rowcount'), String(education[role] + 1));
  await list.getByRole('link').first().click();
  await page.waitForURL(/\/tasks\/\d+/);
  await page.getByRole('link', { name: '市教育局', exact: true }).first().click();
  await page.waitForURL(new RegExp(`/units/${education.id}$`));
  await page.goto(`/search?q=${encodeURIComponent('市教育局')}`);
  await page.getByRole('region', { name: t('search.units') }).getByRole('link').first().click();
  await page.waitForURL(/\/units\/\d+$/);
});

test('names that may be one are decided, all alike at once, and taken back', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/units/aliases' });
  const alike = page.getByRole('rowgroup').filter({ hasText: t('alias.alike', { n: 3, a: '健', b: '生健康' }) });
  await alike.waitFor();
  await assertAccessible(page, 'aliases');
  await picture(page, 'aliases-zh-desk');
  const pair = { alias: '岚溪县卫健局', unit: '岚溪县卫生健康局' };
  const acts = page.getByRole('group', { name: t('alias.decide', pair) });
  await acts.getByRole('button', { name: t('alias.same') }).click();
  await acts.getByText(t('alias.confirmed')).waitFor();
  assert.equal((await unitOf(units.get(pair.alias).id)).alias_of.name, pair.unit);
  await acts.getByRole('button', { name: t('alias.takeBack') }).click();
  await acts.getByRole('button', { name: t('alias.same') }).waitFor();
  assert.equal((await unitOf(units.get(pair.alias).id)).alias_of, null);
  await alike.getByRole('button', { name: t('alias.allSame', { n: 3 }) }).click();
  for (const county of ['岚溪县', '青峪县', '柏川县']) {
    await page.getByRole('group', { name: t('alias.decide', { alias: `${county}卫健局`, unit: `${county}卫生健康局` }) })
      .getByText(t('alias.confirmed')).waitFor();
    assert.equal((await unitOf(units.get(`${county}卫健局`).id)).alias_of.name, `${county}卫生健康局`);
  }
  await assertAccessible(page, 'aliases decided');
  await picture(page, 'aliases-decided-zh-desk');

  // taken back on the unit's own page
  await page.goto(`/units/${units.get('岚溪县卫生健康局').id}?tab=names`);
  await page.getByRole('group', { name: t('alias.decide', pair) }).getByRole('button', { name: t('alias.takeBack') }).click();
  await page.getByRole('group', { name: t('alias.decide', pair) }).getByRole('button', { name: t('alias.different') }).click();
  await page.getByText(t('alias.rejected')).waitFor();
  assert.equal((await unitOf(units.get(pair.alias).id)).alias_of, null);
});

test('a unit is edited, and two who edit it see each other\'s words', async (it) => {
  const id = units.get('青峪县卫生健康局').id;
  const { page, t } = await openPage(it, house, { path: `/units/${id}` });
  await page.getByRole('button', { name: t('unit.edit') }).click();
  const dialog = page.getByRole('dialog', { name: t('unit.editTitle', { unit: '青峪县卫生健康局' }) });
  await choose(page, t('unit.kindOf'), t('unit.kind.institution'));
  await dialog.getByLabel(t('unit.pick')).fill('教育局');
  await page.locator('.ant-select-dropdown:visible').getByText('市教育局', { exact: true }).click();
  await assertAccessible(page, 'edit');
  const { version } = await unitOf(id);
  const other = await house.clerk.call('changeUnit', { path: { unit: id }, headers: { 'if-match': `"${version}"` }, body: { level: 'town' } });
  assert.equal(other.status, 200);
  await dialog.getByRole('button', { name: t('act.save') }).click();
  await dialog.getByRole('alert').getByText(t('unit.level.town')).waitFor();
  await assertAccessible(page, 'edit, stale');
  await picture(page, 'unit-edit-stale-zh-desk');
  await dialog.getByRole('button', { name: t('check.keepMine') }).click();
  await dialog.waitFor({ state: 'detached' });
  const now = await unitOf(id);
  assert.deepEqual([now.kind, now.level, now.parent.name], ['institution', 'county', '市教育局']);
});

test('the members of a group phrase are set', async (it) => {
  const id = units.get('各县区人民政府').id;
  const { page, t } = await openPage(it, house, { path: `/units/${id}?tab=members` });
  await page.getByText(t('check.noMembers')).waitFor();
  const add = page.getByLabel(t('unit.addMember'));
  for (const name of ['岚溪县卫生健康局', '柏川县卫生健康局']) {
    await add.fill(name);
    await page.locator('.ant-select-dropdown:visible').getByText(name, { exact: true }).click();
  }
  await page.getByRole('button', { name: t('act.save') }).click();
  await page.getByRole('button', { name: t('act.save') }).and(page.locator(':disabled')).waitFor();
  assert.deepEqual((await unitOf(id)).members.map((u) => u.name).sort(), ['柏川县卫生健康局', '岚溪县卫生健康局'].sort());
  await assertAccessible(page, 'members');
  await picture(page, 'unit-members-zh-desk');
  await add.fill('没有的单位');
  await add.press('Enter');
  await page.getByText(t('unit.unknown', { name: '没有的单位' })).waitFor();
});

test('the sheet has all that a unit owes, as one of a group too, and is A4 on paper', async (it) => {
  const unit = units.get('岚溪县卫生健康局');
  const { page, t } = await openPage(it, house, { path: `/units/${unit.id}/sheet` });
  const paper = page.getByRole('article');
  await paper.getByText('发布核心信息').last().waitFor();
  await paper.getByRole('heading', { name: t('sheet.asGroup', { group: '各县区人民政府' }) }).waitFor();
  await paper.getByText('建立专家库').waitFor();
  await paper.getByText('云政发〔2026〕88号').first().waitFor();
  await paper.getByText('居民健康素养水平').last().waitFor();
  mkdirSync(artefacts, { recursive: true });
  await page.goto(`/units/${units.get('市教育局').id}/sheet`);
  await page.getByRole('article').getByRole('row').nth(3).waitFor();
  await page.emulateMedia({ media: 'print' });
  const bytes = await page.pdf({ path: join(artefacts, 'unit-sheet.pdf'), preferCSSPageSize: true, printBackground: false });
  assert.match(bytes.toString('latin1'), /\/MediaBox \[0 0 (594|595)[.\d]* (841|842)[.\d]*\]/, 'A4 upright');
});

test('doubtful names are decided while a draft is checked, and a group leads to its members', async (it) => {
  const text = NAMES.replaceAll('88号', '89号').replaceAll('青峪县', '松岗县');
  const { version } = await importText(house, 'draft.txt', text);
  const { page, t } = await openPage(it, house, { path: `/versions/${version.summary.id}/check` });
  await page.getByRole('link', { name: t('check.panel.tables') }).click();
  const acts = page.getByRole('group', { name: t('alias.decide', { alias: '松岗县卫健局', unit: '松岗县卫生健康局' }) });
  await acts.getByRole('button', { name: t('alias.same') }).click();
  await acts.getByText(t('alias.confirmed')).waitFor();
  await assertAccessible(page, 'tables');
  await picture(page, 'check-tables-aliases-zh-desk');
  await acts.getByRole('button', { name: t('alias.takeBack') }).click();
  await acts.getByRole('button', { name: t('alias.same') }).waitFor();
  await page.getByRole('link', { name: t('unit.setMembers') }).first().click();
  await page.waitForURL(/tab=members/);
});

test('who may not change units sees no such act', async (it) => {
  const account = await house.server.addUser('liaison-u', '云沂市', { post: 'liaison_a', unit: '市教育局' });
  const { page, t } = await openPage(it, house, { path: `/units/${units.get('市教育局').id}`, signedIn: false });
  await signIn(page, t, account);
  await page.getByRole('grid', { name: t('unit.tasksOf', { unit: '市教育局' }) }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('unit.edit') }).count(), 0);
  await page.goto('/units/aliases');
  await page.getByRole('table').or(page.getByText(t('alias.none.proposed'))).first().waitFor();
  assert.equal(await page.getByRole('button', { name: t('alias.same') }).count(), 0);
});
