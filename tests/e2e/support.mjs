/*
 * support.mjs -- a real server, a real browser, and a page that is watched.
 *
 * Every page made by openPage is held to three things when it closes: no error on the console, no
 * request to another origin, nothing thrown.  Controls are found by role and name, and names come
 * from the catalogues of web/src/words, so that a test runs in either language.
 *
 * XJ_BINARY is the program (default build/xingjian); XJ_ARTEFACTS is where pictures go (default
 * build/artefacts); XJ_PICTURES is where the manual's pictures go (docs/manual/pictures, when they are
 * to be made anew); XJ_CHROMIUM is the browser (default /usr/bin/chromium); XJ_SLOW is a number to begin
 * a row of delays with: each request of a page then waits up to 600 ms before it goes out, as on a bad
 * line, and a test that reads before the page is there fails.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAYED_PASSWORD, imported, root, startEmptyServer, startPlayedServer, startServer } from '../api/harness.mjs';
import { smallPng } from './small-png.mjs';

export { root };

const web = createRequire(join(root, 'web/package.json'));
const { chromium } = web('playwright-core');
const axeSource = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

export const artefacts = process.env.XJ_ARTEFACTS ?? join(root, 'build/artefacts');
export const DESK = { width: 1366, height: 768 };
export const SMALL = { width: 1280, height: 720 };
/* Pictures of the manual. */
const MANUAL = { width: 1280, height: 800 };
const MANUAL_BYTES = 150 * 1024;
export const PHONE = { width: 390, height: 844 };

const catalogues = Object.fromEntries(['zh', 'en'].map((lang) =>
  [lang, JSON.parse(readFileSync(join(root, `web/src/words/${lang}.json`), 'utf8'))]));

/* The words of LANG: t('nav.tasks'), t('filter.counted', { name: 'A', n: 3 }). */
export function wordsOf(lang) {
  return (key, params = {}) => {
    const text = catalogues[lang][key];
    assert.ok(text !== undefined, `no words for ${key}`);
    const forms = text.split('|');
    const form = forms.length > 1 && params.n !== 1 ? forms[1] : forms[0];
    return form.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = params[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? value.toLocaleString('en-US') : value;
    });
  };
}

/* What a return of PERIOD (2026S1, ...) covers, in words. */
export function periodOf(t, period) {
  const [, year, month, quarter, half] = /^(\d{4})(?:(\d{2})|Q(\d)|S(\d))?$/.exec(period);
  if (month) return t('period.month', { year, month: String(Number(month)) });
  if (quarter) return t('period.quarter', { year, quarter });
  return half ? t(`period.half${half}`, { year }) : t('period.year', { year });
}

/* The browser over SERVER; `stop` ends both, and checks what the server stored. */
async function withBrowser(server) {
  const profile = mkdtempSync(join(tmpdir(), 'xj-e2e-'));
  const args = ['--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-default-browser-check', '--disable-lcd-text'];
  if (process.getuid() === 0) args.push('--no-sandbox');
  let browser;
  try {
    browser = await chromium.launch({
      executablePath: process.env.XJ_CHROMIUM ?? '/usr/bin/chromium',
      args, env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    });
  } catch (err) {
    await server.stop({ check: false });
    throw err;
  }
  return {
    server, browser,
    async stop() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
      await server.stop();
    },
  };
}

/*
 * A server with one jurisdiction, programme and account, and its browser.  PREPARE gets the server
 * before it starts.
 */
export async function startHouse({ prepare } = {}) {
  const server = await startServer({ start: prepare === undefined });
  if (prepare !== undefined) {
    prepare(server);
    await server.serve();
  }
  const house = await withBrowser(server);
  const clerk = await house.server.signIn();
  const programmes = await clerk.call('listProgrammes');
  return { ...house, clerk, programme: programmes.body.items[0].id };
}

/* A server that waits for its first start, and its browser. */
export async function startEmptyHouse() {
  return withBrowser(await startEmptyServer());
}

/* 泓州市 one year in (play/), and its browser. */
export async function startPlayedHouse() {
  return withBrowser(await startPlayedServer());
}

/* A page on which NAME of the played city is signed in, where that person's day begins. */
export async function openAs(t, house, name, options) {
  const opened = await openPage(t, house, { ...options, signedIn: false });
  await signIn(opened.page, opened.t, { name, password: PLAYED_PASSWORD });
  return opened;
}

export const sampleText = (name) => readFileSync(join(root, 'samples/text', `${name}.txt`), 'utf8');

/* Import TEXT over the API; returns the reply's body. */
export async function importText(house, name, text) {
  const reply = await imported(house.clerk, await house.clerk.call('importDocument', {
    query: { programme: house.programme, name },
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(text),
  }));
  assert.ok(reply.status === 200 || reply.status === 201, JSON.stringify(reply.body));
  return reply.body;
}

