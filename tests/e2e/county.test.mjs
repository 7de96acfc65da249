/* 市县对接: the city offers, the county takes, tasks come down and are adapted, and it ends. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { assertAccessible, manualPicture, openPage, picture, publish, importText, signIn, startHouse } from './support.mjs';

const plan = `云沂市人民政府关于开展健康云沂行动的通知
云政发〔2026〕9号

一、健康知识普及行动
1.开展宣传教育。常年举办健康讲座，每年不少于30场。（牵头单位：市教育局；责任单位：泉岭区政府）
2.建设健康步道。到2028年，建成步道10条。（牵头单位：市教育局；责任单位：泉岭区政府；完成时限：2028年12月底）
`;

let house, unit, account;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', plan)).version);
  unit = (await house.clerk.call('listUnits')).body.items.find((u) => u.name === '泉岭区政府').id;
  await house.server.cli('tenant', 'add', '泉岭区', '379902');
  await house.server.cli('programme', 'add', '泉岭区', '健康泉岭');
  account = await house.server.addUser('quanling', '泉岭区', { post: null });
});
after(async () => { await house?.stop(); });

/* The county's own browser. */
async function openCounty(it, path, lang = 'zh') {
  const opened = await openPage(it, house, { path, lang, signedIn: false });
  await signIn(opened.page, opened.t, account);
  return opened;
}

test('the city offers a code, the county takes it', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/county-links' });
  await page.getByRole('navigation', { name: t('frame.nav') }).getByText(t('nav.countyLinks')).waitFor();
  await page.getByText(t('county.none')).waitFor();
  await page.getByRole('button', { name: t('county.offer'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('county.offerTitle') });
  await dialog.getByRole('combobox', { name: t('county.county') }).fill('泉岭区政府');
  await page.getByRole('option', { name: '泉岭区政府' }).first().waitFor({ state: 'attached' });
  await page.locator('.ant-select-item-option', { hasText: '泉岭区政府' }).first().click();
  await dialog.getByRole('button', { name: t('county.offer'), exact: true }).click();
  const code = await page.getByRole('status', { name: t('county.code') }).textContent();
  await page.getByRole('button', { name: t('county.noted') }).click();
  await page.getByRole('cell', { name: t('county.state.offered') }).waitFor();
  await assertAccessible(page, 'offered');

  const county = await openCounty(it, '/county-links');
  await county.page.getByRole('button', { name: t('county.take'), exact: true }).click();
  const take = county.page.getByRole('dialog', { name: t('county.takeTitle') });
  await take.getByLabel(t('county.code')).fill(code);
  await take.getByRole('button', { name: t('county.take'), exact: true }).click();
  await county.page.getByRole('cell', { name: t('county.state.linked') }).waitFor();
  await assertAccessible(county.page, 'linked');
  await picture(county.page, 'county-links');

  await page.goto(`/units/${unit}`);
  await page.getByRole('link', { name: /^泉岭区（/ }).waitFor();
  await picture(page, 'county-unit');
});

for (const lang of ['zh', 'en'])
  test(`what the city gave is taken, with its words beside (${lang})`, async (it) => {
    const { page, t } = await openCounty(it, '/assignments', lang);
    const table = page.getByRole('table', { name: t('assignment.heading') });
    await table.getByText('云政发〔2026〕9号').first().waitFor();
    const title = lang === 'zh' ? '建设健康步道' : '开展宣传教育';
    await page.getByRole('button', { name: new RegExp(title) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: t('assignment.adapt') }).click();
    await dialog.getByLabel(t('assignment.title')).fill(`泉岭的${title}`);
    await dialog.getByLabel(t('assignment.daysBefore')).fill('5');
    await assertAccessible(page, 'taking');
    await picture(page, `county-taking-${lang}`);
    await dialog.getByRole('button', { name: t('act.save') }).click();
    await dialog.waitFor({ state: 'hidden' });
    await table.getByRole('link', { name: `泉岭的${title}` }).waitFor();
    assert.match(await table.innerText(), new RegExp(title));
    await table.getByText(t('assignment.earlier', { n: 5 })).first().waitFor();
    await assertAccessible(page, 'assignments');
    await picture(page, `county-assignments-${lang}`);
  });

/* What OPERATION answers once LOOK likes it: what crosses is carried by a worker. */
async function until(client, operation, look) {
  for (let i = 0; i < 300; i++) {
    const found = look((await client.call(operation)).body.items);
    if (found) return found;
    await wait(200);
  }
  return assert.fail(`${operation} never showed it`);
}

