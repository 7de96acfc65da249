/* 校核: correcting a draft - edits, steps, undo, two people, what is confirmed, warnings. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sample, startServer } from './harness.mjs';

let server, clerk, other, programme, draft;

before(async () => {
  server = await startServer();
  clerk = await server.signIn();
  const account = await server.addUser('second');
  other = await server.signIn(account.name, account.password);
  programme = (await clerk.call('listProgrammes')).body.items[0].id;
  draft = await put('02-decomposition-table');
});
after(async () => { await server.stop(); });

async function put(name, change = (text) => text) {
  const reply = await clerk.call('importDocument', {
    query: { programme, name: `${name}.txt` }, headers: { 'content-type': 'text/plain' },
    body: Buffer.from(change(sample(name).toString('utf8'))),
  });
  assert.ok(reply.status < 300, JSON.stringify(reply.body));
  return reply.body.version.summary.id;
}

const look = async (id = draft) => {
  const reply = await clerk.call('getCheck', { path: { version: id } });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
};
const now = async (id = draft) => (await look(id)).version.summary.version;

async function edit(edits, { who = clerk, id = draft, seen, key, why } = {}) {
  return who.call('editVersion', {
    path: { version: id },
    headers: {
      'if-match': `"${seen ?? await now(id)}"`, ...(key ? { 'idempotency-key': key } : {}),
    },
    body: { edits, ...(why ? { why } : {}) },
  });
}

async function done(edits, options) {
  const reply = await edit(edits, options);
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
}

async function back(step, id = draft) {
  const reply = await clerk.call('returnVersion', {
    path: { version: id }, headers: { 'if-match': `"${await now(id)}"` }, body: { step },
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
}

const bad = (reply, status, code) => {
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  assert.equal(reply.body.code, code);
};

/* What a person sees of a version: all but the counters that only grow. */
const picture = (check) => JSON.stringify({
  document: { ...check.version.document },
  actions: check.version.actions, obligations: check.version.obligations,
  warnings: check.version.warnings, counts: check.version.summary.counts,
  targets: check.targets, tasks: check.tasks.map(({ version, ...task }) => task),
});

test('the check page has every row with its places, in the order of the plan', async () => {
  const check = await look();
  const text = Buffer.from((await clerk.call('getRegister', { path: { version: draft } })).body.text);
  assert.equal(check.tasks.length, check.version.summary.counts.tasks);
  assert.deepEqual(check.tasks.map((t) => t.id), check.tasks.map((t) => t.id).sort((a, b) => a - b));
  let places = 0;
  for (const task of check.tasks) {
    for (const deliverable of task.deliverables) {
      if (deliverable.source === null) continue;
      const { from, to } = deliverable.source;
      assert.ok(text.subarray(from, to).toString('utf8').includes(deliverable.name));
      places++;
    }
    if (task.deadline.source !== null && task.deadline.raw !== null) {
      assert.ok(task.deadline.source.to <= text.length);
      places++;
    }
    for (const unit of task.units) if (unit.source !== null) places++;
  }
  assert.ok(places > check.tasks.length);
  assert.equal(check.steps, 0);
});

