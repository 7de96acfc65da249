import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, importText, openPage, PHONE, picture, publish, startHouse } from './support.mjs';

let house;
before(async () => { house = await startHouse(); });
after(async () => { await house?.stop(); });

const LECTURE = '建好健康讲堂。面向社区和学校安排课程，每月公布讲师名单。';
const HOTLINE = '办好热线。完善接听流程，记录市民提出的每个问题。';
const PARK = '改造公园步道。在城区公园增设照明和饮水点。';
const CARD = '发放运动卡。凭卡可以免费使用学校的操场。';
const BOOK = '编印膳食手册。送到每一户老年家庭，并请社区医生讲解怎样少盐少油。';

const plan = (no, lines) => `云沂市人民政府办公室文件

云政办发〔2033〕${no}号

云沂市人民政府办公室关于印发健康云沂行动${no}号实施方案的通知

健康云沂行动${no}号实施方案

一、健康知识普及行动
${lines.map(([text, month], i) => `${i + 1}.${text}（市卫生健康委牵头，市教育局配合，${month}月底前完成）`).join('\n')}

云沂市人民政府办公室
2033年2月3日
`;

/* A document NO with a version in force and an amended draft: one row the same, two reworded, one added, two dropped. */
async function amended(no) {
  const { version: old } = await importText(house, `old-${no}.txt`,
    plan(no, [[LECTURE, 6], [HOTLINE, 6], [PARK, 9], [CARD, 9], ['记录膳食。每季度走访食堂，公布用盐用油的数字。', 6]]));
  await publish(house, old);
  const { version: draft } = await importText(house, `new-${no}.txt`,
    plan(no, [['记录膳食。每季度走访食堂，公布用盐用油的数字。', 6], [`${LECTURE}另设夜间场次。`, 8], [`${HOTLINE}夜间也有人接听。`, 6], [BOOK, 6]]));
  return { old, draft, id: draft.document.id, path: `/documents/${draft.document.id}?version=${draft.summary.id}` };
}

const pairs = async (draft) =>
  (await house.clerk.call('listPairs', { path: { version: draft.summary.id }, query: {} })).body;
const decisions = async (draft, relation) => (await pairs(draft)).items.filter((p) => p.relation === relation).map((p) => [p.decision, p.decided]);
const decideElsewhere = async (draft, body) => {
  const now = (await house.clerk.call('getVersion', { path: { version: draft.summary.id } })).body.summary.version;
  const reply = await house.clerk.call('decidePairs', {
    path: { version: draft.summary.id }, headers: { 'if-match': `"${now}"` }, body });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
};
const settled = (page, name) => page.waitForResponse((r) => r.url().endsWith('/pairs/decision') && r.request().method() === 'POST'
  && (name === undefined || r.status() === name));
const chip = (page, w, relation) =>
  page.getByRole('navigation', { name: w('pairs.relations') }).getByRole('link', { name: new RegExp(`^${w(`relation.${relation}`)}`) });

