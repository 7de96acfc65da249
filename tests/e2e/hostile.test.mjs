/* Hostile texts in every field that people fill: each page shows them as text, and runs none. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importText, openPage, publish, startHouse } from './support.mjs';

const EVIL = '<img src=x onerror="document.title=\'owned\'"><script>alert(1)</script>"\'>';
let house, pages;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点${EVIL}

一、健康知识普及行动
1.举办健康讲座${EVIL}。全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍${EVIL}。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  const { clerk } = house;
  const must = async (reply, status) => {
    const got = await reply;
    assert.ok(got.status === status, JSON.stringify(got.body));
    return got.body;
  };
  const { version } = await importText(house, 'plan.txt', PLAN);
  await publish(house, version);
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const unit = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  const [owed] = (await clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 1 } })).body.items;
  const match = (v) => ({ 'if-match': `"${v}"` });
  const report = (await clerk.call('getReturn', { path: { return: owed.id } })).body;
  for (const row of report.rows)
    await must(clerk.call('keepReturnRow', { path: { return: owed.id, duty: row.duty }, headers: match(0),
      body: { unit: unit.id, text: EVIL, difficulties: EVIL, next_step: EVIL } }), 200);
  await must(clerk.call('addReturnFile', { path: { return: owed.id }, query: { unit: unit.id, duty: report.rows[0].duty, name: `${EVIL}.txt` },
    headers: { 'content-type': 'application/octet-stream' }, body: '讲座签到表' }), 201);
  await must(clerk.call('sendReturn', { path: { return: owed.id }, headers: match(1), body: {} }), 200);
  await must(clerk.call('reviewReturn', { path: { return: owed.id }, headers: match(2),
    body: { rows: [{ duty: report.rows[0].duty, accepted: false, why: EVIL, quote: EVIL }] } }), 200);
  const { id: duty } = await must(clerk.call('addDuty', { body: { programme, origin: 'hand', title: EVIL, text: EVIL, lead: unit.id, deadline_kind: 'ongoing' } }), 201);
  const summary = await must(clerk.call('draftSummary', { body: { kind: 'half_year', programme, unit: unit.id, from_on: '2026-01-01', to_on: '2026-12-31' } }), 201);
  await must(clerk.call('writeSummary', { path: { summary: summary.id }, headers: match(1), body: { heading: EVIL, body: EVIL } }), 200);
  const inspection = await must(clerk.call('addInspection', { body: { programme, title: EVIL, basis: EVIL, from_on: '2026-05-01', to_on: '2026-05-31', note: EVIL,
    announced: true, units: [{ unit: unit.id, planned: 1 }], team: [], office: [] } }), 201);
  pages = ['/documents', '/tasks', '/duties', `/duties/${duty}`, '/owed', `/returns/${owed.id}`, '/office', '/overview', '/summaries', `/summaries/${summary.id}`,
    '/inspections', `/inspections/${inspection.id}`, '/units', `/units/${unit.id}`, `/units/${unit.id}/sheet`, '/people', '/notices',
    `/versions/${version.summary.id}/check`, `/search?q=${encodeURIComponent('讲座')}`];
});
after(async () => { await house.stop(); });

test('no page runs what people typed', async (it) => {
  const { page } = await openPage(it, house, { path: '/documents' });
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  let seen = 0;
  for (const path of pages) {
    await page.goto(path);
    await page.locator('main').waitFor();
    await page.waitForLoadState('networkidle');
    const found = await page.evaluate(() => ({
      title: document.title,
      images: document.querySelectorAll('img[onerror], img[src="x"]').length,
      scripts: [...document.scripts].filter((script) => script.src === '' || new URL(script.src).origin !== location.origin).length,
      shown: document.body.innerText.includes('<script>') || [...document.querySelectorAll('input, textarea')].some((field) => field.value.includes('<script>')),
    }));
    assert.notEqual(found.title, 'owned', path);
    assert.deepEqual([found.images, found.scripts], [0, 0], path);
    if (found.shown) seen += 1;
  }
  assert.deepEqual(dialogs, []);
  assert.ok(seen >= 6, `${seen} pages show it as text`);
});
