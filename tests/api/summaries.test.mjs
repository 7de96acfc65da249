/* Summaries: drafted from what is held and from nothing else, written in versions, sent, as a Word file. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, liaison, other, stranger, programme, lead, reports;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）
3.建立专家库。（牵头单位：市卫生健康委；完成时限：持续推进）

二、保障措施
（一）加强监测。各专项行动工作组每年12月底前提交年度监测报告。

云沂市健康行动推进委员会
2026年3月1日
`;

const match = (version) => ({ 'if-match': `"${version}"` });
const year = new Date().getFullYear();
const days = { from_on: `${year}-01-01`, to_on: `${year}-12-31` };

async function must(reply, status = 200) {
  const got = await reply;
  assert.equal(got.status, status, JSON.stringify(got.body));
  return got.body;
}

before(async () => {
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  clerk = await server.signIn();
  const abroad = await server.addUser('abroad', '岚溪县');
  stranger = await server.signIn(abroad.name, abroad.password);
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = await must(clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN,
  }), 201);
  const { summary } = made.version;
  await must(clerk.call('publishVersion', { path: { version: summary.id }, headers: match(summary.version), body: { remarks: '已核对' } }));
  lead = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  for (const [name, unit] of [['jiaoyu', '市教育局'], ['weijian', '市卫生健康委']]) {
    const user = await server.addUser(name, undefined, { post: 'liaison_a', unit });
    if (name === 'jiaoyu') {
      const [{ id }] = (await clerk.call('listPeople', { query: { q: name } })).body.items;
      const person = await must(clerk.call('getPerson', { path: { person: id } }));
      await must(clerk.call('changePerson', { path: { person: id }, headers: match(person.version), body: { display_name: '许蔓' } }));
    }
    const client = await server.signIn(user.name, user.password);
    if (name === 'jiaoyu') liaison = client;
    else other = client;
  }
  const owed = (await clerk.call('listObligations', { query: { unit: lead.id, kind: 'return', limit: 10 } })).body.items;
  const report = await must(clerk.call('getReturn', { path: { return: owed[0].id } }));
  const [{ indicator }] = report.rows[0].figures;
  const texts = [
    { text: '办了7场讲座', difficulties: '讲师不够', next_step: '再办2场', figures: [{ indicator, measure: '人次', value: 120, span: 'to_date' }] },
    { text: '<b>巡讲</b>3场', difficulties: '', next_step: '' },
  ];
  for (const [i, row] of report.rows.entries())
    await must(liaison.call('keepReturnRow', { path: { return: owed[0].id, duty: row.duty }, headers: match(0), body: { unit: lead.id, ...texts[i] } }));
  await must(liaison.call('sendReturn', { path: { return: owed[0].id }, headers: match(1), body: {} }));
  await must(clerk.call('reviewReturn', { path: { return: owed[0].id }, headers: match(2), body: { rows: [{ duty: report.rows[0].duty, accepted: true }] } }));
  reports = (await clerk.call('listObligations', { query: { kind: 'annual_monitoring_report' } })).body.items;
});
after(async () => { await server.stop(); });

const draft = (client, body) => client.call('draftSummary', { body: { ...days, ...body } });
const half = (client, unit = lead.id) => draft(client, { kind: 'half_year', programme, unit });

/* The sentences of a text: { mark, text }. */
const sentences = (body) => body.split('\n').filter((line) => /〔\d{1,3}〕$/.test(line))
  .map((line) => ({ mark: Number(/〔(\d{1,3})〕$/.exec(line)[1]), text: line.replace(/〔\d{1,3}〕$/, '') }));

/* What is held about BASIS, as text: in it each number of a quotation must stand. */
async function held({ kind, about, duty }) {
  const days = (text) => text.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, (_, y, m, d) => ` ${y} ${Number(m)} ${Number(d)} `);
  if (kind === 'duty') return JSON.stringify(await must(clerk.call('getDuty', { path: { duty: about } })));
  if (kind === 'return') return days(JSON.stringify(await must(clerk.call('getObligation', { path: { obligation: about } }))));
  const report = await must(clerk.call('getReturn', { path: { return: about } }));
  return days(JSON.stringify([report.head, report.rows.find((row) => row.duty === duty)]));
}

