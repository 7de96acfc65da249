/*
 * Leaders' instructions (批示): entered with their scan, seen by the office and those named alone (in no
 * list, count, search, feed, export or map of anybody else), ended by the leader's reading.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { rowsOf } from './book.mjs';
import { operations } from './contract.mjs';
import { startServer } from './harness.mjs';

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;
const WORD = '查清岭南水厂投诉';
const protocol = { 'tus-resumable': '1.0.0' };
const root = new URL('../../', import.meta.url);
const scan = readFileSync(new URL('samples/pdf/03-table.pdf', root));

let server, office, people, programme, education, health, feeds, duty;

const ok = (reply, status = 200) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
};
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const day = (n) => new Date(Date.now() + (8 + 24 * n) * 3600e3).toISOString().slice(0, 10);
const match = (version) => ({ 'if-match': `"${version}"` });

async function upload(name, bytes, client = office) {
  const { id } = ok(await client.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } }), 201);
  ok(await client.call('appendUpload', { path: { upload: id }, body: bytes,
    headers: { ...protocol, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } }), 204);
  return id;
}

const ROLES = [['leader', 'leader'], ['passer', 'leader'], ['named', 'liaison_a', '市教育局'], ['other', 'liaison_b', '市教育局'],
  ['head', 'unit_head', '市教育局'], ['far', 'liaison_a', '市卫生健康委'], ['expert', 'expert'], ['inspector', 'inspector'],
  ['evaluator', 'evaluator', '市教育局']];
const UNNAMED = ['passer', 'other', 'head', 'far', 'expert', 'inspector', 'evaluator'];

before(async () => {
  server = await startServer();
  office = await server.signIn();
  programme = (await office.call('listProgrammes')).body.items[0].id;
  const { summary } = ok(await office.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN }), 201).version;
  ok(await office.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  const units = (await office.call('listUnits')).body.items;
  education = units.find((u) => u.name === '市教育局');
  health = units.find((u) => u.name === '市卫生健康委');
  people = {};
  for (const [name, post, unit] of ROLES) {
    const account = await server.addUser(name, '云沂市', { post, unit });
    people[name] = await server.signIn(account.name, account.password);
  }
  for (const name of Object.keys(people)) people[name].id = (await people[name].call('getSession')).body.person.id;
  feeds = {};
  for (const name of UNNAMED) {
    feeds[name] = ok(await people[name].call('addCalendar', { body: {} }), 201).path;
  }
});
after(async () => { await server.stop(); });

const body = (more = {}) => ({
  programme, origin: 'instruction', title: WORD, text: WORD, lead: education.id, deadline_kind: 'complete_by', due: day(3),
  leader: '李市长', leader_id: people.leader.id, given_on: day(-1), words: WORD, action_no: 7, action: '饮水安全行动',
  viewers: [people.named.id], tags: ['饮水批示'], ...more });

/* What every list says to CLIENT, by operation. */
const NEEDS = {
  search: { q: '水厂' }, getHeatMap: () => ({ programme }), getLightTrend: () => ({ programme, months: 3 }),
  listLightTurns: () => ({ programme, light: 'yellow', from: day(-30), to: day(1) }), listActionFigures: () => ({ programme, action_no: 7 }),
  listAsked: { year: 2026 }, exportAsked: { year: 2026 }, getDutyCalendar: { year: 2026 }, listFeeds: () => ({ unit: education.id }),
  listInspectionBurden: { year: 2026 }, exportInspectionBurden: { year: 2026 },
};
const SKIPPED = new Set(['getOpenapi', 'getHealth', 'listSessions', 'listJobs', 'getSetup', 'listPeople', 'exportDirectory', 'getDirectoryTemplate']);

