/* Returns: filled beside the plan's words, kept while one types, sent, reviewed row by row. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, assertAccessible, importText, openPage, periodOf, picture, publish, startHouse } from './support.mjs';

let house, owed;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

before(async () => {
  house = await startHouse();
  await publish(house, (await importText(house, 'plan.txt', PLAN)).version);
  const unit = (await house.clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await house.clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  assert.ok(owed.length >= 2);
});
after(async () => { await house.stop(); });

async function rowsOf(id) {
  const reply = await house.clerk.call('getReturn', { path: { return: id } });
  assert.equal(reply.status, 200);
  return reply.body;
}

async function until(what, says) {
  for (let i = 0; i < 200; i += 1) {
    if (await what()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail(`never: ${says}`);
}

test('what is due is listed; a return is filled, kept while one types, and sent', async (it) => {
  const { page, t } = await openPage(it, house, { path: '/owed' });
  await page.getByRole('grid', { name: t('nav.owed') }).waitFor();
  await assertAccessible(page, 'owed');
  await picture(page, 'owed');
  await page.getByRole('link', { name: t('return.title', { unit: '市教育局', period: periodOf(t, owed[0].period) }) }).first().click();
  const [first, second] = (await rowsOf(owed[0].id)).rows;
  const text = page.getByLabel(t('return.textOf', { title: first.title }));
  await text.fill('举办讲座两次');
  await page.getByLabel(first.figures[0].indicator, { exact: true }).fill('1,120');
  await page.getByLabel(t('return.percent')).first().fill('40');
  await until(async () => {
    const [row] = (await rowsOf(owed[0].id)).rows;
    return row.text === '举办讲座两次' && row.percent === 40 && row.figures[0].value === 1120;
  }, 'the draft is on the server');
  await assertAccessible(page, 'return, filling');
  await picture(page, 'return-fill');
  await page.getByRole('button', { name: t('return.send'), exact: true }).click();
  await page.getByRole('alert').first().waitFor(); // a row is without a word, and has the focus
  assert.ok(await page.getByLabel(t('return.textOf', { title: second.title })).evaluate((area) => area === document.activeElement));
  await page.keyboard.type('巡讲三场');
  await until(async () => (await rowsOf(owed[0].id)).rows[1].text === '巡讲三场', 'the second row is on the server');
  await page.getByRole('button', { name: t('return.send'), exact: true }).click();
  await page.getByRole('button', { name: t('return.acceptAll', { n: 2 }) }).waitFor();
  assert.equal((await rowsOf(owed[0].id)).head.state, 'sent');
});

test('files are added to a row, small and in pieces over a broken line, and taken away', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[1].id}`, offline: true });
  const [first] = (await rowsOf(owed[1].id)).rows;
  const files = page.getByRole('group', { name: t('files.of', { title: first.title }) });
  await files.getByRole('button', { name: t('files.add') }).waitFor();
  const choose = files.locator('input[type=file]');
  await choose.setInputFiles({ name: '签到表.txt', mimeType: 'text/plain', buffer: Buffer.from('姓名\n张三\n') });
  await files.getByRole('button', { name: t('files.download', { name: '签到表.txt' }) }).waitFor();
  await choose.setInputFiles({ name: '<img src=x onerror=alert(1)>.txt', mimeType: 'text/plain', buffer: Buffer.from('<b>x</b>讲座') });
  await files.getByText('img src=x onerror=alert(1).txt').waitFor();
  await choose.setInputFiles({ name: '密件.txt', mimeType: 'text/plain', buffer: Buffer.from('机密★1年\n\n关于工作的通知\n') });
  await files.getByRole('alert').getByText(t('problem.classified.title')).waitFor();
  const film = Buffer.concat([Buffer.from('\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00\x00\xa0\x00\x08mdat', 'latin1'), Buffer.alloc(10 << 20)]);
  let pieces = 0;
  await page.route('**/api/v1/uploads/*', (route) => {
    if (route.request().method() === 'PATCH' && (pieces += 1) === 2) return route.abort('internetdisconnected');
    return route.continue();
  });
  await choose.setInputFiles({ name: '讲座.mp4', mimeType: 'video/mp4', buffer: film });
  await files.getByRole('button', { name: t('files.download', { name: '讲座.mp4' }) }).waitFor({ timeout: 60000 });
  assert.ok(pieces >= 4, 'one piece went twice');
  await assertAccessible(page, 'return with files');
  await picture(page, 'return-files');
  await files.getByRole('button', { name: t('files.remove', { name: '签到表.txt' }) }).click();
  await page.getByRole('button', { name: t('files.removeDo'), exact: true }).click();
  await until(async () => (await house.clerk.call('listReturnFiles', { path: { return: owed[1].id } })).body.items.length === 2, 'it is gone');
});

test('the office accepts by key, and returns a row with a remark', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[0].id}`, lang: 'en' });
  await page.getByRole('button', { name: t('return.acceptAll', { n: 2 }) }).waitFor();
  await assertAccessible(page, 'return, review');
  await page.keyboard.press('a');
  await until(async () => (await rowsOf(owed[0].id)).rows[0].state === 'accepted', 'the first row is accepted');
  await page.getByRole('button', { name: t('return.acceptAll', { n: 1 }) }).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel(t('return.whyBack')).fill('写清人数');
  await page.getByRole('button', { name: t('return.sendBack') }).click();
  await until(async () => (await rowsOf(owed[0].id)).head.state === 'returned', 'it went back');
  await page.getByText('写清人数').first().waitFor();
});

test('the line drops while one types: nothing is lost, also on a phone', async (it) => {
  const { page, context, t } = await openPage(it, house, { path: `/returns/${owed[0].id}`, size: PHONE, offline: true });
  const second = (await rowsOf(owed[0].id)).rows[1];
  const text = page.getByLabel(t('return.textOf', { title: second.title }));
  await text.waitFor();
  await context.setOffline(true);
  await text.fill('巡讲三场，420人次');
  await page.getByText(t('return.keeping.waiting')).waitFor();
  await context.setOffline(false);
  await page.reload();
  assert.equal(await text.inputValue(), '巡讲三场，420人次');
  await until(async () => (await rowsOf(owed[0].id)).rows[1].text === '巡讲三场，420人次', 'it went when the line was back');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await picture(page, 'return-phone');
});

test('where nothing changed, one act sends the next return', async (it) => {
  const { page, t } = await openPage(it, house, { path: `/returns/${owed[0].id}` });
  await page.getByRole('button', { name: t('return.send'), exact: true }).click();
  await page.getByRole('button', { name: t('return.acceptAll', { n: 1 }) }).click();
  await until(async () => (await rowsOf(owed[0].id)).head.state === 'accepted', 'the first return is accepted');
  await page.goto(`/returns/${owed[1].id}`);
  await page.getByRole('button', { name: t('return.sendSame') }).click();
  await until(async () => (await rowsOf(owed[1].id)).head.state === 'sent', 'the second return is sent');
  assert.equal((await rowsOf(owed[1].id)).rows[1].text, '巡讲三场，420人次');
});