test('an amended document is decided row by row, by keyboard, and by kind', async (t) => {
  const { draft, path } = await amended(11);
  const { page, t: w } = await openPage(t, house, { path: `${path}&tab=diff` });
  await page.getByRole('region', { name: w('version.tab.diff') }).getByRole('link', { name: w('pairs.link') }).click();
  const tab = page.getByRole('region', { name: w('version.tab.pairs') });
  await tab.getByText(w('pairs.openAll', { n: 4 })).waitFor();
  assert.equal(await chip(page, w, 'reworded').getAttribute('aria-current'), 'page');
  const rows = tab.getByRole('row').filter({ hasText: w('task.place', { action: '健康知识普及', no: '' }).slice(0, 6) });
  await rows.nth(1).waitFor();
  await rows.first().locator('ins').filter({ hasText: '夜间场次' }).waitFor();
  // what else changed stands with it: the deadline
  await rows.first().getByRole('rowheader', { name: w('field.deadline') }).waitFor();
  await assertAccessible(page, 'pairs');
  await picture(page, 'pairs-reworded-zh-desk');

  await page.keyboard.press('j');
  assert.ok(await rows.first().evaluate((row) => row === document.activeElement));
  let sent = settled(page, 200);
  await page.keyboard.press('3');
  await sent;
  assert.ok(await rows.nth(1).evaluate((row) => row === document.activeElement), 'the next row has the focus');
  await rows.first().getByRole('button', { name: w('decision.beside'), pressed: true }).waitFor();
  sent = settled(page, 200);
  await page.keyboard.press('1');
  await sent;
  await tab.getByText(w('pairs.openAll', { n: 2 })).waitFor();
  assert.deepEqual(await decisions(draft, 'reworded'), [['beside', true], ['same', true]]);

  // on to what is open: the dropped rows, all at once
  await page.keyboard.press('u');
  await page.waitForURL(/relation=dropped/);
  await tab.getByText('改造公园步道').first().waitFor();
  await assertAccessible(page, 'dropped pairs');
  await picture(page, 'pairs-dropped-zh-desk');
  await tab.getByRole('button', { name: w('pairs.alikeAs', { decision: w('decision.stays') }) }).click();
  const sure = page.getByRole('dialog');
  await sure.getByText(w('pairs.allTitle', { n: 2, relation: w('relation.dropped'), decision: w('decision.stays') })).last().waitFor();
  sent = settled(page, 200);
  await sure.getByRole('button', { name: w('pairs.allAct') }).click();
  await sent;
  await tab.getByText(w('pairs.allDecided')).waitFor();
  assert.deepEqual(await decisions(draft, 'dropped'), [['stays', true], ['stays', true]]);

  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: w('publish.title', { no: 2 }) });
  await dialog.getByText(w('pairs.allDecided')).waitFor();
  await dialog.getByRole('textbox').fill('已核对');
  await dialog.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await page.getByText(w('publish.done')).waitFor();
  const { items } = (await house.clerk.call('listTasks', { query: { version: draft.summary.id } })).body;
  assert.equal(items.length, 7, 'four of its own, two that stay, one beside');
});

test('a decision that came too late says what stands now, and can be made again', async (t) => {
  const { draft, path } = await amended(12);
  const { page, t: w } = await openPage(t, house, { path: `${path}&tab=pairs` });
  const tab = page.getByRole('region', { name: w('version.tab.pairs') });
  const rows = tab.getByRole('row').filter({ hasText: '健康知识普及' });
  await rows.nth(1).waitFor();
  const seqs = (await pairs(draft)).items.filter((p) => p.relation === 'reworded').map((p) => p.seq);

  // somebody decides another row: nobody is in the way
  await decideElsewhere(draft, { decision: 'new', pairs: [seqs[1]] });
  let sent = settled(page, 200);
  await rows.first().getByRole('button', { name: w('decision.beside') }).click();
  await sent;
  assert.deepEqual(await decisions(draft, 'reworded'), [['beside', true], ['new', true]]);

  // the same row: both are shown
  await decideElsewhere(draft, { decision: 'new', pairs: [seqs[0]] });
  await rows.first().getByRole('button', { name: w('decision.same') }).click();
  const note = rows.first().getByRole('alert');
  await note.getByText(w('pairs.missed', { yours: w('decision.same'), theirs: w('decision.new') })).waitFor();
  assert.deepEqual((await decisions(draft, 'reworded'))[0], ['new', true]);
  await picture(page, 'pairs-too-late-zh-desk');
  await assertAccessible(page, 'too late');
  sent = settled(page, 200);
  await note.getByRole('button', { name: w('pairs.useMine') }).click();
  await sent;
  await note.waitFor({ state: 'detached' });
  assert.deepEqual((await decisions(draft, 'reworded'))[0], ['same', true]);
});