test('every field of a task changes, and one step back makes all as it was', async () => {
  const before = await look();
  const [row] = before.tasks;
  const change = {
    title: '新题目', text: '新正文，至2031年底建成10处。', no: '甲1',
    specific_task: '格一', measure: null, work_plan: '格三',
    units: [{ name: '市教育局', role: 'lead' }, { name: '新设的单位', role: 'cooperate' }],
    open_ended: true, lead_explicit: false, lead_proposed: null,
    deadline: { kind: 'recurring', dates: ['06-15', '12-15'] }, strength: 'encouraged',
    cadence: 'half_yearly', returns_due: ['06-20'],
    deliverables: [{ kind: 'document', name: '实施方案' }],
    targets: [{ indicator: '步道', op: '>=', value: 10, unit: '处', year: 2031 },
      { indicator: '吸烟率', op: 'trend' }],
  };
  const result = await done([{ op: 'set', tasks: [row.id], change }], { why: '核对原件' });
  const [task] = result.tasks;
  assert.equal(task.title, change.title);
  assert.equal(task.text, change.text);
  assert.equal(task.no, '甲1');
  assert.deepEqual([task.specific_task, task.measure, task.work_plan], ['格一', null, '格三']);
  assert.deepEqual(task.units.map((u) => [u.name, u.role]),
    [['市教育局', 'lead'], ['新设的单位', 'cooperate']]);
  assert.deepEqual(task.deadline.dates, ['06-15', '12-15']);
  assert.equal(task.cadence, 'half_yearly');
  assert.deepEqual(task.returns_due, ['06-20']);
  assert.deepEqual(task.deliverables.map((d) => [d.kind, d.name]), [['document', '实施方案']]);
  assert.deepEqual(task.targets.map((t) => [t.indicator, t.op, t.value, t.year]),
    [['步道', '>=', 10, 2031], ['吸烟率', 'trend', null, null]]);
  assert.deepEqual(task.marks.map((m) => [m.field, m.kind, m.by]), [
    ['cadence', 'confirmed', 'clerk'], ['deadline', 'confirmed', 'clerk'],
    ['lead', 'confirmed', 'clerk'], ['units', 'confirmed', 'clerk']]);
  assert.equal(result.summary.version, result.step);

  const again = await done([{
    op: 'set', tasks: [row.id], change: {
      targets: [{ seq: task.targets[0].seq, indicator: '步道', op: '>=', value: 12 }],
    },
  }]);
  assert.deepEqual(again.tasks[0].targets.map((t) => [t.seq, t.value]),
    [[task.targets[0].seq, 12]]);

  const steps = (await clerk.call('listSteps', { path: { version: draft } })).body.items;
  assert.deepEqual(steps.map((s) => [s.no, s.ops, s.by]),
    [[again.step, ['set'], 'clerk'], [result.step, ['set'], 'clerk']]);
  assert.equal(steps[1].why, '核对原件');
  const whole = (await clerk.call('getStep', {
    path: { version: draft, step: result.step },
  })).body;
  assert.equal(whole.rows[0].before.title, row.title);
  assert.equal(whole.rows[0].after.title, '新题目');
  assert.equal(whole.rows[0].after.action, undefined, 'what was not changed is not told');

  await back(before.version.summary.version);
  assert.equal(picture(await look()), picture(before));
  /* The redo: back to where the return began. */
  await back(again.step);
  assert.equal((await look()).tasks[0].title, '新题目');
  await back(before.version.summary.version);
  assert.equal(picture(await look()), picture(before));
});

