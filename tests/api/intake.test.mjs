/* Intake: files that came by OA, mail, chat or on paper are read, laid to rows, kept for the unit, and judged by their day. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';
import { fill } from './zip.mjs';

let server, clerk, lead, stranger, owed, unit;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座。面向居民讲解合理膳食和科学用药，全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。组建健康科普专家库，常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const LETTER = `市教育局关于健康行动推进情况的报告

市推进办：

现将有关情况报告如下。

（一）组建健康科普专家库，聘请专家八名，巡讲走进六所学校。

（二）举办健康讲座十二场，面向居民讲解合理膳食，培训1360人次。

存在问题：讲课老师不够。
`;

const protocol = { 'tus-resumable': '1.0.0' };

before(async () => {
  server = await startServer();
  await server.cli('tenant', 'add', '岚溪县', '379922');
  const other = await server.addUser('other', '岚溪县');
  clerk = await server.signIn();
  stranger = await server.signIn(other.name, other.password);
  const programme = (await clerk.call('listProgrammes')).body.items[0].id;
  const made = await clerk.call('importDocument', {
    query: { programme, name: 'plan.txt' }, headers: { 'content-type': 'text/plain' }, body: PLAN,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { summary } = made.body.version;
  assert.equal((await clerk.call('publishVersion', {
    path: { version: summary.id }, headers: { 'if-match': `"${summary.version}"` }, body: { remarks: '已核对' },
  })).status, 200);
  unit = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  const user = await server.addUser('lead', undefined, { post: 'liaison_a', unit: '市教育局' });
  lead = await server.signIn(user.name, user.password);
});
after(async () => { await server.stop(); });

const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
async function upload(client, name, body) {
  const bytes = Buffer.from(body);
  const added = await client.call('addUpload', { headers: { ...protocol, 'upload-length': String(bytes.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal((await client.call('appendUpload', { path: { upload: added.body.id },
    headers: { ...protocol, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }, body: bytes })).status, 204);
  return added.body.id;
}
const read = (client, body) => client.call('readIntake', { body: { came_on: today(), ...body } });
const get = async (id = owed[0].id) => (await clerk.call('getReturn', { path: { return: id } })).body;
/* The rows that the pieces of a reading make, as the page puts them together. */
function drafts({ pieces, report }) {
  const rows = new Map();
  for (const { duty, part, text } of pieces) {
    if (duty === null || part === 'none') continue;
    const row = rows.get(duty) ?? { duty, version: report.rows.find((r) => r.duty === duty).version };
    rows.set(duty, { ...row, [part]: row[part] ? `${row[part]}\n${text}` : text });
  }
  return [...rows.values()];
}

test('a letter is read, its paragraphs laid to the rows that they answer', async () => {
  const got = await read(clerk, { upload: await upload(clerk, '报告.txt', LETTER), unit: unit.id });
  assert.equal(got.status, 200, JSON.stringify(got.body));
  assert.equal(got.body.by, 'unit');
  assert.equal(got.body.report.head.id, owed[0].id);
  assert.equal(got.body.unread, null);
  assert.ok(got.body.choices.some((head) => head.id === owed[1].id));
  const [first, second] = got.body.report.rows;
  const rows = drafts(got.body);
  assert.match(rows.find((row) => row.duty === first.duty).text, /培训1360人次/);
  assert.match(rows.find((row) => row.duty === second.duty).text, /聘请专家八名/);
  assert.equal(rows.find((row) => row.duty === first.duty).difficulties, '讲课老师不够。');
  assert.equal((await get()).rows[0].text, '', 'nothing is kept yet');
});

test('figures that the words state are proposed with their sentence; goals and other measures are not', async () => {
  const ask = async (words) => (await read(clerk, { upload: await upload(clerk, '数.txt', words), unit: unit.id })).body;
  const { figures, pieces, report } = await ask(LETTER);
  const [row] = report.rows;
  assert.equal(figures.length, 1, JSON.stringify(figures));
  const [one] = figures;
  assert.equal(one.duty, row.duty);
  assert.equal(one.indicator, row.figures[0].indicator);
  assert.deepEqual([one.measure, one.value, one.span, one.shared, one.words], ['人次', 1360, null, false, '1360人次']);
  assert.ok(pieces[one.piece].text.includes(one.before + one.words + one.after));
  const two = await ask('举办健康讲座，面向居民讲解合理膳食，本季度培训300人次，累计培训0.12万人次。计划全年培训2000人次，同比增加80人次，涉及45人。');
  assert.deepEqual(two.figures.map((f) => [f.value, f.span]), [[300, 'period'], [1200, 'to_date']]);
  assert.equal((await get()).rows[0].figures[0].value, null, 'nothing is kept by itself');
});

