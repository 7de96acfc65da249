/* Units and people from a spreadsheet: looked at first, then done once; and out again. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './harness.mjs';

let server, office;

const text = { 'content-type': 'text/plain' };
const bytes = { 'content-type': 'application/octet-stream' };
const preview = async (body, client = office, headers = text) => {
  const reply = await client.call('previewDirectory', { headers, body });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
};
const load = async (body, token, client = office, headers = text) => client.call('importDirectory', { query: { token }, headers, body });
const line = (seen, name) => seen.lines.find((l) => l.name === name);
const now = (l) => Object.fromEntries(l.changes.map((c) => [c.field, c.now]));
const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};
const rows = async () => (await server.cli('journal', 'verify', '--json')).rows;

const UNITS = `上级/主管单位,单位名称（必填）,类别,级别,简称/别名,督办关系,统一社会信用代码,备注
,云沂市卫生健康委员会,政府部门,市级,市卫健委、卫健委,,,
云沂市卫生健康委员会,云沂市疾病预防控制中心,事业单位,市,"市疾控中心",督办,,甲
,云沂海关,,,,,,
,中共云沂市委宣传部,,,,,,
没有的单位,云沂市甲局,,,,,,
云沂市甲局,云沂市乙局,,,,,,
,云沂市丙局,不存在,,,,,
,云沂市丁局,,,,,91350100M000100Y44,
,云沂海关,,,,,,
`;
const PEOPLE = `姓名\t手机\t所在单位\t岗位\t职务\t邮箱\t账号
李　强\t13800000001\t市卫健委\t联络员A\t科长\tli@example.org\tliqiang
李强\t\t市卫健委\t经办人\t\t\tliqiang
王芳\t\t云沂市疾病预防控制中心\t联络员B岗\t\t\t
张三\t\t没有的单位\t经办人\t\t\t
赵六\t\t\t联络员\t\t\t
孙七\t\t云沂海关\t什么\t\t\t
周八\t\t云沂海关\t\t\t\t
吴九\t\t云沂海关\t经办人\t\tnone\t
李强\t13900000000\t市卫健委\t经办人\t\t\tliqiang
`;

before(async () => {
  server = await startServer();
  office = await server.signIn();
});
after(async () => { await server.stop(); });

test('a table of units is looked at row by row, and nothing is changed', async () => {
  const before_ = await rows();
  const seen = await preview(UNITS);
  assert.deepEqual(seen.counts, { add: 4, change: 0, same: 0, wrong: 5 });
  assert.deepEqual(seen.tables, [{ sheet: 1, name: '', what: 'unit', ignored: ['备注'] }]);
  assert.deepEqual(now(line(seen, '云沂市疾病预防控制中心')), { parent: '云沂市卫生健康委员会', aliases: '市疾控中心' });
  const problems = Object.fromEntries(seen.lines.filter((l) => l.problem).map((l) => [`${l.row} ${l.name}`, [l.problem.what, l.problem.column]]));
  assert.deepEqual(problems, {
    '6 云沂市甲局': ['parent_unknown', 1],
    '7 云沂市乙局': ['parent_wrong', 1],
    '8 云沂市丙局': ['kind_unknown', 3],
    '9 云沂市丁局': ['credit_code_bad', 7],
    '10 云沂海关': ['twice', 2],
  });
  assert.equal(await rows(), before_);
  assert.equal((await office.call('listUnits')).body.items.length, 0);
});

test('what was looked at is done in one command, once, and a second time changes nothing', async () => {
  const seen = await preview(UNITS);
  const before_ = await rows();
  const request = { query: { token: seen.token }, headers: { ...text, 'idempotency-key': 'units-import-1' }, body: UNITS };
  const done = await office.call('importDirectory', request);
  assert.deepEqual(done.body, { added: 4, changed: 0, left_out: 5, accounts: 0, passwords: [] });
  assert.equal(await rows(), before_ + 1);
  assert.deepEqual((await office.call('importDirectory', request)).body, { ...done.body, passwords: null });
  assert.equal(await rows(), before_ + 1);
  const units = (await office.call('listUnits')).body.items;
  assert.deepEqual(units.map((u) => [u.name, u.kind, u.level, u.parent?.name ?? null, u.aliases.length]).sort(), [
    ['中共云沂市委宣传部', 'party', 'city', null, 0],
    ['云沂市卫生健康委员会', 'government', 'city', null, 2],
    ['云沂市疾病预防控制中心', 'institution', 'city', '云沂市卫生健康委员会', 1],
    ['云沂海关', 'government', 'none', null, 0],
  ]);
  const standing = async (name) => (await office.call('getUnit', { path: { unit: units.find((u) => u.name === name).id } })).body.standing;
  assert.equal(await standing('云沂海关'), 'coordinated');
  assert.equal(await standing('中共云沂市委宣传部'), 'coordinated');
  assert.equal(await standing('云沂市疾病预防控制中心'), 'supervised');
  const again = await preview(UNITS);
  assert.deepEqual(again.counts, { add: 0, change: 0, same: 4, wrong: 5 });
  bad(await load(UNITS, seen.token), 409, 'stale');
});

test('people get an account, posts and a first password that is shown once', async () => {
  const seen = await preview(PEOPLE);
  assert.deepEqual(seen.counts, { add: 2, change: 1, same: 0, wrong: 6 });
  assert.equal(seen.accounts, 2);
  assert.deepEqual(now(line(seen, '李强')), { job: '科长', mobile: '13800000001', mail: 'li@example.org', post: '联络员A（云沂市卫生健康委员会）' });
  assert.equal(line(seen, '王芳').account, '王芳');
  assert.deepEqual(seen.lines.filter((l) => l.problem).map((l) => [l.name, l.problem.what]), [
    ['张三', 'unit_unknown'], ['赵六', 'unit_missing'], ['孙七', 'role_unknown'], ['周八', 'role_missing'], ['吴九', 'mail_bad'],
    ['李强', 'contradicts']]);
  const done = await load(PEOPLE, seen.token);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.deepEqual(done.body.passwords.map((p) => [p.name, p.unit, p.account]),
    [['李强', '云沂市卫生健康委员会', 'liqiang'], ['王芳', '云沂市疾病预防控制中心', '王芳']]);
  const li = await server.signIn('liqiang', done.body.passwords[0].password);
  assert.deepEqual(li.session.posts.map((p) => p.role).sort(), ['liaison_a', 'officer']);
  bad(await server.client().call('signIn', { body: { name: '王芳', password: done.body.passwords[0].password } }), 401, 'bad_credentials');
  const channels = (await li.call('listNoticeChannels')).body.items;
  const mail = channels.find((c) => c.channel === 'mail');
  assert.deepEqual([mail.wanted, mail.address], [true, 'li@example.org']);
  assert.deepEqual((await preview(PEOPLE)).counts, { add: 0, change: 0, same: 3, wrong: 6 });
});

test('what is there is shown old and new; a mobile number only in part', async () => {
  const edited = '姓名,单位,职务,手机,账号\n李强,市卫健委,副主任,13800000002,LiQiang\n';
  const seen = await preview(edited);
  assert.deepEqual(line(seen, '李强').changes, [
    { field: 'job', old: '科长', now: '副主任' }, { field: 'mobile', old: '138****0001', now: '13800000002' }]);
  assert.equal((await load(edited, seen.token)).status, 200);
  const person = (await office.call('listPeople', { query: { q: 'liqiang' } })).body.items[0];
  assert.equal(person.job, '副主任');
  assert.equal((await office.call('getPerson', { path: { person: person.id } })).body.mobile, '13800000002');
});

test('the directory goes out as a workbook that comes back unchanged', async () => {
  const before_ = await rows();
  const out = await office.call('exportDirectory');
  assert.equal(out.status, 200);
  assert.match(out.headers.get('content-disposition'), /\.xlsx/);
  assert.equal(await rows(), before_ + 1); // mobile numbers are in it
  const book = Buffer.from(out.bytes);
  const seen = await preview(book, office, bytes);
  assert.deepEqual(seen.tables.map((t) => [t.name, t.what, t.ignored]), [['单位', 'unit', []], ['人员', 'person', []], ['机构成员', 'seat', []]]);
  assert.deepEqual([seen.counts.add, seen.counts.change, seen.counts.wrong], [0, 0, 0], JSON.stringify(seen.lines.filter((l) => l.act !== 'same')));
  assert.ok(seen.counts.same >= 8);
  const english = Buffer.from((await office.call('exportDirectory', { query: { lang: 'en' } })).bytes);
  assert.deepEqual((await preview(english, office, bytes)).counts, seen.counts);
  for (const lang of ['zh', 'en']) {
    const template = Buffer.from((await office.call('getDirectoryTemplate', { query: { lang } })).bytes);
    const empty = await preview(template, office, bytes);
    assert.deepEqual([empty.tables.length, empty.lines.length], [3, 0]);
  }
});

test('a parent may be exchanged, a loop may not', async () => {
  const turned = '单位名称,上级单位\n云沂市卫生健康委员会,云沂市疾病预防控制中心\n云沂市疾病预防控制中心,云沂海关\n';
  const seen = await preview(turned);
  assert.equal(seen.counts.change, 2);
  assert.equal((await load(turned, seen.token)).status, 200);
  const loop = await preview('单位名称,上级单位\n云沂海关,云沂市卫生健康委员会\n');
  assert.equal(loop.lines[0].problem.what, 'parent_loop');
});

test('an administrator is made by administrators alone', async () => {
  const plain = await server.addUser('plain');
  const client = await server.signIn(plain.name, plain.password);
  const file = '姓名,岗位,账号\n陈一,管理员,chenyi\n改名,推进办,clerk\n';
  assert.deepEqual((await preview(file, client)).lines.map((l) => l.problem.what), ['administrator', 'administrator']);
  assert.equal((await preview(file)).lines[0].problem, null);
});

test('every thing that may be wrong with a row is said', async () => {
  const wrong = async (file) => (await preview(file)).lines.map((l) => l.problem?.what ?? l.act);
  assert.deepEqual(await wrong(`单位名称,简称,类别,级别,督办关系,区划代码,上级
,甲,,,,,
${'长'.repeat(201)},,,,,,
云沂市甲局,,,不是,,,
云沂市乙局,,,,不是,,
云沂市丙局,,,,,999999,
云沂市丁局,市卫健委,,,,,
云沂市戊局,云沂市己局,,,,,
云沂市己局,,,,,,
云沂市庚局,云沂市疾病预防控制中心,,,,,
云沂市辛局,有关单位,,,,,
云沂海关,,一类单位,,,,
云沂市壬局,,,,,,云沂市壬局
有关部门,,一类单位,,,,
云沂市癸局,,,,,,有关部门
`), ['name_missing', 'name_bad', 'level_unknown', 'standing_unknown', 'area_unknown', 'alias_taken', 'alias_row', 'add', 'alias_named', 'alias_group',
    'kind_group', 'parent_loop', 'add', 'parent_group']);
  assert.deepEqual(await wrong(`姓名,单位,岗位,账号,职务
,云沂海关,经办人,,
甲,云沂海关,经办人,a b,
乙,云沂海关,经办人,c/d,
丙,云沂海关,经办人,,${'长'.repeat(101)}
`), ['name_missing', 'account_bad', 'account_bad', 'text_bad']);
  const twins = '姓名,单位,岗位,账号\n双,云沂海关,经办人,twin1\n双,云沂海关,经办人,twin2\n';
  assert.equal((await load(twins, (await preview(twins)).token)).status, 200);
  assert.deepEqual(await wrong('姓名,单位,职务\n双,云沂海关,科员\n'), ['ambiguous']);
  const groups = '单位名称,类别\n有关部门,一类单位\n';
  assert.equal((await load(groups, (await preview(groups)).token)).status, 200);
  assert.deepEqual(await wrong('姓名,单位,岗位\n甲,有关部门,经办人\n'), ['unit_group']);
  await server.cli('tenant', 'add', '洛川县', '379922');
  await server.addUser('elsewhere', '洛川县');
  assert.deepEqual(await wrong('姓名,单位,岗位,账号\n甲,云沂海关,经办人,elsewhere\n'), ['account_taken']);
});

test('files that are none are refused with what is wrong', async () => {
  const refused = async (body, headers, status, code) => bad(await office.call('previewDirectory', { headers, body }), status, code);
  await refused('甲,乙\n1,2\n', text, 400, 'bad_input');
  await refused('姓名,姓名,单位\n甲,乙,丙\n', text, 400, 'bad_input');
  await refused('姓名,单位\n"甲,乙\n', text, 400, 'bad_input');
  await refused(Buffer.from('PK\u0003\u0004broken'), bytes, 415, 'unsupported_kind');
  await refused(Buffer.from([0x00, 0x01, 0x02, 0x00]), bytes, 415, 'unsupported_kind');
  await refused(`姓名,单位\n${'甲,乙\n'.repeat(5001)}`, text, 413, 'too_large');
  bad(await load(UNITS, '0'.repeat(64)), 409, 'stale');
  const gb = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0x0a, 0xbc, 0xd7, 0x2c, 0xd2, 0xd2, 0x0a]); // 姓名,单位\n甲,乙\n in GB18030
  assert.equal((await preview(gb, office, bytes)).lines[0].name, '甲');
});

test('text that looks like a formula stays text', async () => {
  const file = '姓名,岗位,职务,账号\n郑十,领导,=1+1,zhengshi\n';
  const seen = await preview(file);
  assert.equal((await load(file, seen.token)).status, 200);
  const out = await preview(Buffer.from((await office.call('exportDirectory')).bytes), office, bytes);
  assert.equal(line(out, '郑十').act, 'same');
});

test('5,000 rows are taken in, and taken in again for nothing', async () => {
  let file = '姓名,单位,岗位,账号\n';
  for (let i = 0; i < 5000; i++) file += `人员${i},云沂海关,经办人,p${i}\n`;
  const seen = await preview(file);
  assert.deepEqual(seen.counts, { add: 5000, change: 0, same: 0, wrong: 0 });
  const done = await load(file, seen.token);
  assert.equal(done.status, 200, JSON.stringify(done.body).slice(0, 500));
  assert.equal(new Set(done.body.passwords.map((p) => p.password)).size, 5000);
  assert.equal((await preview(file)).counts.same, 5000);
});

test('the subcommand does the same', async () => {
  const file = join(server.folder, 'people.csv');
  writeFileSync(file, '姓名,单位,岗位\n冯十一,云沂海关,联络员A\n褚十二,无,经办人\n');
  const dry = await server.cli('org', 'import', file, '--tenant', '379900', '--dry-run');
  assert.match(dry, /冯十一/);
  const none = (await office.call('listPeople', { query: { q: '冯十一' } })).body.items;
  assert.equal(none.length, 0);
  const done = await server.cli('org', 'import', file, '--tenant', '379900', '--json');
  assert.deepEqual([done.counts.add, done.counts.wrong, done.passwords.length], [1, 1, 1]);
  await server.signIn('冯十一', done.passwords[0].password);
  assert.match(await server.cli('org', 'import', file, '--tenant', '379900'), /褚十二/);
  assert.equal((await server.cliFails('org', 'import', file, '--tenant', 'nowhere')).code !== 0, true);
});
