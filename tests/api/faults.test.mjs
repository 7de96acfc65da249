/*
 * What goes wrong in a year: killed in the middle, clocks that jump, a plan amended under way, another
 * jurisdiction that asks.  XJ_LONG=1 kills more often.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startServer } from './harness.mjs';
import { operations } from './contract.mjs';

const KILLS = process.env.XJ_LONG === '1' ? 40 : 3;
const SECRET = '秘密花园讲座'; /* words of ours that nobody else may see */

let server, clerk, stranger, programme, version, units;

const plan = (tasks, no) => `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
${tasks.map((task, i) => `${i + 1}.${task}（牵头单位：${['市教育局', '市卫生健康委', '市体育局', '市民政局', '市财政局'][i % 5]}；完成时限：持续推进）`).join('\n')}

云沂市健康行动推进委员会
2026年${no}月1日
`;
const TASKS = Array.from({ length: 10 }, (_, i) => `举办${SECRET}第${i + 1}讲。`);

const match = (v) => ({ 'if-match': `"${v}"` });
const must = async (reply, status = 200) => {
  const got = await reply;
  assert.equal(got.status, status, JSON.stringify(got.body));
  return got.body;
};
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const day = (ahead) => new Date(Date.now() + 8 * 3600e3 + ahead * 86400e3).toISOString().slice(0, 10);