test('the office keeps it for the unit: 代录, sent on the day it came, the file beside it; the unit mends it', async () => {
  const file = await upload(clerk, '报告.txt', LETTER);
  const got = (await read(clerk, { upload: file, unit: unit.id })).body;
  const taken = await clerk.call('takeReturnFile', { path: { return: owed[0].id },
    body: { upload: file, unit: unit.id, purpose: 'original', came_by: 'chat', came_on: today() } });
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  const kept = await clerk.call('keepReturnRows', { path: { return: owed[0].id }, body: { unit: unit.id, rows: drafts(got) } });
  assert.equal(kept.status, 200, JSON.stringify(kept.body));
  let report = await get();
  assert.ok(report.rows.every((row) => row.on_behalf));
  /* the unit sees it, and mends a word before it goes */
  const mended = await lead.call('keepReturnRow', { path: { return: owed[0].id, duty: report.rows[1].duty },
    headers: { 'if-match': `"${report.rows[1].version}"` }, body: { unit: unit.id, text: '聘请专家九名' } });
  assert.equal(mended.status, 200);
  const late = await clerk.call('keepReturnRows', { path: { return: owed[0].id }, body: { unit: unit.id,
    rows: [{ duty: report.rows[1].duty, version: report.rows[1].version, text: '聘请专家八名' }],
    send: { version: report.head.version, happened_on: today() } } });
  assert.deepEqual(late.body.late.map((row) => row.text), ['聘请专家九名']);
  assert.equal(late.body.head.state, 'due');
  report = await get();
  const sent = await clerk.call('keepReturnRows', { path: { return: owed[0].id }, body: { unit: unit.id,
    rows: [{ duty: report.rows[0].duty, version: report.rows[0].version, text: report.rows[0].text }],
    send: { version: report.head.version, happened_on: '2026-03-20' } } });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal(sent.body.head.sent_on, '2026-03-20', 'the day it happened counts');
  assert.equal((await clerk.call('listOriginals')).body.items[0].file.came_by, 'chat');
});

test('the sealed page is known by its code; that it came is a fact beside the state', async () => {
  const { code, modules } = (await clerk.call('getReturnCode', { path: { return: owed[0].id } })).body;
  assert.match(code, /^XJ(-\d{1,4})+-\d\d$/);
  assert.ok(modules.every((line) => line.length === modules.length));
  const got = await read(clerk, { upload: await upload(clerk, '扫描.txt', `市教育局报送函\n\n编码：${code.replaceAll('-', ' — ')}\n\n（公章）\n`) });
  assert.equal(got.status, 200, JSON.stringify(got.body));
  assert.equal(got.body.by, 'code');
  assert.equal(got.body.report.head.id, owed[0].id);
  const { version } = (await clerk.call('getObligation', { path: { obligation: owed[0].id } })).body.summary;
  const move = (more) => clerk.call('moveObligation', { path: { obligation: owed[0].id },
    headers: { 'if-match': `"${more.version ?? version}"` }, body: { move: 'receive_original', why: '' } });
  const came = await move({});
  assert.equal(came.status, 200, JSON.stringify(came.body));
  const { head, rows } = await get();
  assert.equal(head.state, 'sent');
  assert.equal(head.original_on, today());
  assert.ok(rows.every((row) => row.state === 'sent'));
  const review = await clerk.call('reviewReturn', { path: { return: owed[0].id }, headers: { 'if-match': `"${head.version}"` },
    body: { rows: rows.map((row) => ({ duty: row.duty, accepted: true })) } });
  assert.equal(review.body.head.state, 'original_received');
  /* of a return that is not owed any more the page is registered alone */
  const again = await read(clerk, { upload: await upload(clerk, '扫描2.txt', `编码 ${code}\n盖章`) });
  assert.equal(again.body.report.head.open, false);
});

test('a workbook of ours is filled exactly, whoever brings it', async () => {
  const reply = await fetch(`${server.origin}/api/v1/returns/${owed[1].id}/sheet.xlsx`,
    { headers: { cookie: [...lead.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
  const bytes = fill(Buffer.from(await reply.arrayBuffer()), { E4: '讲座两场', F4: 30 });
  const got = await read(clerk, { upload: await upload(clerk, '报送单.xlsx', bytes) });
  assert.equal(got.body.by, 'workbook');
  assert.equal(got.body.filled.rows[0].draft.text, '讲座两场');
  assert.equal(got.body.filled.rows[0].draft.percent, 30);
});

test('what cannot be read is registered all the same; what may not be kept is refused', async () => {
  const film = await read(clerk, { upload: await upload(clerk, '录像.bin', Buffer.from([0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70, 0, 1])), unit: unit.id });
  assert.equal(film.status, 200, JSON.stringify(film.body));
  assert.equal(film.body.unread, 'unsupported_kind');
  assert.deepEqual(film.body.pieces, []);
  assert.equal(film.body.report.head.id, owed[1].id);
  const secret = await read(clerk, { upload: await upload(clerk, '密.txt', '机密★1年\n\n关于工作的报告\n'), unit: unit.id });
  assert.equal(secret.status, 422);
  assert.equal(secret.body.code, 'classified');
  const nobody = await read(clerk, { upload: await upload(clerk, '便条.txt', '讲座三次') });
  assert.equal(nobody.body.by, 'none');
  assert.equal(nobody.body.report, null);
  assert.equal((await read(clerk, { upload: 1, unit: unit.id })).status, 404);
  const theirs = await upload(clerk, '报告.txt', LETTER);
  assert.equal((await read(stranger, { upload: theirs, unit: unit.id })).status, 404);
  assert.equal((await read(lead, { upload: theirs, unit: unit.id })).status, 403);
  const { code } = (await clerk.call('getReturnCode', { path: { return: owed[0].id } })).body;
  const foreign = await read(stranger, { upload: await upload(stranger, '扫描.txt', `编码 ${code}`) });
  assert.equal(foreign.body.by, 'none', "another jurisdiction's code says nothing");
  assert.equal((await read(stranger, { upload: await upload(stranger, '扫描.txt', `编码 ${code}`), return: owed[0].id })).status, 404);
});