export async function publish(house, version) {
  const reply = await house.clerk.call('publishVersion', {
    path: { version: version.summary.id },
    headers: { 'if-match': `"${version.summary.version}"` },
    body: { remarks: '已核对' },
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
}

/* A refusal that the test provokes is a line on the console that is no fault of the page. */
const refused = /^Failed to load resource: the server responded with a status of 4\d\d/;

/* Numbers of [0, 1) that are the same for the same SEED (mulberry32). */
function numbers(seed) {
  let state = Number(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let n = Math.imul(state ^ (state >>> 15), 1 | state);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
  };
}

/* Let each request to the API of CONTEXT wait before it goes out. */
async function slowDown(context) {
  const next = numbers(process.env.XJ_SLOW);
  await context.route((url) => url.pathname.startsWith('/api/'), async (route) => {
    await new Promise((go) => { setTimeout(go, next() ** 2 * 600); });
    await route.continue();
  });
}

/*
 * Wait until CHECK throws nothing: for what a page shows a moment later than what the test waited for.
 * What it throws after twenty seconds is the test's fault.
 */
export async function settled(check) {
  for (const end = Date.now() + 20_000; ;) {
    try {
      return await check();
    } catch (fault) {
      if (Date.now() > end) throw fault;
    }
    await new Promise((go) => { setTimeout(go, 50); });
  }
}

/* A page of its own (own cookies) at PATH; T closes it and then holds it to the rules above. */
export async function openPage(t, house, { path = '/', lang = 'zh', size = DESK, signedIn = true, offline = false } = {}) {
  const context = await house.browser.newContext({
    viewport: size, baseURL: house.server.origin, locale: 'zh-CN', acceptDownloads: true,
    hasTouch: size === PHONE, isMobile: size === PHONE,
  });
  if (lang === 'en') await context.addInitScript(() => localStorage.setItem('xingjian.lang', 'en'));
  if (process.env.XJ_SLOW) await slowDown(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000); // a busy machine is no fault of the page
  const faults = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (refused.test(message.text()) || (offline && /ERR_INTERNET_DISCONNECTED/.test(message.text()))) return;
    faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') { void dialog.accept(); return; }
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${house.server.origin}/`) && !/^(data|blob):/.test(url)) faults.push(`foreign request: ${url}`);
  });
  t.after(async () => {
    if (house.browser.isConnected()) await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    assert.deepEqual(faults, []);
  });
  const words = wordsOf(lang);
  await page.goto(path);
  if (signedIn) await signIn(page, words, house.server.account);
  return { page, context, t: words };
}

export async function signIn(page, t, { name, password }) {
  await page.getByLabel(t('signIn.name')).fill(name);
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('signIn.act'), exact: true }).click();
  await page.getByRole('navigation', { name: t('frame.nav') }).waitFor();
}

/* No fault that axe knows on what is shown now. */
export async function assertAccessible(page, where) {
  // A button at work is faint, as one that is off: no fault, but axe does not know.
  await page.waitForFunction(() => !document.querySelector('.ant-btn-loading'));
  await page.evaluate(axeSource);
  const faults = await page.evaluate(async () => {
    const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
  });
  assert.deepEqual(faults, [], `axe on ${where}`);
}

/* A picture of what is shown now, kept with the run. */
export async function picture(page, name) {
  mkdirSync(artefacts, { recursive: true });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
}

/* What is shown now as a picture of the manual: kept in XJ_PICTURES where that is set, else with the run. */
export async function manualPicture(page, name) {
  const folder = process.env.XJ_PICTURES ?? artefacts;
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  await page.setViewportSize(MANUAL);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const bytes = smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  assert.ok(bytes.length <= MANUAL_BYTES, `${name}.png has ${bytes.length} bytes`);
  writeFileSync(join(folder, `${name}.png`), bytes);
  await page.setViewportSize(size);
}

/* A plan of COUNT tasks in ACTIONS actions, by a number and for a year of its own. */
export function longPlan(count, { actions = 15, no = '云健委〔2026〕99号', title = '健康云沂行动2026年任务清单' } = {}) {
  const units = ['市卫生健康委', '市教育局', '市财政局', '市民政局', '市体育局', '市农业农村局', '市市场监管局'];
  const numbers = '一二三四五六七八九十'.split('');
  const chinese = (n) => (n <= 10 ? numbers[n - 1] : n < 20 ? `十${numbers[n - 11]}` : `${numbers[Math.floor(n / 10) - 1]}十${numbers[(n % 10) - 1] ?? ''}`);
  const names = ['健康知识普及', '合理膳食', '全民健身', '控烟', '心理健康促进', '健康环境促进', '妇幼健康促进', '中小学健康促进',
    '职业健康保护', '老年健康促进', '心脑血管疾病防治', '癌症防治', '慢性呼吸系统疾病防治', '糖尿病防治', '传染病及地方病防控'];
  const lines = ['云沂市健康行动推进委员会文件', '', no, '', title, '', '2026年1月5日', ''];
  const each = Math.ceil(count / actions);
  let made = 0;
  for (let a = 0; a < actions && made < count; a += 1) {
    lines.push(`${chinese(a + 1)}、实施${names[a % names.length]}行动`);
    for (let i = 1; i <= each && made < count; i += 1, made += 1) {
      const lead = units[(a + i) % units.length];
      const other = units[(a + i + 3) % units.length];
      lines.push(`${i}.在第${made + 1}个社区开展${names[a % names.length]}活动，建立工作台账。（牵头单位：${lead}，配合单位：${other}；完成时限：${1 + (made % 12)}月底前）`);
    }
  }
  return lines.join('\n') + '\n';
}
