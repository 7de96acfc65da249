/* Files of returns: small ones and pieces, twice, by strangers; names, marks, polyglots, positions. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, clerk, lead, feeder, stranger, owed, report;

const PLAN = `云沂市健康行动推进委员会文件

云健委〔2026〕3号

健康云沂行动2026年工作要点

一、健康知识普及行动
1.举办健康讲座，形成总结报告。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；完成时限：持续推进）
2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）

云沂市健康行动推进委员会
2026年3月1日
`;

const octets = { 'content-type': 'application/octet-stream' };
const protocol = { 'tus-resumable': '1.0.0' };
const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const jpeg = (more, behind = '') => bytes('\xff\xd8\xff\xe0\x00\x07JFIF\x00', more, '\xff\xda\x00\x04\x01\x02picture', '\xff\xd9', behind);
const exif = bytes('\xff\xe1\x00\x16Exif\x00\x00GPS 39.9,116.4');

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
  const unit = (await clerk.call('listUnits', { query: { q: '教育局' } })).body.items[0];
  owed = (await clerk.call('listObligations', { query: { unit: unit.id, kind: 'return', limit: 10 } })).body.items;
  report = (await clerk.call('getReturn', { path: { return: owed[0].id } })).body;
  for (const [name, tenant, at] of [['lead', undefined, '市教育局'], ['feeder', undefined, '市卫生健康委']]) {
    const user = await server.addUser(name, tenant, { post: 'liaison_a', unit: at });
    if (name === 'lead') lead = await server.signIn(user.name, user.password);
    else feeder = await server.signIn(user.name, user.password);
  }
});
after(async () => { await server.stop(); });

const add = (client, body, query = {}, headers = {}) => client.call('addReturnFile', {
  path: { return: report.head.id },
  query: { unit: report.head.unit.id, duty: report.rows[0].duty, name: '照片.jpg', ...query },
  headers: { ...octets, ...headers }, body,
});
const list = async (client, as) => {
  const reply = await client.call('listReturnFiles', { path: { return: report.head.id }, query: { as } });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
};
const blobs = () => readdirSync(join(server.folder, 'data/blobs'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).length;

test('a picture is kept without its place, and given back as an attachment', async () => {
  const reply = await add(lead, jpeg(exif, '<script>alert(1)</script>'));
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  assert.equal(reply.body.kind, 'jpeg');
  assert.equal(reply.body.bare, true);
  assert.equal(reply.body.on_behalf, false);
  const got = await fetch(`${server.origin}/api/v1/files/${reply.body.id}`,
    { headers: { cookie: [...lead.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
  assert.equal(got.headers.get('content-type'), 'image/jpeg');
  assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
  assert.match(got.headers.get('content-disposition'), /^attachment; filename\*=UTF-8''%E7%85%A7%E7%89%87\.jpg$/);
  const held = Buffer.from(await got.arrayBuffer());
  assert.ok(held.equals(jpeg('')), 'the picture alone');
});

test('a double click and a retried request keep it once', async () => {
  const before = (await list(lead)).items.length;
  const files = blobs();
  const key = { 'idempotency-key': 'evidence-0001' };
  const picture = jpeg('\xff\xe0\x00\x04ab');
  const [one, two, again] = await Promise.all([add(lead, picture, {}, key), add(lead, picture, {}, key), add(lead, picture)]);
  for (const reply of [one, two, again]) assert.equal(reply.status, 201, JSON.stringify(reply.body));
  assert.equal(one.body.id, two.body.id);
  assert.equal(one.body.id, again.body.id);
  assert.equal((await add(lead, picture, { duty: report.rows[1].duty })).status, 201);
  assert.equal((await list(lead)).items.length, before + 2);
  assert.equal(blobs(), files + 1, 'the same bytes are one file');
});

test('a name is a name: no folder, no header, no other ending', async () => {
  for (const [i, [name, kept]] of [['../../x', 'x.jpg'], ['..\\..\\x.jpg', 'x.jpg'],
    ['<img src=x onerror=alert(1)>.jpg', 'img src=x onerror=alert(1).jpg'], ['x.html', 'x.html.jpg']].entries()) {
    const reply = await add(lead, jpeg(`\xff\xe0\x00\x03${i}`), { name });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    assert.equal(reply.body.name, kept);
    assert.equal((await lead.call('removeFile', { path: { file: reply.body.id } })).status, 204);
    assert.equal((await lead.call('removeFile', { path: { file: reply.body.id } })).status, 404);
  }
});

test('what may not be kept is refused before it is stored', async () => {
  const files = blobs();
  for (const [body, status, code] of [
    ['机密★3年\n\n关于有关工作的情况\n', 422, 'classified'],
    ['<html><script>alert(1)</script></html>', 415, 'unsupported_kind'],
    [Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), 415, 'unsupported_kind'],
    [bytes('\xff\xd8\xff\xe1\xff\xff'), 400, 'bad_input'],
  ]) {
    const reply = await add(lead, typeof body === 'string' ? Buffer.from(body) : body, { name: '说明.txt' });
    assert.equal(reply.status, status, JSON.stringify(reply.body));
    assert.equal(reply.body.code, code);
  }
  assert.equal(blobs(), files);
});

test('others see nothing: another unit, another jurisdiction, a feed that is not handed over', async () => {
  const mine = await add(lead, jpeg('\xff\xe0\x00\x03m'));
  for (const client of [feeder, stranger]) {
    assert.equal((await client.call('getFile', { path: { file: mine.body.id } })).status, 404);
    assert.equal((await client.call('removeFile', { path: { file: mine.body.id } })).status, 404);
    assert.equal((await add(client, jpeg(''))).status, 404);
    assert.equal((await client.call('listReturnFiles', { path: { return: report.head.id } })).status, 404);
  }
  const unit = report.rows[0].feeds[0].unit.id;
  const fed = await add(feeder, jpeg('\xff\xe0\x00\x03f'), { unit });
  assert.equal(fed.status, 201, JSON.stringify(fed.body));
  assert.equal((await lead.call('getFile', { path: { file: fed.body.id } })).status, 404);
  assert.equal((await feeder.call('keepReturnRow', { path: { return: report.head.id, duty: report.rows[0].duty },
    headers: { 'if-match': '"0"' }, body: { unit, text: '讲了两次', give: true } })).status, 200);
  assert.equal((await lead.call('getFile', { path: { file: fed.body.id } })).status, 200);
  assert.ok((await list(lead)).items.some((file) => file.id === fed.body.id));
  assert.equal((await list(feeder, unit)).items.length, 1);
});

const pieces = async (client, name, body) => {
  const added = await client.call('addUpload', { headers: { ...protocol, 'upload-length': String(body.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` } });
  assert.equal(added.status, 201);
  const upload = added.body.id;
  const half = body.length >> 1;
  for (const [from, to] of [[0, half], [half, body.length]])
    assert.equal((await client.call('appendUpload', { path: { upload },
      headers: { ...protocol, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
      body: body.subarray(from, to) })).status, 204);
  return upload;
};

test('a file that came in pieces is taken over once; asked again, the first answer is given', async () => {
  const film = bytes('\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00', '\x00\x00\x00\x14moov\x00\x00\x00\x0cudta+39.', '\x00\x00\x00\x0cmdatfilm');
  const upload = await pieces(lead, '讲座.mp4', film);
  const take = (client) => client.call('takeReturnFile', { path: { return: report.head.id },
    headers: { 'idempotency-key': 'take-film-01' }, body: { upload, unit: report.head.unit.id, duty: report.rows[0].duty } });
  assert.equal((await take(feeder)).status, 404, 'an upload is its sender\'s');
  const one = await take(lead);
  assert.equal(one.status, 201, JSON.stringify(one.body));
  assert.equal(one.body.name, '讲座.mp4');
  assert.equal(one.body.size, film.length);
  assert.deepEqual(await take(lead).then((reply) => reply.body), one.body);
  assert.equal((await lead.call('getUpload', { path: { upload }, headers: protocol })).status, 404);
  assert.equal((await list(lead)).items.filter((file) => file.kind === 'mp4').length, 1);
});

test('an original is the office\'s: how and when it came, after the return was sent too', async () => {
  const original = await add(clerk, Buffer.from('盖章的报送单'), { duty: undefined, name: '报送单.txt', purpose: 'original', came_by: 'paper', came_on: '2026-03-01' });
  assert.equal(original.status, 201, JSON.stringify(original.body));
  assert.equal(original.body.on_behalf, true);
  assert.equal(original.body.looked, true);
  assert.equal((await lead.call('removeFile', { path: { file: original.body.id } })).status, 404);
  const listed = await clerk.call('listOriginals', { query: { limit: 1 } });
  assert.equal(listed.body.items[0].file.came_on, '2026-03-01');
  assert.equal((await stranger.call('listOriginals')).body.items.length, 0);
  const future = await add(clerk, Buffer.from('x'), { duty: undefined, purpose: 'original', came_on: '2999-01-01' });
  assert.equal(future.status, 400, JSON.stringify(future.body));
});