test('rows are split, joined, moved, added and removed, and stand where they were put', async () => {
  const before = await look();
  const start = before.version.summary.version;
  const [a, b, c, d] = before.tasks;
  const halves = [...b.text].length;
  const split = await done([{ op: 'split', tasks: [b.id], at: [Math.floor(halves / 2)] }]);
  assert.equal(split.tasks.length, 2);
  let rows = (await look()).tasks;
  assert.equal(rows.length, before.tasks.length + 1);
  assert.deepEqual(rows.slice(0, 4).map((r) => r.id),
    [a.id, b.id, split.tasks[1].id, c.id]);
  assert.equal(rows[1].text + rows[2].text, b.text);
  assert.deepEqual(rows[2].units.map((u) => [u.name, u.role]), b.units.map((u) => [u.name, u.role]));
  assert.deepEqual(rows[2].deadline, b.deadline);
  assert.equal(rows[1].targets.length + rows[2].targets.length, b.targets.length);

  const parts = await done([{
    op: 'split', tasks: [rows[2].id],
    parts: [{ text: '第一份工作。其余。' }, { text: '第二份工作', title: '第二' }, { text: '三' }],
  }]);
  assert.deepEqual(parts.tasks.map((t) => t.title), ['第一份工作。', '第二', '三']);

  const joined = await done([{ op: 'join', tasks: parts.tasks.map((t) => t.id).reverse() }]);
  assert.equal(joined.tasks.length, 1);
  assert.equal(joined.tasks[0].id, parts.tasks[0].id);
  assert.equal(joined.tasks[0].text, '第一份工作。其余。第二份工作；三');
  assert.deepEqual(joined.removed.sort(), parts.tasks.slice(1).map((t) => t.id).sort());
  bad(await edit([{ op: 'join', tasks: [a.id, d.id] }]), 400, 'bad_input');

  const moved = await done([{ op: 'move', tasks: [a.id], after: c.id }]);
  assert.deepEqual(moved.moved.map((m) => m.from), [a.id]);
  rows = (await look()).tasks;
  assert.equal(rows[3].id, moved.moved[0].to);
  assert.equal(rows[3].title, a.title);
  assert.deepEqual(rows[3].targets.map((t) => t.seq), a.targets.map((t) => t.seq));
  const last = rows.at(-1);
  const first = await done([{
    op: 'move', tasks: [last.id], before: rows[0].id, action_no: rows[0].action_no,
  }]);
  rows = (await look()).tasks;
  assert.equal(rows[0].id, first.moved[0].to);
  assert.equal(rows[0].action, rows[1].action);

  const added = await done([{
    op: 'add', after: rows[1].id,
    change: { text: '补上的一行。', action_no: rows[1].action_no, no: '补' },
  }]);
  rows = (await look()).tasks;
  assert.equal(rows[2].id, added.tasks[0].id);
  assert.equal(rows[2].title, '补上的一行。');
  const gone = await done([{ op: 'remove', tasks: [rows[2].id, rows[3].id] }]);
  assert.equal(gone.removed.length, 2);
  assert.equal((await look()).tasks.length, rows.length - 2);
  bad(await clerk.call('getTask', { path: { task: rows[2].id } }), 404, 'not_found');

  await back(start);
  assert.equal(picture(await look()), picture(before));
});

test('a place is never full: forty rows go in at one spot', async () => {
  const before = await look();
  const at = before.tasks[2];
  const texts = [];
  for (let i = 0; i < 40; i++) {
    texts.unshift(`第${i}行`);
    await done([{
      op: 'add', after: at.id, change: { text: `第${i}行`, action_no: at.action_no },
    }]);
  }
  const rows = (await look()).tasks;
  assert.deepEqual(rows.slice(3, 43).map((r) => r.text), texts);
  assert.deepEqual(rows.slice(43).map((r) => r.text), before.tasks.slice(3).map((r) => r.text));
  await back(before.version.summary.version);
  assert.equal(picture(await look()), picture(before));
});

