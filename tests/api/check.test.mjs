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