async function allSeen(client, feed) {
  const seen = {};
  if (feed) seen.feed = (await (await fetch(`${server.origin}${feed}`)).text()).replaceAll(/^DTSTAMP.*$/gm, '');
  for (const { id, method, literal } of operations) {
    if (method !== 'GET' || !literal || SKIPPED.has(id)) continue;
    const needs = NEEDS[id] ?? {};
    const reply = await client.call(id, { query: typeof needs === 'function' ? needs() : needs });
    assert.ok(reply.status === 200 || reply.status === 403, `${id} ${reply.status} ${JSON.stringify(reply.body)}`);
    if (reply.status === 403) continue;
    seen[id] = id.endsWith('Csv') ? reply.bytes.toString('utf8') : id.startsWith('export') ? rowsOf(reply.bytes) : reply.body;
  }
  return seen;
}

test('who is not named sees nothing of it: no list, count, export, search or map changes', async () => {
  const before = {};
  for (const name of UNNAMED) before[name] = await allSeen(people[name], feeds[name]);
  const wide = await allSeen(office);
  duty = ok(await office.call('addDuty', { body: body({ scans: [await upload('批示.pdf', scan)] }) }), 201);
  assert.equal(duty.kind, 'instruction');
  assert.deepEqual(duty.scans.map((s) => [s.name, s.kind, s.size]), [['批示.pdf', 'pdf', scan.length]]);
  assert.deepEqual(duty.viewers.map((v) => [v.person, v.unit]), [[people.named.id, null]]);
  for (const name of UNNAMED) {
    const now = await allSeen(people[name], feeds[name]);
    for (const id of Object.keys(now)) {
      assert.deepEqual(now[id], before[name][id], `${id} tells ${name} of it`);
      assert.ok(!JSON.stringify(now[id] ?? '').includes('水厂'), `${id} names it to ${name}`);
    }
  }
  /* the office sees it where it works, and the map is the same for all */
  const now = await allSeen(office);
  for (const id of ['listDuties', 'listObligations', 'listReceipts', 'listInstructions', 'getDutyDesk']) assert.notDeepEqual(now[id], wide[id], id);
  assert.deepEqual(now.getHeatMap, wide.getHeatMap);
  for (const name of ['leader', 'named']) {
    assert.ok((await people[name].call('listDuties', { query: { kind: 'instruction' } })).body.items.some((d) => d.id === duty.id), name);
    assert.equal((await people[name].call('listInstructions')).body.items.length, 1);
  }
  assert.equal((await people.leader.call('listInstructions', { query: { mine: true } })).body.items[0].mine, true);
  assert.equal((await people.named.call('listInstructions', { query: { mine: true } })).body.items.length, 0);
});

test('what hangs on it is not there by its number either', async () => {
  const finish = (await office.call('listObligations', { query: { kind: 'finish', limit: 500 } })).body.items.find((o) => o.duty === duty.id);
  assert.equal(finish.title, '');
  const scanAt = { duty: duty.id, scan: duty.scans[0].id };
  for (const name of UNNAMED) {
    for (const [id, path] of [['getDuty', { duty: duty.id }], ['listDutyLights', { duty: duty.id }], ['listDutyReturns', { duty: duty.id }],
      ['getDutyScan', scanAt], ['getDutyScanPage', { ...scanAt, page: 1 }], ['getObligation', { obligation: finish.id }]]) {
      assert.equal((await people[name].call(id, { path })).status, 404, `${id} ${name}`);
    }
    const taken = await people[name].call('moveDuty', { path: { duty: duty.id }, headers: match(1), body: { move: 'acknowledge' } });
    assert.ok([403, 404].includes(taken.status), name);
  }
  bad(await people.other.call('acknowledgeNotice', { body: { notice: duty.notice, unit: education.id } }), 404, 'not_found');
  bad(await people.other.call('dispatchDuties', { body: { unit: education.id, duties: [duty.id], person: people.other.id } }), 404, 'not_found');
  bad(await people.named.call('dispatchDuties', { body: { unit: education.id, duties: [duty.id], person: people.other.id } }), 400, 'bad_input');
});

