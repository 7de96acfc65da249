/* The left half of 校核: the file as it looks, its text with its tables, and the way from words to fields and back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PHONE, assertAccessible, importText, openPage, picture, root, startHouse } from './support.mjs';

let house;
const versions = new Map();

before(async () => { house = await startHouse(); });
after(async () => { await house.stop(); });

/* The draft of a sample, imported once. */
async function draft(sample) {
  if (!versions.has(sample)) versions.set(sample, (await importText(house, sample.split('/').pop(), readFileSync(join(root, 'samples', sample)))).version);
  return versions.get(sample);
}

async function open(it, sample, more = {}) {
  const version = await draft(sample);
  const { tasks } = (await house.clerk.call('getCheck', { path: { version: version.summary.id } })).body;
  return { ...await openPage(it, house, { path: `/versions/${version.summary.id}/check`, ...more }), version, tasks };
}

const row = (page, t, task) => page.getByRole('region', { name: t('check.row', { action: task.action, no: task.no }), exact: true });
const original = (page, t) => page.getByRole('region', { name: t('check.source') });

/* Click the picture of page NO at a point (points from its top left). */
async function clickPage(page, no, x, y) {
  const sheet = page.locator(`.xj-leaf[data-page="${no}"]`);
  await sheet.scrollIntoViewIfNeeded();
  await sheet.getByRole('img').waitFor();
  await page.waitForFunction((n) => document.querySelector(`.xj-leaf[data-page="${n}"] img`)?.naturalWidth > 0, no);
  const [size, at] = [await sheet.evaluate((el) => el.style.aspectRatio), await sheet.boundingBox()];
  const landscape = parseFloat(size) > 1;
  const [w, h] = landscape ? [841.9, 595.3] : [595.3, 841.9];
  await page.mouse.click(at.x + (x / w) * at.width, at.y + (y / h) * at.height);
}

for (const lang of ['zh', 'en']) {
  test(`a PDF is checked beside its pages, and words lead to fields and back (${lang})`, async (it) => {
    const { page, t, version, tasks } = await open(it, 'pdf/03-table.pdf', { lang });
    const asked = [];
    page.on('request', (request) => { if (/\/pages\/\d+/.test(request.url())) asked.push(request.url()); });
    await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
    const [task] = tasks;
    await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row').nth(1).click();
    await page.getByLabel(t('check.roleOf', { name: task.units[0].name })).focus();
    await page.locator('.xj-leaf[data-page="2"] .xj-box-focus').first().waitFor();
    assert.ok(await page.locator('.xj-box-focus').first().evaluate((box) => {
      const pane = box.closest('.xj-pages').getBoundingClientRect();
      const at = box.getBoundingClientRect();
      return at.top >= pane.top && at.bottom <= pane.bottom && at.width > 4 && at.height > 4;
    }), 'the box of the field is in sight');
    assert.ok(await page.locator('.xj-leaf[data-page="2"] img').evaluate((img) => {
      const [picture_, leaf] = [img.getBoundingClientRect(), img.parentElement.getBoundingClientRect()];
      return Math.abs(picture_.top - leaf.top) < 1 && Math.abs(picture_.left - leaf.left) < 1 && Math.abs(picture_.width - leaf.width) < 1;
    }), 'boxes and picture are measured from the same corner');
    await page.getByRole('button', { name: t('check.zoomIn') }).click();
    await page.waitForFunction(() => document.querySelector('.xj-leaf').offsetWidth > document.querySelector('.xj-pages').clientWidth);
    await assertAccessible(page, 'check, pages');
    await picture(page, `check-pdf-${lang}`);
    await page.getByRole('button', { name: t('check.zoomOut') }).click();
    // 用好新闻媒体, in the second row of the table
    await clickPage(page, 2, 120, 185);
    await row(page, t, tasks[1]).waitFor();
    await page.getByRole('radiogroup', { name: t('check.look') }).getByText(t('check.look.text')).click();
    await original(page, t).getByText(tasks[1].title.slice(0, 6)).first().waitFor();
    assert.equal(await page.locator('.xj-leaf').count(), 0);
    await page.reload();
    await original(page, t).getByText(tasks[1].title.slice(0, 6)).first().waitFor();
    assert.equal(await page.locator('.xj-leaf').count(), 0, 'the choice is remembered');
    await page.getByRole('radiogroup', { name: t('check.look') }).getByText(t('check.look.page')).click();
    await original(page, t).getByRole('img').first().waitFor();
    assert.ok(asked.every((url) => url.includes(`/versions/${version.summary.id}/`)));
  });
}