async function upload(name, bytes) {
  const protocol = { 'tus-resumable': '1.0.0' };
  const { id } = (await house.clerk.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } })).body;
  await house.clerk.call('appendUpload', { path: { upload: id }, body: bytes,
    headers: { ...protocol, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } });
  return id;
}

test('an instruction comes with its scan, what shows the answer goes up, and what is the city’s is not offered', async (it) => {
  const programme = (await house.clerk.call('listProgrammes')).body.items[0].id;
  const day = (n) => new Date(Date.now() + (8 + 24 * n) * 3600e3).toISOString().slice(0, 10);
  const enter = async (body) => {
    const made = await house.clerk.call('addDuty', { body: { programme, lead: unit, deadline_kind: 'complete_by', due: day(20), ...body } });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body.id;
  };
  const above = await enter({ origin: 'instruction', title: '查清城西水厂投诉', text: '查清城西水厂投诉', leader: '李市长', given_on: day(-1),
    words: '请查清原因，限期整改，结果报我。', viewer_units: [unit], scans: [await upload('批示.pdf', readFileSync(new URL('../../samples/pdf/03-table.pdf', import.meta.url)))] });
  const hidden = await enter({ origin: 'hand', title: '几个人知道的一件', restricted: true });
  const client = await house.server.signIn(account.name, account.password);
  const mine = (await until(client, 'listAssignments', (items) => items.find((i) => i.kind === 'instruction'))).duty;

  const county = await openCounty(it, `/duties/${mine}`);
  const { page, t } = county;
  await page.getByText(t('above.byMoves', { name: '云沂市' })).waitFor();
  const scans = page.getByRole('region', { name: t('duty.scan') });
  await scans.getByRole('button', { name: t('duty.scanShow') }).click();
  await scans.getByRole('img', { name: t('duty.scanPage', { name: '批示.pdf', page: 1 }) }).waitFor();
  assert.equal(await scans.getByRole('button', { name: t('files.remove', { name: '批示.pdf' }) }).count(), 0);
  assert.equal(await page.getByRole('button', { name: t('duty.correct') }).count(), 0);
  for (const move of ['acknowledge', 'begin']) await page.getByRole('button', { name: t(`duty.move.${move}`), exact: true }).click();
  await page.getByRole('button', { name: t('instruction.report'), exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('duty.move.extend'), exact: true }).count(), 0);
  const answers = page.getByRole('region', { name: t('duty.answerFiles') });
  await answers.locator('input[type=file]').setInputFiles({ name: '核查表.pdf', mimeType: 'application/pdf',
    buffer: readFileSync(new URL('../../samples/pdf/03-table.pdf', import.meta.url)) });
  await answers.getByRole('button', { name: t('duty.scanSend'), exact: true }).click();
  await answers.getByRole('button', { name: t('files.download', { name: '核查表.pdf' }) }).waitFor();
  await scans.getByRole('button', { name: t('duty.scanHide') }).click();
  await assertAccessible(page, 'a task from above');
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await manualPicture(page, 'county-duty');
  await page.getByRole('button', { name: t('instruction.report'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('instruction.result')).fill('已查清，三处已整改。');
  await dialog.getByRole('button', { name: t('instruction.report'), exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(t('above.theirs', { name: '云沂市', moves: [t('duty.move.lay_before'), t('duty.move.return')].join(t('list.comma')) })).waitFor();

  const duty = async () => (await house.clerk.call('getDuty', { path: { duty: above } })).body;
  for (let i = 0; i < 300 && (await duty()).state !== 'completion_asked'; i++) await wait(200);
  const city = await openPage(it, house, { path: `/duties/${above}` });
  const came = city.page.getByRole('region', { name: t('duty.answerFiles') });
  await came.getByRole('button', { name: t('files.download', { name: '核查表.pdf' }) }).waitFor();
  await city.page.getByText(t('down.given', { name: '泉岭区' })).waitFor();
  await assertAccessible(city.page, 'an answer with its files');
  await picture(city.page, 'county-answer');
  await city.page.goto(`/duties/${hidden}`);
  await city.page.getByText(t('down.hidden', { name: '泉岭区' })).waitFor();
  await assertAccessible(city.page, 'a task that did not go down');
  await picture(city.page, 'county-hidden');
});

test('a rectification is worked on at its task, and one that the city finished says so', async (it) => {
  const client = await house.server.signIn(account.name, account.password);
  const finder = await house.server.addUser('finder', '云沂市', { post: 'inspector' });
  const inspector = await house.server.signIn(finder.name, finder.password);
  const programme = (await house.clerk.call('listProgrammes')).body.items[0].id;
  const day = (n) => new Date(Date.now() + (8 + 24 * n) * 3600e3).toISOString().slice(0, 10);
  const match = (version) => ({ 'if-match': `"${version}"` });
  const campaign = (await house.clerk.call('addInspection', { body: { programme, title: '督导', basis: '云健办〔2026〕3号', from_on: day(-5), to_on: day(20),
    announced: true, units: [{ unit, planned: 1 }], team: [inspector.session.person.id] } })).body;
  await house.clerk.call('moveInspection', { path: { inspection: campaign.id }, headers: match(campaign.version), body: { move: 'issue' } });
  const visit = (await house.clerk.call('addVisit', { path: { inspection: campaign.id }, body: { unit, visit_on: day(0), announced: true, items: [] } })).body;
  await inspector.call('recordVisit', { path: { visit: visit.id }, headers: match(visit.version), body: { answers: [], summary: '一般',
    findings: [{ words: '步道灯不亮', grade: 'notable' }] } });
  const finding = (await house.clerk.call('listFindings', { query: { visit: visit.id } })).body.items[0].id;
  await house.clerk.call('orderRectification', { path: { finding }, body: { due: day(10), demand: '换灯' } });
  const mine = (await until(client, 'listAssignments', (items) => items.find((i) => i.kind === 'rectification'))).duty;
  const { page, t } = await openCounty(it, `/duties/${mine}`);
  await page.getByRole('button', { name: t('inspect.move.begin'), exact: true }).click();
  await page.getByRole('button', { name: t('duty.move.ask_closing'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('above.closing')).fill('灯已全部更换。');
  await dialog.getByRole('button', { name: t('duty.move.ask_closing'), exact: true }).click();
  await page.getByText(t('above.theirs', { name: '云沂市', moves: [t('duty.move.check'), t('duty.move.return')].join(t('list.comma')) })).waitFor();
  await assertAccessible(page, 'a rectification from above');
  await picture(page, 'county-rectification');

  const walk = (await house.clerk.call('listDuties', { query: { unit } })).body.items.find((d) => d.title.includes('宣传'));
  const second = await house.server.addUser('deputy', '云沂市', { post: 'office' });
  const deputy = await house.server.signIn(second.name, second.password);
  let version = walk.version;
  for (const move of ['acknowledge', 'begin', 'ask_completion', 'review', 'finish']) {
    const moved = await (move === 'review' ? deputy : house.clerk).call('moveDuty', { path: { duty: walk.id }, headers: match(version), body: { move } });
    assert.equal(moved.status, 200, JSON.stringify(moved.body));
    version = moved.body.version;
  }
  const done = await until(client, 'listAssignments', (items) => items.find((i) => i.ended === 'finished'));
  await page.goto(`/duties/${done.duty}`);
  await page.getByRole('note').filter({ hasText: '已办结' }).waitFor();
  await page.getByText(t('duty.state.done')).first().waitFor();
  await page.getByRole('button', { name: t('duty.move.archive'), exact: true }).waitFor();
  await page.getByRole('note').filter({ hasText: t('duty.move.reopen') }).waitFor();
  assert.equal(await page.getByRole('button', { name: t('duty.move.reopen'), exact: true }).count(), 0, 'the city finished it');
  await assertAccessible(page, 'what the city finished');
  await picture(page, 'county-finished');
});

test('either end ends it, and what it was stays', async (it) => {
  const { page, t } = await openCounty(it, '/county-links');
  await page.getByRole('button', { name: new RegExp(`^${t('county.end')} `) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('county.why')).fill('区划调整');
  await dialog.getByRole('button', { name: t('county.end'), exact: true }).click();
  await page.getByRole('cell', { name: t('county.state.ended') }).waitFor();
  await page.getByText(/区划调整/).waitFor();
  await page.getByRole('link', { name: t('county.kept', { n: 2 }) }).click();
  const table = page.getByRole('table', { name: t('assignment.heading') });
  await table.getByText(/对接终止，转为本县区的任务/).first().waitFor();
  await assertAccessible(page, 'kept');
  await picture(page, 'county-kept');

  await until(house.clerk, 'listCountyLinks', (items) => items.find((link) => link.state === 'ended')); /* the city has heard of it */
  const city = await openPage(it, house, { path: '/county-links' });
  const heading = t('county.leftOf', { name: '泉岭区' });
  await city.page.getByRole('button', { name: `${t('county.left', { n: 2 })} 泉岭区` }).click();
  const left = city.page.getByRole('dialog', { name: heading });
  await left.getByRole('link', { name: '建设健康步道' }).waitFor();
  await left.getByText(t('county.leftNobody', { unit: '泉岭区政府' })).waitFor();
  await assertAccessible(city.page, 'left');
  await manualPicture(city.page, 'county-left');
});
