/* duty/backfill-row.tsx -- one row of a ledger: which task it is about, what it would record, what a person decides. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { BackfillChoice, BackfillLine } from '../api/types';
import { DayField } from '../kit/day-field';
import { periodWords } from '../kit/period';
import { today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { tasksQuery } from './backfill-query';
import { cellName } from '../kit/sheet-place';

export function faultWords({ t, tCode }: Words, fault: BackfillLine['faults'][number]): string {
  const words = tCode('backfill.fault', fault.code);
  return fault.about ? t('backfill.about', { words, about: fault.about }) : words;
}

function Returns({ line }: { line: BackfillLine }) {
  const w = useWords();
  const { t, tCode } = w;
  if (line.returns.length === 0) return null;
  return (
    <table className="xj-table">
      <caption className="xj-hidden">{t('backfill.returns')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('backfill.period')}</th>
          <th scope="col">{t('backfill.sentOn')}</th>
          <th scope="col">{t('backfill.text')}</th>
          <th scope="col">{t('backfill.part')}</th>
        </tr>
      </thead>
      <tbody>
        {line.returns.map((r) => (
          <tr key={`${r.county ?? ''} ${r.due}`}>
            <td>{r.county ? <><strong>{r.county}</strong><br /></> : null}{periodWords(w, r.period)}<br /><span className="xj-faint">{t('backfill.dueOn', { date: r.due })}</span></td>
            <td>{r.sent_on ?? t('backfill.draft')}{r.assumed ? <><br /><span className="xj-faint">{t('backfill.assumed')}</span></> : null}</td>
            <td>
              <span className="xj-faint">{r.heads}{r.percent === null ? '' : t('backfill.percent', { n: r.percent })}</span>
              <p className="xj-backfill-text">{r.text}</p>
              {r.figures.map((f) => <p key={`${f.indicator} ${f.measure}`} className="xj-backfill-text">{t('backfill.figure', { name: f.indicator, value: f.value, measure: f.measure, span: t(`return.span.${f.span}`) })}</p>)}
              {r.difficulties ? <p className="xj-backfill-text">{t('backfill.difficulties', { text: r.difficulties })}</p> : null}
              {r.next_step ? <p className="xj-backfill-text">{t('backfill.nextStep', { text: r.next_step })}</p> : null}
            </td>
            <td>{tCode('backfill.part', r.part)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What no return takes goes into the task's history, with its day. */
function Notes({ line }: { line: BackfillLine }) {
  const { t, tCode } = useWords();
  if (line.notes.length === 0) return null;
  return (
    <ul aria-label={t('backfill.notes')}>
      {line.notes.map((note) => (
        <li key={note.on + note.text}>
          <span className="xj-faint">{t('backfill.notes')} {note.on} · {tCode('backfill.part', note.part)}</span>
          <p className="xj-backfill-text">{note.text}</p>
        </li>
      ))}
    </ul>
  );
}

function Faults({ line }: { line: BackfillLine }) {
  const w = useWords();
  if (line.faults.length === 0) return null;
  return (
    <ul aria-label={w.t('backfill.faults')} className="xj-backfill-faults">
      {line.faults.map((fault, i) => (
        <li key={i} className={fault.stops ? 'xj-bad' : undefined}>
          {fault.column ? `${cellName(line.row, fault.column)} ` : ''}{faultWords(w, fault)}
        </li>
      ))}
    </ul>
  );
}

type Task = number | 'found' | 'none';

function taskOf(choice: BackfillChoice | undefined, line: BackfillLine): Task {
  if (choice?.duty === null) return 'none';
  return choice?.duty ?? line.duty ?? 'found';
}