test('head, actions, obligations and targets of actions change', async () => {
  const before = await look();
  const action = before.version.actions[0];
  const result = await done([
    { op: 'set_head', head: { title: '改过的标题', doc_no: '云改〔2031〕9号', issued_on: '2031-01-02', issuer: null } },
    { op: 'add_action', action: { no: 99, name: '新行动', lead_units: ['市教育局'] } },
    { op: 'set_action', seq: action.seq, action: { name: '改名的行动', no: 77 } },
    { op: 'add_obligation', obligation: { what: '每月报送进展', kind: 'report', frequency: 'monthly', due: ['01-05'] } },
    { op: 'add_target', action_no: 99, target: { indicator: '知晓率', op: '>=', value: 80.5, unit: '%' } },
  ]);
  for (const part of ['action', 'head', 'obligation', 'target'])
    assert.ok(result.others.includes(part), part);
  let check = await look();
  assert.equal(check.version.document.title, '改过的标题');
  assert.equal(check.version.document.doc_no, '云改〔2031〕9号');
  assert.equal(check.version.document.issuer, null);
  const made = check.version.actions.find((a) => a.no === 99);
  assert.deepEqual([made.name, made.tasks, made.lead_units], ['新行动', 0, ['市教育局']]);
  const renamed = check.version.actions.find((a) => a.seq === action.seq);
  assert.deepEqual([renamed.no, renamed.name, renamed.tasks], [77, '改名的行动', action.tasks]);
  assert.equal(check.tasks.filter((t) => t.action === '改名的行动' && t.action_no === 77).length,
    action.tasks);
  assert.equal(check.targets.at(-1).target.value, 80.5);
  assert.equal(check.version.summary.counts.obligations,
    before.version.summary.counts.obligations + 1);
  bad(await edit([{ op: 'remove_action', seq: action.seq }]), 409, 'conflict');
  const target = check.targets.at(-1).target;
  const obligation = check.version.obligations.at(-1);
  await done([
    { op: 'set_target', seq: target.seq, target: { indicator: '知晓率', op: '>=', value: 90 } },
    { op: 'set_obligation', seq: obligation.seq, obligation: { report_to: '推进办' } },
  ]);
  check = await look();
  assert.equal(check.targets.at(-1).target.value, 90);
  assert.equal(check.version.obligations.at(-1).report_to, '推进办');
  await done([{ op: 'remove_target', seq: target.seq },
    { op: 'remove_obligation', seq: obligation.seq }, { op: 'remove_action', seq: made.seq }]);
  await back(before.version.summary.version);
  assert.equal(picture(await look()), picture(before));
});

test('two people at once: other rows do not disturb, the same row is a conflict with both texts', async () => {
  const before = await look();
  const seen = before.version.summary.version;
  const [a, b] = before.tasks;
  const change = (task, title) => [{ op: 'set', tasks: [task.id], change: { title } }];
  const replies = await Promise.all([
    edit(change(a, '甲改一'), { seen }), edit(change(b, '乙改二'), { who: other, seen })]);
  assert.deepEqual(replies.map((r) => r.status), [200, 200]);
  const late = await edit(change(a, '乙改一'), { who: other, seen });
  bad(late, 409, 'stale');
  assert.equal(late.body.yours.edits[0].change.title, '乙改一');
  assert.equal(late.body.theirs.tasks.find((t) => t.id === a.id).title, '甲改一');
  assert.ok(late.body.theirs.steps.some((s) => s.step.by === 'clerk' && s.tasks.includes(a.id)));
  const shown = (await look()).version.summary.version; // what both saw before either began
  const both = await Promise.all([
    edit(change(a, '同时甲'), { seen: shown }), edit(change(a, '同时乙'), { who: other, seen: shown })]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 409]);
  /* Nothing of a step is done where one of its rows is stale. */
  const mixed = await edit([...change(b, '不该留下'), ...change(a, '迟到')], { who: other, seen });
  bad(mixed, 409, 'stale');
  assert.equal((await look()).tasks[1].title, '乙改二');

  const changes = (await clerk.call('listChanges', { path: { version: draft }, query: { since: seen } }));
  assert.equal(changes.body.tasks.length, 2);
  assert.equal(changes.headers.get('etag'), `"${changes.body.version}"`);
  assert.deepEqual(new Set(changes.body.steps.map((s) => s.step.by)), new Set(['clerk', 'second']));
  const none = (await clerk.call('listChanges', {
    path: { version: draft }, query: { since: changes.body.version },
  })).body;
  assert.deepEqual([none.steps, none.tasks, none.removed, none.others], [[], [], [], []]);
  const gone = await done([{ op: 'remove', tasks: [a.id] }]);
  bad(await edit(change(a, '已删'), { who: other, seen: gone.step - 1 }), 409, 'stale');
  bad(await edit(change(a, '已删')), 404, 'not_found');
  const told = (await clerk.call('listChanges', {
    path: { version: draft }, query: { since: gone.step - 1 },
  })).body;
  assert.deepEqual(told.removed, [a.id]);
  bad(await clerk.call('returnVersion', {
    path: { version: draft }, headers: { 'if-match': `"${seen}"` }, body: { step: 1 },
  }), 409, 'stale');
  await back(seen);
  assert.equal(picture(await look()), picture(before));
});