test('the scan comes back as it came and page by page; other kinds and classified papers are refused', async () => {
  const path = { duty: duty.id, scan: duty.scans[0].id };
  const file = await people.named.call('getDutyScan', { path });
  assert.equal(file.status, 200);
  assert.ok(Buffer.compare(Buffer.from(file.bytes), scan) === 0);
  assert.match(file.headers.get('content-disposition'), /^attachment/);
  const page = await people.named.call('getDutyScanPage', { path: { ...path, page: 1 }, query: { width: 300 } });
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('content-type'), 'image/png');
  assert.ok(Number(page.headers.get('x-page-count')) >= 1);
  const add = async (name, bytes) => office.call('addDutyScans', { path: { duty: duty.id }, body: { uploads: [await upload(name, bytes)] } });
  bad(await add('批示.txt', Buffer.from('请研办', 'utf8')), 415, 'unsupported_kind');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  assert.equal(ok(await add('第二页.png', png), 201).scans.length, 2);
  assert.equal(ok(await add('第二页.png', png), 201).scans.length, 2);
  bad(await office.call('addDutyScans', { path: { duty: duty.id }, body: { uploads: [999999] } }), 404, 'not_found');
  const all = ok(await office.call('getDuty', { path: { duty: duty.id } })).scans;
  ok(await office.call('removeDutyScan', { path: { duty: duty.id, scan: all[1].id } }), 204);
  bad(await office.call('removeDutyScan', { path: { duty: duty.id, scan: all[1].id } }), 404, 'not_found');
  const secret = await office.call('addDuty', { body: body({ scans: [await upload('密.pdf', classified())] }) });
  bad(secret, 422, 'classified');
  assert.equal((await office.call('listInstructions')).body.items.length, 1);
  bad(await office.call('addDuty', { body: body({ origin: 'minutes', scans: [await upload('a.pdf', scan)] }) }), 400, 'bad_input');
});