test('only pages that are near are fetched', async (it) => {
  const { page, t, tasks } = await open(it, 'pdf/01-running-heads.pdf', { size: { width: 1366, height: 500 } });
  await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
  const sheets = await page.locator('.xj-leaf').count();
  assert.ok(sheets > 2, `${sheets} pages`);
  await page.waitForLoadState('networkidle');
  assert.ok(await page.locator('.xj-leaf img').count() < sheets, 'not all are there');
  await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row').nth(1).click();
  await page.keyboard.press('End');
  await row(page, t, tasks.at(-1)).waitFor();
  await page.locator('.xj-box-row').first().waitFor();
  // by keyboard to the first page again
  await original(page, t).focus();
  await page.keyboard.press('Home');
  await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
});

test('a scanned page is its picture, with the words that were read from it', async (it) => {
  const { page, t, tasks } = await open(it, 'ocr/02-page-picture.png');
  await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
  await page.getByRole('grid', { name: t('version.tab.tasks') }).getByRole('row').nth(2).click();
  await row(page, t, tasks[1]).waitFor();
  await page.locator('.xj-box-row:not(.xj-box-faint)').first().waitFor();
  await assertAccessible(page, 'check, scan');
  await picture(page, 'check-scan');
});

test('pages that cannot be drawn now are asked for again, and a file without pages has no switch', async (it) => {
  const version = await draft('pdf/03-table.pdf');
  const { page, t, context } = await openPage(it, house);
  let refused = 0;
  await context.route(/\/pages\/1\?/, async (route) => {
    refused += 1;
    if (refused > 2) { await route.continue(); return; }
    await route.fulfill({ status: 429, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'busy', status: 429, code: 'too_many' }) });
  });
  await page.goto(`/versions/${version.summary.id}/check`);
  await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
  assert.ok(refused > 2, 'asked again');
  const plain = await draft('docx/02-merged-table.docx');
  await page.goto(`/versions/${plain.summary.id}/check`);
  await original(page, t).getByText('健康知识普及行动').first().waitFor();
  assert.equal(await page.getByRole('radiogroup', { name: t('check.look') }).getByText(t('check.look.page')).count(), 0);
});

for (const [sample, spans] of [['docx/02-merged-table.docx', true], ['xlsx/01-ledger.xlsx', true], ['html/02-table-page.html', true], ['text/02-decomposition-table.txt', false]]) {
  test(`tables are tables, and their cells lead to fields and back (${sample})`, async (it) => {
    const { page, t, tasks } = await open(it, sample);
    const pane = original(page, t);
    await pane.getByRole('table').first().waitFor();
    assert.equal(await pane.locator('[rowspan]').count() > 0, spans, 'cells that reach over rows do');
    const task = tasks.at(-1);
    await pane.getByRole('cell').filter({ hasText: task.title.slice(0, 8) }).first().getByText(task.title.slice(0, 8)).click();
    await row(page, t, task).waitFor();
    await page.getByLabel(t('check.roleOf', { name: task.units[0].name })).focus();
    // the words of the field come into sight
    await page.waitForFunction(() => {
      const words = document.querySelector('td .xj-src-focus');
      if (!words) return false;
      const box = words.closest('.xj-src').getBoundingClientRect();
      const at = words.getBoundingClientRect();
      return at.top >= box.top && at.bottom <= box.bottom && at.right > box.left && at.left < box.right;
    });
    await assertAccessible(page, `check, ${sample}`);
    await picture(page, `check-${sample.split('/')[0]}`);
  });
}

test('the pages fit a phone', async (it) => {
  const { page, t } = await open(it, 'pdf/03-table.pdf', { size: PHONE });
  await original(page, t).getByRole('img', { name: t('check.pageNo', { n: 1 }) }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), 'no sideways scrolling');
  await picture(page, 'check-pdf-phone');
});