test('a step sent twice with its key is one step', async () => {
  const before = await look();
  const at = before.tasks[0];
  const add = [{ op: 'add', after: at.id, change: { text: '只此一行', action_no: at.action_no } }];
  const seen = before.version.summary.version;
  const replies = await Promise.all(
    [1, 2].map(() => edit(add, { seen, key: 'add-once-0001' })));
  assert.deepEqual(replies.map((r) => r.status), [200, 200]);
  assert.deepEqual(replies[0].body, replies[1].body);
  assert.equal(replies[0].headers.get('etag'), replies[1].headers.get('etag'));
  assert.equal((await look()).tasks.length, before.tasks.length + 1);
  await back(seen);
});

test('texts of any kind are stored as they are; what breaks a limit is refused', async () => {
  const before = await look();
  const [row] = before.tasks;
  const long = '长'.repeat(200);
  const hostile = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=1+1', '@SUM(A1)',
    '+cmd|\' /C calc\'!A0', '\\u0000 %s %n {{7*7}}', '𠮷野家 👩‍⚕️ é'];
  for (const text of hostile) {
    const { tasks: [task] } = await done([{
      op: 'set', tasks: [row.id], change: {
        title: text, text, measure: text, units: [{ name: text, role: 'lead' }],
        deliverables: [{ kind: 'document', name: text }],
        targets: [{ indicator: text, op: 'trend', unit: '处' }],
      },
    }]);
    assert.deepEqual([task.title, task.text, task.measure, task.units[0].name,
      task.deliverables[0].name, task.targets[0].indicator], Array(6).fill(text));
  }
  const named = await done([{ op: 'set', tasks: [row.id], change: { units: [{ name: long, role: 'lead' }] } }]);
  assert.equal(named.tasks[0].units[0].name, long);
  await done([{ op: 'set', tasks: [row.id], change: { title: '题'.repeat(500), text: '文'.repeat(60000) } }]);
  await back(before.version.summary.version);
  for (const body of [
    { op: 'set', tasks: [row.id], change: { title: '题'.repeat(501) } },
    { op: 'set', tasks: [row.id], change: { text: '文'.repeat(60001) } },
    { op: 'set', tasks: [row.id], change: { units: [{ name: `${long}长`, role: 'lead' }] } },
    { op: 'set', tasks: [row.id], change: { title: '\u0007' } },
    { op: 'set', tasks: [row.id], change: {} },
    { op: 'set', tasks: [row.id] },
    { op: 'set', change: { title: '无行' } },
    { op: 'set', tasks: Array(2001).fill(row.id), change: { title: '多' } },
    { op: 'set', tasks: [row.id], filter: {}, change: { title: '两样' } },
    { op: 'set', tasks: [row.id], change: { action_no: 9876 } },
    { op: 'set', tasks: [row.id], change: { targets: [{ indicator: '率', op: '>=' }] } },
    { op: 'set', tasks: [row.id], change: { targets: [{ indicator: '率', op: 'trend', value: 1 }] } },
    { op: 'set', tasks: [row.id], change: { targets: [{ seq: 99999, indicator: '率', op: 'trend' }] } },
    { op: 'set', tasks: [row.id], change: { returns_due: ['02-30'] } },
    { op: 'split', tasks: [row.id] }, { op: 'split', tasks: [row.id], at: [1, 1] },
    { op: 'split', tasks: [row.id], at: [59999] },
    { op: 'split', tasks: [row.id], parts: Array(51).fill({ text: '份' }) },
    { op: 'join', tasks: [row.id] }, { op: 'move', tasks: [row.id] },
    { op: 'move', tasks: [row.id], after: row.id },
    { op: 'add', change: { title: '无行动' } }, { op: 'confirm', tasks: [row.id] },
    { op: 'set_action', action: { name: '哪个' } }, { op: 'set_head', head: { issued_on: '2031-02-30' } },
    { op: 'set_warnings', warnings: [0], state: 'dismissed' }, { op: 'nothing' }])
    bad(await edit([body]), 400, 'bad_input');
  bad(await edit([{ op: 'remove', tasks: [123456] }]), 404, 'not_found');
  bad(await edit([{ op: 'set_warnings', warnings: [99999], state: 'resolved' }]), 404, 'not_found');
  bad(await clerk.call('editVersion', { path: { version: draft }, body: { edits: [] } }), 428,
    'version_required');
  assert.equal(picture(await look()), picture(before));
});