/* A PDF of one page with the mark of a classified paper. */
function classified() {
  const text = 'BT /F1 24 Tf 72 720 Td <673A5BC6260500335E74> Tj ET';
  const cmap = '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange '
    + '5 beginbfchar <673A> <673A> <5BC6> <5BC6> <2605> <2605> <0033> <0033> <5E74> <5E74> endbfchar endcmap end end';
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>',
    `<< /Length ${cmap.length} >>\nstream\n${cmap}\nendstream`,
    '<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>'];
  let out = '%PDF-1.4\n';
  const at = objects.map((object, i) => {
    const offset = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('')}`
    + `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

test('who sees it is changed with its history, and only of what was seen last', async () => {
  const version = async () => ok(await office.call('getDuty', { path: { duty: duty.id } })).version;
  const set = async (more, at) => office.call('setDutyViewers', { path: { duty: duty.id }, headers: match(at ?? await version()), body: { people: [], units: [], ...more } });
  bad(await set({}, 99), 409, 'stale');
  bad(await set({ units: [999999] }), 404, 'not_found');
  const named = ok(await set({ people: [people.named.id], units: [health.id], why: '卫健参与' }));
  assert.deepEqual(named.viewers.map((v) => v.name).sort(), ['named', '市卫生健康委'].sort());
  assert.equal(named.history.at(-1).move, 'name_viewers');
  assert.equal(named.history.at(-1).before.viewers, 'named');
  assert.equal(ok(await people.far.call('getDuty', { path: { duty: duty.id } })).id, duty.id);
  ok(await set({ people: [people.named.id] }));
  assert.equal((await people.far.call('getDuty', { path: { duty: duty.id } })).status, 404);
  const open = ok(await office.call('addDuty', { body: { programme, origin: 'hand', title: '平常事', lead: education.id, deadline_kind: 'ongoing' } }), 201);
  bad(await office.call('setDutyViewers', { path: { duty: open.id }, headers: match(open.version), body: { people: [], units: [] } }), 409, 'conflict');
});

test('it ends when the leader has read the result, and by nothing else', async () => {
  const at = async () => ok(await office.call('getDuty', { path: { duty: duty.id } })).version;
  const move = async (client, more) => client.call('moveDuty', { path: { duty: duty.id }, headers: match(await at()), body: more });
  const read = async (client, more = { move: 'read' }, version) =>
    client.call('readInstruction', { path: { duty: duty.id }, headers: match(version ?? await at()), body: more });
  ok(await people.named.call('acknowledgeNotice', { body: { notice: duty.notice, unit: education.id } }));
  ok(await move(people.named, { move: 'begin' }));
  bad(await move(people.named, { move: 'ask_completion' }), 400, 'bad_input');
  ok(await move(people.named, { move: 'ask_completion', result: '已查清，三处已整改' }));
  bad(await move(people.named, { move: 'lay_before' }), 403, 'forbidden');
  bad(await move(office, { move: 'finish' }), 400, 'bad_input');
  bad(await read(people.leader), 409, 'conflict'); /* nothing was laid before the leader */
  assert.equal(ok(await move(office, { move: 'lay_before' })).state, 'laid_before');
  bad(await read(people.passer), 404, 'not_found');
  bad(await read(people.leader, { move: 'read' }, 1), 409, 'stale');
  bad(await read(people.leader, { move: 'return' }), 400, 'bad_input');
  const back = ok(await read(people.leader, { move: 'return', why: '复查一次' }));
  assert.deepEqual([back.state, back.laid_on], ['returned', null]);
  ok(await move(office, { move: 'lay_before', result: '已复查', happened_on: day(-0) }));
  const row = (await people.leader.call('listInstructions', { query: { open: true } })).body.items[0];
  assert.deepEqual([row.state, row.result, row.mine], ['laid_before', '已复查', true]);
  const done = ok(await read(people.leader));
  assert.deepEqual([done.state, done.read_on, done.read_name, done.light], ['read', day(0), 'leader', 'green']);
  assert.equal((await people.leader.call('listInstructions', { query: { open: true } })).body.items.length, 0);
  assert.equal((await people.leader.call('listInstructions', { query: { limit: 1 } })).body.items.length, 1);
});

test('the office enters the reading of a leader without an account, with the day', async () => {
  const { leader_id: _, ...plain } = body({ title: '另一件', text: '', words: '' });
  const made = ok(await office.call('addDuty', { body: plain }), 201);
  assert.equal(made.leader_id, null);
  assert.equal((await people.leader.call('getDuty', { path: { duty: made.id } })).status, 404);
  const move = (version, more) => office.call('moveDuty', { path: { duty: made.id }, headers: match(version), body: more });
  ok(await move(1, { move: 'acknowledge' }));
  ok(await move(2, { move: 'lay_before', result: '已办' }));
  const done = ok(await office.call('readInstruction', { path: { duty: made.id }, headers: match(3), body: { move: 'read', happened_on: day(-0) } }));
  assert.equal(done.state, 'read');
  bad(await office.call('readInstruction', { path: { duty: made.id }, headers: match(4), body: { move: 'read', happened_on: '2999-01-01' } }), 400, 'bad_input');
});

test('the clock reminds those named alone, and text to paste never has it', async () => {
  const made = ok(await office.call('addDuty', { body: body({ title: '再查岭南水厂', leader_id: people.leader.id, due: day(2) }) }), 201);
  await server.cli('clock', 'run', '--at', day(20));
  assert.ok(!JSON.stringify((await office.call('getPasteText')).body).includes('水厂'));
  const told = async (name) => (await people[name].call('listNotices')).body.items;
  await server.cli('notice', 'send').catch(() => undefined);
  for (const name of UNNAMED) assert.ok(!JSON.stringify(await told(name)).includes('水厂'), name);
  const orders = (await office.call('listOrders', { query: { open: true } })).body.items;
  const owed = (await office.call('listObligations', { query: { kind: 'finish', limit: 500 } })).body.items.find((o) => o.duty === made.id);
  assert.ok(!orders.some((o) => o.obligation === owed.id));
});