async function publish(text) {
  const made = await clerk.call('importDocument', { query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: text });
  assert.ok([200, 201].includes(made.status), JSON.stringify(made.body));
  const { summary } = made.body.version;
  await must(clerk.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  return summary.id;
}

const all = async (client, id, query = {}) => {
  const items = [];
  for (let at; ;) {
    const page = await must(client.call(id, { query: { limit: 200, ...query, after: at } }));
    items.push(...page.items);
    if (page.next === null || page.next === undefined) return items;
    at = page.next;
  }
};
const returns = (query = {}) => all(clerk, 'listObligations', { kind: 'return', ...query });
const get = (id) => must(clerk.call('getReturn', { path: { return: id } }));

before(async () => {
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  await server.cli('programme', 'add', '岚溪县', '健康岚溪行动');
  const other = await server.addUser('other', '岚溪县');
  clerk = await server.signIn();
  stranger = await server.signIn(other.name, other.password);
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  version = await publish(plan(TASKS, 3));
  await server.cli('clock', 'run', '--at', day(300)); /* a year of returns */
  units = await all(clerk, 'listUnits');
});
after(async () => { await server.stop(); });

/* ---- killed in the middle ---- */

/*
 * Post each of ACTS ({ id, call(key) }) at once, kill the server in the middle, start it again; what was acknowledged
 * is there, and all of them asked again under their keys are done once.
 */
async function killedDuring(acts, isDone) {
  const said = new Map();
  const posted = acts.map(async (act) => {
    try {
      const reply = await act.call(act.key);
      if (reply.status === 200) said.set(act, reply.body);
    } catch {
      /* the connection broke: nobody said anything */
    }
  });
  await pause(Math.random() * 60);
  await server.kill();
  await Promise.all(posted);
  await server.serve();
  for (const act of said.keys()) assert.ok(await isDone(act.id), `what was acknowledged is there: ${act.id}`);
  for (const act of acts) {
    const reply = await act.call(act.key);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    assert.ok(await isDone(act.id));
  }
  return said.size;
}

const moves = async (id, move) => (await must(clerk.call('getObligation', { path: { obligation: id } }))).history.filter((m) => m.move === move).length;

test('kill -9 while returns are sent and reviewed: what was acknowledged is there, and once', async () => {
  const left = (await returns({ open: true })).filter((o) => o.state === 'due').slice(0, KILLS * 4);
  assert.ok(left.length >= 4, `${left.length} returns`);
  for (const one of left)
    for (const row of (await get(one.id)).rows)
      await must(clerk.call('keepReturnRow', { path: { return: one.id, duty: row.duty }, headers: match(0), body: { unit: one.unit, text: '有进展' } }));
  const groups = Array.from({ length: Math.ceil(left.length / 4) }, (_, i) => left.slice(i * 4, i * 4 + 4));
  for (const group of groups) {
    await killedDuring(group.map((one) => ({
      id: one.id, key: `send-${one.id}-kill`,
      call: (key) => clerk.call('sendReturn', { path: { return: one.id }, headers: { ...match(one.version), 'idempotency-key': key }, body: {} }),
    })), async (id) => (await get(id)).head.state === 'sent');
    for (const one of group) assert.equal(await moves(one.id, 'send'), 1);
  }
  for (const group of groups) {
    const reports = await Promise.all(group.map((one) => get(one.id)));
    await killedDuring(reports.map((report) => ({
      id: report.head.id, key: `review-${report.head.id}-kill`,
      call: (key) => clerk.call('reviewReturn', { path: { return: report.head.id }, headers: { ...match(report.head.version), 'idempotency-key': key },
        body: { rows: report.rows.map((row) => ({ duty: row.duty, accepted: true })) } }),
    })), async (id) => (await get(id)).head.state === 'accepted');
    for (const one of group) assert.equal(await moves(one.id, 'accept'), 1);
  }
});

/* The clock's run as a process of its own, killed after MS. */
async function clockKilled(at, ms) {
  const child = spawn(binary, ['clock', 'run', '--at', at], { env: server.env, stdio: 'ignore' });
  const ended = new Promise((resolve) => { child.on('exit', resolve); });
  await Promise.race([ended, pause(ms)]);
  child.kill('SIGKILL');
  await ended;
}

const unique = (items) => {
  const keys = items.map((o) => [o.unit, o.kind, o.raised_for, o.duty, o.document, o.programme].join(' '));
  assert.equal(new Set(keys).size, keys.length, 'nothing is owed twice');
  return keys.sort();
};

test('kill -9 while it raises, and a clock that jumps: each is owed once, as if nothing had happened', async () => {
  await server.kill();
  for (let i = 0; i < KILLS; i++) await clockKilled(day(500), 40 + Math.random() * 400);
  await server.cli('clock', 'run', '--at', day(500));
  await server.serve();
  const first = unique(await all(clerk, 'listObligations'));
  const notices = (await must(clerk.call('listOrders', { query: {} }))).items.length;
  /* back, as after a battery change, and forward again */
  for (const at of [day(-400), day(10), day(500)]) await server.cli('clock', 'run', '--at', at);
  assert.deepEqual(unique(await all(clerk, 'listObligations')), first);
  assert.equal((await must(clerk.call('listOrders', { query: {} }))).items.length, notices);
});

/* ---- a plan amended while returns are under way ---- */

test('a plan amended under way keeps what was said, and asks no more of what it drops', async () => {
  const [one] = (await returns({ open: true })).filter((o) => o.state === 'due' && o.rows >= 2);
  assert.ok(one, 'a return with two rows');
  const [kept, gone] = (await get(one.id)).rows;
  await must(clerk.call('keepReturnRow', { path: { return: one.id, duty: kept.duty }, headers: match(0), body: { unit: one.unit, text: '写了一半' } }));
  const sent = (await returns()).filter((o) => o.state === 'accepted');
  const lost = Number(gone.title.match(/第(\d+)讲/)[1]);
  version = await publish(plan(TASKS.filter((_, i) => i !== lost - 1).map((task) => task.replace('讲。', '讲，面向全市。')), 4));
  const now = await get(one.id);
  assert.equal(now.rows.find((row) => row.duty === kept.duty)?.text, '写了一半');
  assert.match(now.rows.find((row) => row.duty === kept.duty).words, /面向全市/);
  assert.equal(now.rows.find((row) => row.duty === gone.duty), undefined);
  assert.deepEqual((await returns()).filter((o) => o.state === 'accepted').map((o) => o.id).sort(), sent.map((o) => o.id).sort());
  unique(await all(clerk, 'listObligations'));
});

/* ---- another jurisdiction ---- */

/* The text of every part of an office file. */
function unpacked(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'xj-zip-'));
  try {
    writeFileSync(join(folder, 'a.zip'), bytes);
    return execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint("".join(z.read(n).decode("utf-8","replace") for n in z.namelist()))', join(folder, 'a.zip')], { encoding: 'utf8', maxBuffer: 64 << 20 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const words = (reply) => (reply.bytes.subarray(0, 2).toString() === 'PK' ? unpacked(reply.bytes) : reply.bytes.toString('utf8'));

test('another jurisdiction finds nothing: by id, in lists, by words, in exports', async () => {
  const summary = await must(clerk.call('draftSummary', { body: { kind: 'half_year', programme, unit: (await returns())[0].unit, from_on: day(-400), to_on: day(500) } }), 201);
  assert.match(words(await clerk.call('exportSummary', { path: { summary: summary.id } })), new RegExp(SECRET));
  const duty = (await all(clerk, 'listDuties'))[0];
  const task = (await all(clerk, 'listTasks'))[0];
  const owed = (await returns())[0];
  const person = (await all(clerk, 'listPeople'))[0];
  const ids = {
    summary: summary.id, duty: duty.id, task: task.id, return: owed.id, obligation: owed.id, version, document: duty.document,
    unit: owed.unit, id: person.id, programme,
  };
  let asked = 0;
  for (const { id, method, path, operation } of operations.filter((o) => o.method === 'GET')) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
    if (names.length === 0 || !names.every((name) => ids[name] !== undefined || name === 'page')) continue;
    const needs = (operation.parameters ?? []).filter((p) => p.in === 'query' && p.required).map((p) => p.name);
    const query = Object.fromEntries(needs.map((name) => [name, name === 'against' ? version : '1']));
    const reply = await stranger.call(id, { path: Object.fromEntries(names.map((name) => [name, ids[name] ?? 1])), query });
    if (reply.status === 403) continue; // the right itself is another post's
    assert.ok([400, 404].includes(reply.status), `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    asked++;
  }
  assert.ok(asked >= 10, `${asked} asked by id`);
  let listed = 0;
  for (const { id, path, operation } of operations.filter((o) => o.method === 'GET' && !o.path.includes('{'))) {
    if (['getOpenapi', 'getHealth', 'getSetup'].includes(id)) continue;
    const needs = (operation.parameters ?? []).filter((p) => p.in === 'query' && p.required).map((p) => p.name);
    const query = Object.fromEntries(needs.map((name) => [name,
      name === 'q' ? SECRET : name === 'programme' ? programme : name === 'unit' ? owed.unit : name === 'year' ? 2026 : day(0)]));
    const reply = await stranger.call(id, { query });
    assert.ok(!words(reply).includes(SECRET), `${path} tells of it`);
    listed++;
  }
  assert.ok(listed >= 20, `${listed} lists`);
  /* what is asked of somebody else's things changes nothing */
  for (const [id, request] of [
    ['draftSummary', { body: { kind: 'half_year', programme, unit: owed.unit, from_on: day(-10), to_on: day(0) } }],
    ['draftSummary', { body: { kind: 'annual_monitoring_report', obligation: owed.id, from_on: day(-10), to_on: day(0) } }],
    ['writeSummary', { path: { summary: summary.id }, headers: match(1), body: { heading: '他', body: '他' } }],
    ['moveDuty', { path: { duty: duty.id }, headers: match(duty.version), body: { move: 'acknowledge' } }],
    ['moveObligation', { path: { obligation: owed.id }, headers: match(owed.version), body: { move: 'send' } }],
  ])
    assert.equal((await stranger.call(id, request)).status, 404, id);
});

/* ---- formulas ---- */

test('no export makes a formula of what somebody typed', async () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","y")'];
  for (const [i, title] of hostile.entries())
    await must(clerk.call('addDuty', { body: { programme, origin: 'hand', title: title.trim(), lead: units[0].id, deadline_kind: 'ongoing', text: title.trim() + i } }), 201);
  let files = 0;
  for (const { id, path, operation } of operations) {
    const types = Object.keys(operation.responses?.['200']?.content ?? {});
    if (!types.some((type) => /spreadsheetml|text\/csv/.test(type)) || path.includes('{')) continue;
    const needs = (operation.parameters ?? []).filter((p) => p.in === 'query' && p.required).map((p) => p.name);
    const reply = await clerk.call(id, { query: Object.fromEntries(needs.map((name) => [name, name === 'programme' ? programme : units[0].id])) });
    if (reply.status !== 200) continue;
    files++;
    const text = words(reply);
    assert.doesNotMatch(text, /<f[ >]/, `${id} holds a formula`);
    if (reply.bytes.subarray(0, 2).toString() !== 'PK') assert.doesNotMatch(text, /(^|,)"?[=+\-@\t]/m, `${id} holds a formula`);
  }
  assert.ok(files >= 2, `${files} exports`);
});