test('the tables name what is to be confirmed, and empty as one confirms', async () => {
  const id = await put('01-numbered-clauses');
  const tables = async () => (await clerk.call('getCheckTables', { path: { version: id } })).body;
  const before = await tables();
  assert.ok(before.leads.length > 0);
  assert.ok(before.groups.length > 0);
  const [group, second] = before.leads;
  assert.ok(group.units.includes(group.lead));
  const result = await done([{ op: 'confirm', tasks: group.tasks, fields: ['lead'] }], { id });
  for (const task of result.tasks) {
    assert.equal(task.units.find((u) => u.role === 'lead').name, group.lead);
    assert.ok(task.marks.some((m) => m.field === 'lead' && m.kind === 'confirmed' && m.by === 'clerk'));
  }
  /* Another than the proposed one, for all that are alike. */
  await done([{
    op: 'set', tasks: second.tasks,
    change: { unit_roles: [{ name: second.units.at(-1), role: 'lead' }] },
  }], { id });
  assert.deepEqual((await tables()).leads.map((g) => g.like), before.leads.slice(2).map((g) => g.like));

  const dated = await put('03-running-numbers-annex');
  const inferred = (await clerk.call('getCheckTables', { path: { version: dated } })).body;
  assert.ok(inferred.deadlines.length > 0 && inferred.owners.length > 0);
  await done([
    ...inferred.deadlines.map((g) => ({ op: 'confirm', tasks: g.tasks, fields: ['deadline'] })),
    { op: 'confirm', tasks: inferred.owners[0].tasks, fields: ['owner'] },
  ], { id: dated });
  const left = (await clerk.call('getCheckTables', { path: { version: dated } })).body;
  assert.deepEqual([left.deadlines, left.owners], [[], []]);
  /* That nobody owes it was confirmed: the warning has no cause any more. */
  assert.equal((await look(dated)).version.summary.counts.warnings, 0);
  await back(1, dated);
  assert.ok((await look(dated)).version.summary.counts.warnings > 0);
});

