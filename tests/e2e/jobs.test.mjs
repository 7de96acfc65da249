/* Long imports on the documents page: progress, cancelling, reloading in the middle, failing with a reason. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { jobEnded } from '../api/harness.mjs';
import { fakeTesseract, picture as scan, scannedPdf } from '../support/tesseract.mjs';
import { assertAccessible, importText, openPage, picture, publish, startHouse } from './support.mjs';

let house, gate;
before(async () => {
  house = await startHouse({
    prepare: (server) => {
      gate = fakeTesseract(server.folder);
      server.env.PATH = `${gate.bin}:${server.env.PATH}`;
    },
  });
});
after(async () => { await house?.stop(); });

const results = (page, t) => page.getByRole('region', { name: t('import.title') });
const rowOf = (page, t, name) => results(page, t).getByRole('listitem').filter({ hasText: name });
let copies = 0;
const copy = (bytes) => Buffer.concat([bytes, Buffer.from(`\n% copy ${copies++}\n`)]);
const give = (page, t, ...files) => page.getByLabel(t('drop.choose'))
  .setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: 'application/octet-stream', buffer })));

for (const lang of ['zh', 'en']) {
  test(`a scanned file shows its pages, stays over a reload, and ends as a draft (${lang})`, async (t) => {
    const { page, t: w } = await openPage(t, house, { path: '/documents', lang });
    gate.shut();
    const [first, second] = [`first-${lang}.pdf`, `second-${lang}.png`];
    await give(page, w, [first, copy(scannedPdf(3))], [second, copy(scan)]);
    const row = rowOf(page, w, first);
    await row.getByText(w('job.recognisingOf', { done: 1, total: 3 })).waitFor();
    await row.getByRole('progressbar', { name: w('job.progress', { name: first }) }).waitFor();
    await rowOf(page, w, second).getByText(w('job.waiting')).waitFor();
    await assertAccessible(page, 'jobs in work');
    await picture(page, `jobs-running-${lang}-desk`);

    await page.reload();
    await row.getByText(w('job.recognisingOf', { done: 1, total: 3 })).waitFor();
    await rowOf(page, w, second).getByText(w('job.waiting')).waitFor();
    gate.open();
    await row.getByRole('link', { name: '健康云沂行动扫描件实施方案' }).first().waitFor();
    await rowOf(page, w, second).getByRole('link', { name: /./ }).first().waitFor();
    await picture(page, `jobs-done-${lang}-desk`);
    await row.getByRole('button', { name: w('import.remove', { name: first }) }).click();
    await row.waitFor({ state: 'detached' });
    await results(page, w).getByRole('button', { name: w('import.clear') }).click();
    await results(page, w).waitFor({ state: 'detached' });
  });
}

test('a running job and a waiting one are cancelled, and may be tried again', async (t) => {
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  gate.shut();
  await give(page, w, ['run.png', copy(scan)], ['wait.png', copy(scan)]);
  await rowOf(page, w, 'run.png').getByText(w('job.recognisingOf', { done: 1, total: 1 })).waitFor();
  for (const name of ['wait.png', 'run.png']) {
    await rowOf(page, w, name).getByRole('button', { name: w('job.cancel', { name }) }).click();
    await rowOf(page, w, name).getByText(w('job.cancelled')).waitFor();
  }
  await assertAccessible(page, 'cancelled jobs');
  await picture(page, 'jobs-cancelled-zh-desk');
  gate.open();
  await rowOf(page, w, 'run.png').getByRole('button', { name: w('act.retry') }).click();
  await rowOf(page, w, 'run.png').getByRole('link', { name: /./ }).first().waitFor();
});

test('a job that failed while nobody looked says why, and goes when told', async (t) => {
  const reply = await house.clerk.call('importDocument', {
    query: { programme: house.programme, name: 'letter.txt' },
    headers: { 'content-type': 'application/octet-stream', prefer: 'respond-async' },
    body: Buffer.from('各位同事：\n\n明天下午三点开会。\n'),
  });
  assert.equal((await jobEnded(house.clerk, reply.body.id)).state, 'failed');
  const { page, t: w } = await openPage(t, house, { path: '/documents' });
  const row = rowOf(page, w, 'letter.txt');
  await row.getByText(w('problem.no_plan.title')).waitFor();
  await row.getByText(w('problem.no_plan.advice')).waitFor();
  await assertAccessible(page, 'a failed job');
  await picture(page, 'jobs-failed-zh-desk');
  await row.getByRole('button', { name: w('import.remove', { name: 'letter.txt' }) }).click();
  await row.waitFor({ state: 'detached' });
});

test('without a network the list stays, and goes on when it is back', async (t) => {
  const { page, context, t: w } = await openPage(t, house, { path: '/documents', offline: true });
  gate.shut();
  await give(page, w, ['lost.png', copy(scan)]);
  await rowOf(page, w, 'lost.png').getByText(w('job.recognisingOf', { done: 1, total: 1 })).waitFor();
  await context.setOffline(true);
  gate.open();
  await rowOf(page, w, 'lost.png').getByText(w('job.recognisingOf', { done: 1, total: 1 })).waitFor();
  await context.setOffline(false);
  await rowOf(page, w, 'lost.png').getByRole('link', { name: /./ }).first().waitFor();
});

test('an older draft replaces the newer version in force only where somebody says so', async (t) => {
  const plan = (month) => `云政办发〔2032〕8号\n\n健康云沂行动八号方案\n\n一、健康知识普及行动\n`
    + `1.建好健康讲堂。（市卫生健康委牵头，${month}月底前完成）\n`;
  const older = (await importText(house, 'a.txt', plan(6))).version;
  const newer = (await importText(house, 'b.txt', plan(9))).version;
  await publish(house, newer);
  const { page, t: w } = await openPage(t, house, {
    path: `/documents/${older.document.id}?version=${older.summary.id}` });
  await page.getByRole('button', { name: w('publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(w('publish.replaceTitle', { newer: 2, no: 1 })).waitFor();
  await dialog.getByRole('textbox').fill('恢复旧版');
  await assertAccessible(page, 'replace a newer version');
  await picture(page, 'publish-replace-zh-desk');
  await dialog.getByRole('button', { name: w('publish.replaceAct', { no: 1 }) }).click();
  await page.getByText(w('publish.done')).waitFor();
});