test('a draft says what is held, and no other number', async () => {
  const summary = await must(half(liaison), 201);
  assert.match(summary.heading, /^市教育局\d{4}年下半年工作小结$/);
  assert.equal(summary.by, '许蔓');
  assert.match(summary.body, /1\.举办健康讲座：办了7场讲座（市教育局，\d{4}年\d{1,2}月\d{1,2}日报，已审核）〔/);
  assert.match(summary.body, /<b>巡讲<\/b>3场（市教育局，.*报，已报送，未审核）〔/);
  assert.match(summary.body, /目标“.*300人次.*”，累计120人次（/);
  assert.match(summary.body, /讲师不够/);
  assert.match(summary.body, /再办2场/);
  const found = sentences(summary.body);
  assert.ok(found.length >= 6, summary.body);
  assert.deepEqual(found.map((s) => s.mark), found.map((_, i) => i + 1));
  const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10).split('-').map(Number);
  for (const { mark, text } of found) {
    const basis = summary.basis.filter((b) => b.mark === mark);
    assert.ok(basis.length > 0, text);
    const counted = basis.map((b) => b.counted).filter((word) => word !== null);
    const numbers = new Set([0, ...counted.map((word) => counted.filter((w) => w === word).length)]);
    const words = (await Promise.all(basis.map(held))).join(' ');
    const known = new Set([...words.matchAll(/\d+/g)].map((m) => Number(m[0])));
    for (const [number] of text.matchAll(/\d+/g))
      assert.ok(numbers.has(Number(number)) || known.has(Number(number)) || (basis[0].counted !== null && today.includes(Number(number))),
        `${number} of "${text}" is not held`);
  }
  /* Lines without a mark are headings or say that there is nothing: they hold no number. */
  for (const line of summary.body.split('\n').filter((l) => !/〔\d{1,3}〕$/.test(l))) assert.doesNotMatch(line, /\d/);
});

test('it is written in versions, one after the other, and read by whose it is', async () => {
  const { id } = await must(half(liaison), 201);
  const write = (client, version, body) => client.call('writeSummary', { path: { summary: id }, headers: match(version), body });
  const text = { heading: '上半年小结', body: '一、总体情况\n有进展。〔1〕\n<script>alert(1)</script>' };
  const second = await must(write(liaison, 1, text));
  assert.equal(second.no, 2);
  assert.deepEqual(second.texts.map((t) => t.no), [1, 2]);
  const late = await write(clerk, 1, { heading: '另一份', body: '晚了' });
  assert.equal(late.status, 409);
  assert.equal(late.body.yours.body, '晚了');
  assert.equal(late.body.theirs.body, text.body);
  assert.equal((await must(liaison.call('getSummary', { path: { summary: id }, query: { no: 1 } }))).no, 1);
  assert.equal((await liaison.call('getSummary', { path: { summary: id }, query: { no: 9 } })).status, 404);
  for (const client of [other, stranger])
    for (const call of [client.call('getSummary', { path: { summary: id } }), client.call('exportSummary', { path: { summary: id } }), write(client, 2, text)])
      assert.equal((await call).status, 404);
  assert.ok((await must(liaison.call('listSummaries', { query: { unit: lead.id } }))).items.some((s) => s.id === id));
  assert.deepEqual((await must(other.call('listSummaries'))).items, []);
  assert.equal((await half(other)).status, 404);
  assert.equal((await draft(liaison, { kind: 'half_year', programme, unit: lead.id, to_on: '2020-01-01' })).body.fields[0].at, '/to_on');
});

test('it goes out as a Word file without its marks', async () => {
  const { id, heading } = await must(half(liaison), 201);
  const reply = await liaison.call('exportSummary', { path: { summary: id } });
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get('content-disposition'), new RegExp(`^attachment; filename\\*=UTF-8''${encodeURIComponent(heading)}\\.docx$`));
  const folder = mkdtempSync(join(tmpdir(), 'xj-docx-'));
  try {
    writeFileSync(join(folder, 'a.docx'), reply.bytes);
    const xml = execFileSync('python3', ['-c', 'import sys,zipfile;print(zipfile.ZipFile(sys.argv[1]).read("word/document.xml").decode())', join(folder, 'a.docx')], { encoding: 'utf8' });
    assert.match(xml, /办了7场讲座/);
    assert.match(xml, /&lt;b&gt;巡讲&lt;\/b&gt;/);
    assert.doesNotMatch(xml, /〔\d{1,3}〕/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('sending an action group\'s report fulfils what the group owes', async () => {
  const owed = reports.find((o) => o.unit_name.startsWith('健康知识普及'));
  assert.ok(owed, JSON.stringify(reports));
  const summary = await must(draft(clerk, { kind: 'annual_monitoring_report', obligation: owed.id }), 201);
  assert.equal(summary.heading, `健康知识普及行动${year}年度监测评估报告`);
  assert.equal(summary.action_no, 1);
  assert.match(summary.body, /建立专家库|举办健康讲座/);
  assert.equal((await liaison.call('sendSummary', { path: { summary: summary.id }, headers: match(1) })).status, 404);
  const key = { 'idempotency-key': 'summary-send-1' };
  const send = () => clerk.call('sendSummary', { path: { summary: summary.id }, headers: { ...match(1), ...key } });
  const [one, two] = await Promise.all([send(), send()]);
  assert.deepEqual([one.status, two.status], [200, 200]);
  assert.equal(one.body.state, 'sent');
  const now = await must(clerk.call('getObligation', { path: { obligation: owed.id } }));
  assert.equal(now.summary.state, 'sent');
  assert.equal((await clerk.call('sendSummary', { path: { summary: summary.id }, headers: match(2) })).status, 409);
  assert.equal((await draft(clerk, { kind: 'annual_monitoring_report', obligation: owed.id })).status, 409);
});