test('warnings end by a correction or a word, and publishing asks only for open ones', async () => {
  const id = await put('02-decomposition-table', (text) => text.replaceAll('2022', '2024'));
  let check = await look(id);
  const open = check.version.warnings.filter((w) => w.state === 'open');
  assert.equal(open.length, check.version.summary.counts.warnings);
  const lonely = open.filter((w) => w.code === 'no_unit');
  assert.ok(lonely.length >= 2);
  const fixed = await done([{
    op: 'set', tasks: [lonely[0].task_id], change: { add_units: [{ name: '市教育局', role: 'lead' }] },
  }], { id });
  assert.equal(fixed.summary.counts.warnings, open.length - 1);
  check = await look(id);
  const ended = check.version.warnings.find((w) => w.seq === lonely[0].seq);
  assert.deepEqual([ended.state, ended.why, ended.ended_by], ['resolved', 'edit', 'clerk']);
  assert.equal(check.tasks.find((t) => t.id === lonely[0].task_id).warnings
    .find((w) => w.seq === lonely[0].seq).state, 'resolved');
  const gone = await done([{ op: 'remove', tasks: [lonely[1].task_id] }], { id });
  assert.equal(gone.summary.counts.warnings, open.length - 2);
  const publish = async (body) => clerk.call('publishVersion', {
    path: { version: id }, headers: { 'if-match': `"${await now(id)}"` }, body,
  });
  bad(await publish({}), 400, 'bad_input');
  const rest = (await look(id)).version.warnings.filter((w) => w.state === 'open');
  const last = await done([{
    op: 'set_warnings', warnings: rest.map((w) => w.seq), state: 'dismissed', why: '与原件一致',
  }], { id });
  assert.equal(last.summary.counts.warnings, 0);
  await done([{ op: 'set_warnings', warnings: [rest[0].seq], state: 'open' }], { id });
  assert.equal((await look(id)).version.summary.counts.warnings, 1);
  await done([{ op: 'set_warnings', warnings: [rest[0].seq], state: 'resolved' }], { id });
  assert.equal((await publish({})).status, 200);
  bad(await edit([{ op: 'set', filter: {}, change: { strength: 'must' } }], { id }), 409, 'conflict');
});

test('two thousand rows change as one step and come back as one', async () => {
  const items = (n) => Array.from({ length: n }, (_, i) =>
    `　　${i + 1}.建设第${i + 1}处健康步道。（市体育局、教育局负责，12月底前完成）`).join('\n');
  const text = `云沂市第二次健康行动方案\n\n云健委〔2027〕8号\n\n一、重点任务\n（一）全民健身行动\n${items(700)}
（二）控烟行动\n${items(700)}\n（三）健康环境促进行动\n${items(600)}\n`;
  const reply = await clerk.call('importDocument', {
    query: { programme, name: 'long.txt' }, headers: { 'content-type': 'text/plain' }, body: text,
  });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  const id = reply.body.version.summary.id;
  const before = await look(id);
  assert.equal(before.tasks.length, 2000);
  const all = before.tasks.map((t) => t.id);
  const result = await done([{
    op: 'set', tasks: all, change: {
      strength: 'expected', add_units: [{ name: '市财政局', role: 'cooperate' }],
      unit_roles: [{ name: '市体育局', role: 'lead' }],
    },
  }], { id });
  assert.equal(result.more, true);
  assert.deepEqual(result.tasks, []);
  const after = await look(id);
  assert.ok(after.tasks.every((t) => t.strength === 'expected' && t.units.length === 3 &&
    t.units[0].role === 'lead'));
  assert.equal(after.version.summary.counts.units, before.version.summary.counts.units + 1);
  assert.equal(after.steps, 1);
  /* All or nothing: one row that is not there undoes the rest. */
  bad(await edit([{ op: 'set', tasks: all, change: { strength: 'must' } },
    { op: 'remove', tasks: [123456] }], { id }), 404, 'not_found');
  assert.ok((await look(id)).tasks.every((t) => t.strength === 'expected'));
  bad(await edit([{ op: 'set', filter: { kind: 'none' }, change: { strength: 'must' } }],
    { id, seen: 1 }).then((r) => (r.status === 200 ? { status: 409, body: { code: 'stale' } } : r)), 409, 'stale');
  const told = (await clerk.call('listChanges', { path: { version: id }, query: { since: 1 } })).body;
  assert.equal(told.more, true);
  await back(1, id);
  assert.equal(picture(await look(id)), picture(before));
});