test('another version in force meanwhile: publishing leads to pairing anew', async (t) => {
  const { draft, path } = await amended(13);
  const { version: other } = await importText(house, 'other-13.txt', plan(13, [[LECTURE, 6], [HOTLINE, 7], [BOOK, 6]]));
  const { page, t: w } = await openPage(t, house, { path });
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: w('publish.title', { no: 2 }) });
  await dialog.getByText(w('pairs.openAll', { n: 4 })).waitFor();
  await publish(house, other);
  await dialog.getByRole('textbox').fill('已核对');
  await dialog.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const tab = page.getByRole('region', { name: w('version.tab.pairs') });
  await tab.getByText(w('pairs.againWhy')).waitFor();
  await picture(page, 'pairs-again-zh-desk');
  await assertAccessible(page, 'pair anew');
  await tab.getByRole('button', { name: w('pairs.again') }).click();
  await tab.getByText(w('pairs.against', { no: 3 })).waitFor();
  assert.equal((await pairs(draft)).before.version, other.summary.id);
  await tab.getByText(w('pairs.againWhy')).waitFor({ state: 'detached' });
});

test("a new year's plan takes the place of last year's, unless a person says otherwise", async (t) => {
  const of = (year, no, lines) => plan(no, lines).replaceAll(`健康云沂行动${no}号实施方案`, `${year}年健康云沂行动工作要点`).replaceAll('2033', String(year));
  const { version: last } = await importText(house, 'points-2050.txt', of(2050, 50, [[LECTURE, 6], [HOTLINE, 6], [PARK, 9]]));
  await publish(house, last);
  const { version: next } = await importText(house, 'points-2051.txt', of(2051, 61, [[LECTURE, 6], [`${HOTLINE}夜间也有人接听。`, 6]]));
  const { page, t: w } = await openPage(t, house, { path: `/documents/${next.document.id}` });
  await page.getByRole('navigation', { name: w('version.tabs') }).getByRole('link', { name: w('version.tab.pairs') }).click();
  const tab = page.getByRole('region', { name: w('version.tab.pairs') });
  await tab.getByRole('link', { name: '2050年健康云沂行动工作要点' }).waitFor();
  await assertAccessible(page, 'takes the place');
  await picture(page, 'pairs-takes-place-zh-desk');
  await tab.getByRole('button', { name: w('pairs.takesNone') }).click();
  await tab.getByText(w('pairs.newDocument')).waitFor();
  await tab.getByRole('button', { name: w('pairs.choose') }).click();
  const dialog = page.getByRole('dialog', { name: w('pairs.chooseTitle') });
  await dialog.getByRole('combobox', { name: w('pairs.chooseTitle') }).click();
  await page.getByTitle('2050年健康云沂行动工作要点').first().click();
  await assertAccessible(page, 'choose what it takes the place of');
  await picture(page, 'pairs-choose-zh-desk');
  await dialog.getByRole('button', { name: w('pairs.chooseAct') }).click();
  await tab.getByText(w('pairs.openAll', { n: 2 })).waitFor();
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const sure = page.getByRole('dialog', { name: w('publish.title', { no: 1 }) });
  await sure.getByText(w('publish.takesTitle', { title: '2050年健康云沂行动工作要点' })).waitFor();
  await picture(page, 'publish-takes-place-zh-desk');
  await sure.getByRole('textbox').fill('已核对');
  await sure.getByRole('button', { name: w('publish.act'), exact: true }).click();
  await page.getByText(w('publish.done')).waitFor();
  const was = (await house.clerk.call('getVersion', { path: { version: last.summary.id } })).body.summary;
  assert.equal(was.state, 'superseded');
});

test('pairs read in English and on a phone', async (t) => {
  const { path } = await amended(14);
  const { page, t: w } = await openPage(t, house, { path: `${path}&tab=pairs`, lang: 'en', size: PHONE });
  await page.getByRole('region', { name: w('version.tab.pairs') }).getByText(w('pairs.openAll', { n: 4 })).waitFor();
  await assertAccessible(page, 'pairs in English');
  await picture(page, 'pairs-en-phone');
});
