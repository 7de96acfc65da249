/*
 * bench/plan/check_page.mjs URL VERSION DOCUMENT NAME PASSWORD ROUNDS -- how soon 校核 can be used, in headless Chromium.
 *
 * Prints two lines, each a median in milliseconds:
 *     click TAB ms    from the click on 校核 in the document's page until the rows are there and one opens
 *     first TAB ms    from the address, with nothing cached and the processor slowed to a quarter, until the rows are there
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { chromium } = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))('playwright-core');
const [url, version, document, name, password, rounds] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'xj-bench-'));
const browser = await chromium.launch({
  executablePath: process.env.XJ_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--disable-gpu', '--no-first-run', '--disable-background-networking', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
});

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/* Rows to work on, and the words beside them. */
async function usable(page) {
  await page.locator('.xj-check-list [role="row"][data-index="5"]').waitFor();
  await page.locator('.xj-check-left [data-from], .xj-check-left img').first().waitFor();
  // what was done must be on the screen and the page free again
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve); }); }));
}

async function signedIn() {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, baseURL: url });
  const reply = await context.request.post('/api/v1/session', { data: { name, password } });
  if (!reply.ok()) throw new Error(`no session: ${reply.status()}`);
  return context;
}

/* From the document's page, whose code is there already. */
async function click() {
  const context = await signedIn();
  const page = await context.newPage();
  await page.goto(`/documents/${document}?version=${version}`);
  const link = page.locator(`a[href="/versions/${version}/check"]`).first();
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  const start = performance.now();
  await link.click();
  await usable(page);
  const took = performance.now() - start;
  await context.close();
  return took;
}

async function first() {
  const context = await signedIn();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const start = performance.now();
  await page.goto(`/versions/${version}/check`, { waitUntil: 'commit' });
  await usable(page);
  const took = performance.now() - start;
  await context.close();
  return took;
}

try {
  for (const [what, measure] of [['click', click], ['first', first]]) {
    const took = [];
    for (let i = 0; i < Number(rounds); i += 1) took.push(await measure());
    process.stdout.write(`${what}\t${median(took).toFixed(1)}\n`);
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