test('what is corrected is remembered: the next plan needs fewer corrections', async () => {
  const next = (year, no) => (text) => text.replaceAll('2023', String(year))
    .replaceAll('〕5号', `〕${no}号`);
  const tables = async (id) =>
    (await clerk.call('getCheckTables', { path: { version: id } })).body;
  const memory = async () => (await clerk.call('listMemory', { query: { limit: 200 } })).body.items;
  for (const m of await memory()) {
    assert.equal((await clerk.call('removeMemory', {
      path: { memory: m.id }, headers: { 'if-match': `"${m.version}"` },
    })).status, 204);
  }
  const first = await put('01-numbered-clauses', next(2031, 51));
  const before = await look(first);
  const asked = (await tables(first)).leads;
  assert.ok(asked.length > 5);
  const open = before.version.warnings.filter((w) => w.state === 'open' && w.words !== null);
  await done([
    ...asked.map((g) => ({ op: 'confirm', tasks: g.tasks, fields: ['lead'] })),
    { op: 'set_warnings', warnings: open.map((w) => w.seq), state: 'dismissed', why: '原件如此' },
  ], { id: first });
  const learned = await memory();
  assert.ok(learned.some((m) => m.kind === 'lead' && m.plan === first && m.by === 'clerk'));

  const second = await put('01-numbered-clauses', next(2032, 52));
  const after = await look(second);
  assert.deepEqual((await tables(second)).leads, [], 'no lead is asked for again');
  assert.ok(after.version.summary.counts.warnings < before.version.summary.counts.warnings,
    'fewer warnings');
  const filled = after.tasks.filter((t) => t.marks.some((m) => m.kind === 'memory' && m.field === 'lead'));
  assert.equal(filled.length, asked.reduce((sum, g) => sum + g.tasks.length, 0));
  const used = (await memory()).find((m) => m.id === filled[0].marks[0].memory);
  assert.ok(used.uses > 0 && used.used_at !== null);
  assert.equal(filled[0].marks[0].phrase, used.phrase);

  /* What is taught by hand, too; and what is forgotten is not applied. */
  const taught = await clerk.call('addMemory', {
    body: { kind: 'strength', phrase: '健康', meaning: { strength: 'encouraged' } },
  });
  assert.equal(taught.status, 201, JSON.stringify(taught.body));
  const changed = await clerk.call('changeMemory', {
    path: { memory: taught.body.id }, headers: { 'if-match': '"1"' },
    body: { meaning: { strength: 'expected' } },
  });
  assert.deepEqual([changed.status, changed.body.meaning, changed.body.version],
    [200, { strength: 'expected' }, 2]);
  const stale = await clerk.call('changeMemory', {
    path: { memory: taught.body.id }, headers: { 'if-match': '"1"' },
    body: { meaning: { strength: 'must' } },
  });
  bad(stale, 409, 'stale');
  assert.equal(stale.body.theirs.meaning.strength, 'expected');
  for (const m of learned) {
    await clerk.call('removeMemory', { path: { memory: m.id }, headers: { 'if-match': `"${(await memory()).find((x) => x.id === m.id).version}"` } });
  }
  const third = await put('01-numbered-clauses', next(2033, 53));
  assert.equal((await tables(third)).leads.length, asked.length);
  assert.ok((await look(third)).tasks.some((t) => t.strength === 'expected' &&
    t.marks.some((m) => m.kind === 'memory' && m.field === 'strength')));
  for (const body of [
    { kind: 'cadence', phrase: '定期', meaning: { strength: 'must' } },
    { kind: 'cadence', phrase: '定期', meaning: { cadence: 'monthly', kind: 'none', why: '' } },
    { kind: 'deadline', phrase: '年底', meaning: { kind: 'complete_by' } },
    { kind: 'deadline', phrase: '年底', meaning: { kind: 'ongoing', month_day: '12-31' } },
    { kind: 'lead', phrase: ' ', meaning: { lead: '市教育局' } },
    { kind: 'wish', phrase: '年底', meaning: {} }])
    bad(await clerk.call('addMemory', { body }), 400, 'bad_input');
  bad(await clerk.call('removeMemory', { path: { memory: 999 }, headers: { 'if-match': '"1"' } }),
    404, 'not_found');
});