/** Which task: those that are likely, any other of the plan, or none. */
function TaskChoice({ line, document, value, onChange }: { line: BackfillLine; document: number; value: Task; onChange: (next: Task) => void }) {
  const { t } = useWords();
  const tasks = useQuery(tasksQuery(document));
  const likely = line.likely.map((l) => ({ value: l.duty, title: l.title, unit: l.unit, score: l.score }));
  const other = typeof value === 'number' && !likely.some((l) => l.value === value) ? value : null;
  return (
    <fieldset className="xj-backfill-tasks">
      <legend>{t('backfill.whichTask')}</legend>
      <Radio.Group value={other === null ? value : 'other'} onChange={(event) => { if (event.target.value !== 'other') onChange(event.target.value as Task); }}>
        {likely.map((l) => (
          <Radio key={l.value} value={l.value}>
            {t('backfill.likely', { title: l.title, unit: l.unit, n: Math.round(l.score / 10) })}
          </Radio>
        ))}
        {line.duty === null && likely.length === 0 ? null : line.duty === null ? <Radio value="found">{t('backfill.undecided')}</Radio> : null}
        <Radio value="none">{t('backfill.leaveOut')}</Radio>
      </Radio.Group>
      <Select<number>
        aria-label={t('backfill.otherTask')}
        placeholder={t('backfill.otherTask')}
        showSearch={{ optionFilterProp: 'label' }}
        loading={tasks.isPending}
        value={other}
        onChange={onChange}
        options={(tasks.data?.items ?? []).map((d) => ({ value: d.id, label: t('backfill.task', { no: d.no, title: d.title, unit: d.owner_name }) }))}
      />
    </fieldset>
  );
}

export function BackfillRow({ line, document, choice, onDecide, busy }: {
  line: BackfillLine; document: number; choice: BackfillChoice | undefined; onDecide: (choice: BackfillChoice) => void; busy: boolean;
}) {
  const w = useWords();
  const { t, tCode } = w;
  const [task, setTask] = useState<Task>(taskOf(choice, line));
  const [doneOn, setDoneOn] = useState(choice?.done_on ?? '');
  const [sentOn, setSentOn] = useState(choice?.sent_on ?? '');
  const [docNo, setDocNo] = useState(choice?.doc_no ?? '');
  const [notDone, setNotDone] = useState(choice?.not_done ?? false);
  const decide = (): void => {
    const found = task === 'found' || (task === line.duty && line.by !== 'hand');
    onDecide({
      sheet: line.sheet,
      row: line.row,
      ...(task === 'none' ? { duty: null } : found ? {} : { duty: task }),
      ...(doneOn ? { done_on: doneOn } : {}),
      ...(sentOn ? { sent_on: sentOn } : {}),
      ...(docNo.trim() ? { doc_no: docNo.trim() } : {}),
      ...(notDone ? { not_done: true } : {}),
    });
  };
  return (
    <div className="xj-backfill-row">
      <h2>{t('backfill.rowTitle', { sheet: line.sheet, row: line.row })} <span className="xj-state">{t(`backfill.act.${line.act}`)}</span></h2>
      <p>{[line.no, line.task, line.unit].filter(Boolean).join(' · ')}</p>
      <Faults line={line} />
      <TaskChoice line={line} document={document} value={task} onChange={setTask} />
      <Returns line={line} />
      <Notes line={line} />
      {line.state ? (
        <p>{t('backfill.becomes', { state: t(`backfill.state.${line.state.to}`), date: line.state.on, doc: line.state.doc_no, part: tCode('backfill.part', line.state.part) })}</p>
      ) : null}
      <div className="xj-backfill-mend">
        <label htmlFor="backfill-done">{t('backfill.doneOn')}</label>
        <DayField id="backfill-done" max={today()} value={doneOn} onChange={(day) => { setDoneOn(day ?? ''); }} />
        <label htmlFor="backfill-doc">{t('backfill.docNo')}</label>
        <Input id="backfill-doc" maxLength={100} value={docNo} onChange={(event) => { setDocNo(event.target.value); }} />
        <label htmlFor="backfill-sent">{t('backfill.sentOn')}</label>
        <DayField id="backfill-sent" max={today()} value={sentOn} onChange={(day) => { setSentOn(day ?? ''); }} />
        <Checkbox checked={notDone} onChange={(event) => { setNotDone(event.target.checked); }}>{t('backfill.notDone')}</Checkbox>
      </div>
      <p className="xj-faint">{t('backfill.mendAdvice')}</p>
      <Button type="primary" loading={busy} onClick={decide}>{t('backfill.decide')}</Button>
    </div>
  );
}
