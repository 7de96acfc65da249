/*
 * duty/intake-register.tsx -- one file that came in: whose it is, which day it came, what it answers.
 *
 * The file is on the server already.  Its words are laid to the rows of a return; a person corrects
 * this beside the rows as they will be.  Then the file is kept, and the rows, and the return is sent,
 * in this order, each once however often the button is pressed.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { DraftFigure, IntakeReading, Report, ReportRow, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { periodWords } from '../kit/period';
import { ProblemNote } from '../kit/problem-note';
import { Loading } from '../kit/states';
import { UnitField } from '../kit/unit-picker';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { fileSize } from '../words/words';
import { composed, differs, goodFigures, goodPercent, isClear, proposedFor, taken, type Choice, type Composed } from './intake-compose';
import { IntakePieces } from './intake-pieces';
import { readingQuery, type Asked } from './intake-query';
import { IntakeRow } from './intake-row';
import { FilledRows, useFilled } from './return-sheet';
import { numberOf } from './said';

const WAYS = ['oa', 'mail', 'chat', 'paper'] as const;
type Way = (typeof WAYS)[number];
type Draft = Pick<ReportRow, 'duty' | 'version'> & { text?: string; difficulties?: string; next_step?: string; percent?: number | null; figures?: DraftFigure[] };

interface Came {
  way: Way;
  on: string;
  sealed: boolean;
}

interface Sending {
  drafts: Draft[];
  unit: number;
  send: boolean;
  rest: boolean;
  give: boolean;
}

/** The three steps of keeping what came, each done once. */
function useKeep({ asked, reading, came, done, onFile }: WorkProps, late: (rows: ReportRow[]) => void) {
  const { head } = reading.report;
  const w = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const keys = useRef({ file: newKey(), rows: newKey(), original: newKey() });
  const fileKept = useRef(false);
  return useMutation({
    mutationFn: async (s: Sending) => {
      const id = head.id;
      if (!fileKept.current) {
        await data(
          api.POST('/api/v1/returns/{return}/files/uploaded', {
            params: { path: { return: id }, header: { 'Idempotency-Key': keys.current.file } },
            body: { upload: asked.upload, unit: s.unit, purpose: 'original', came_by: came.way, came_on: came.on },
          }),
        );
        fileKept.current = true;
        onFile();
      }
      const send = s.send ? { send: { version: head.version, happened_on: came.on, ...(s.rest ? { rest_same: true } : {}) } } : {};
      let now = head.version;
      if (s.drafts.length > 0) {
        const kept = await data(
          api.PUT('/api/v1/returns/{return}/rows', {
            params: { path: { return: id }, header: { 'Idempotency-Key': keys.current.rows } },
            body: { unit: s.unit, rows: s.drafts, ...(s.give ? { give: true } : {}), ...send },
          }),
        );
        if (kept.late.length > 0) return kept.late;
        now = kept.head.version;
      } else if (s.send) {
        const sent = await data(
          api.POST('/api/v1/returns/{return}/send', {
            params: { path: { return: id }, header: { 'If-Match': `"${head.version}"`, 'Idempotency-Key': keys.current.rows } },
            body: { happened_on: came.on, ...(s.rest ? { rest_same: true } : {}) },
          }),
        );
        now = sent.head.version;
      }
      if (came.sealed && !head.original_on) {
        await data(
          api.POST('/api/v1/obligations/{obligation}/moves', {
            params: { path: { obligation: id }, header: { 'If-Match': `"${now}"`, 'Idempotency-Key': keys.current.original } },
            body: { move: 'receive_original', happened_on: came.on },
          }),
        );
      }
      return [];
    },
    onSuccess: async (rows) => {
      for (const name of ['return', 'obligations', 'originals']) await queries.invalidateQueries({ queryKey: [name] });
      if (rows.length > 0) {
        keys.current.rows = newKey();
        late(rows);
        return;
      }
      message.success(w.t('intake.done'));
      done();
    },
    onError: (thrown) => { if (!asProblem(thrown).mayPass) keys.current.rows = newKey(); },
  });
}

interface WorkProps {
  asked: Asked;
  reading: IntakeReading & { report: Report };
  came: Came;
  done: () => void;
  /** The file is kept: from now on it is clear whose it is and when it came. */
  onFile: () => void;
}

/** A workbook of ours: its rows are known, nothing is to be laid anywhere. */
function Workbook({ filledRead, ...work }: WorkProps & { filledRead: NonNullable<IntakeReading['filled']> }) {
  const { t } = useWords();
  const { head } = work.reading.report;
  const filled = useFilled(filledRead);
  const [send, setSend] = useState(true);
  const [rest, setRest] = useState(false);
  const act = useKeep(work, () => undefined);
  const feeding = filledRead.as !== head.unit.id;
  return (
    <>
      <FilledRows read={filledRead} filled={filled} />
      {act.error ? <ProblemNote error={act.error} /> : null}
      {feeding ? null : <SendChoice send={send} setSend={setSend} rest={rest} setRest={setRest} />}
      <p className="xj-acts">
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => { act.mutate({ drafts: filled.drafts, unit: filledRead.as, send: send && !feeding, rest, give: feeding }); }}
        >
          {t(send && !feeding ? 'intake.keepSend' : 'intake.keep')}
        </Button>
      </p>
    </>
  );
}

function SendChoice(props: { send: boolean; setSend: (on: boolean) => void; rest: boolean; setRest: (on: boolean) => void }) {
  const { t } = useWords();
  return (
    <p className="xj-acts">
      <Checkbox checked={props.send} onChange={(event) => { props.setSend(event.target.checked); }}>{t('intake.send')}</Checkbox>
      <Checkbox checked={props.rest} disabled={!props.send} onChange={(event) => { props.setRest(event.target.checked); }}>{t('intake.restSame')}</Checkbox>
    </p>
  );
}

/** Any other file: its pieces beside the rows. */
function Words(work: WorkProps) {
  const { t } = useWords();
  const { reading } = work;
  const { head } = reading.report;
  const [choices, setChoices] = useState<Choice[]>(() => reading.pieces.map(({ duty, part }) => ({ duty, part })));
  const [mended, setMended] = useState<ReadonlyMap<number, Partial<Composed>>>(new Map());
  const [newer, setNewer] = useState<ReadonlyMap<number, ReportRow>>(new Map());
  const [send, setSend] = useState(true);
  const [rest, setRest] = useState(false);
  const act = useKeep(work, (rows) => { setNewer(new Map([...newer, ...rows.map((row) => [row.duty, row] as const)])); });
  const rows = reading.report.rows.map((row) => newer.get(row.duty) ?? row);
  const said = rows.map((row) => ({ ...composed(row, reading.pieces, choices), ...mended.get(row.duty) }));
  const changed = rows.map((row, i) => differs(row, said[i] as Composed));
  const drafts = rows.flatMap((row, i): Draft[] => {
    const now = said[i] as Composed;
    if (!changed[i] || row.state === 'accepted') return [];
    const figures = now.figures.flatMap(({ indicator, measure, value, span }) => {
      const number = value.trim() === '' ? null : numberOf(value);
      return number === null ? [] : [{ indicator, measure, value: number, span }];
    });
    return [{ duty: row.duty, version: row.version, text: now.text, difficulties: now.difficulties, next_step: now.next_step, percent: now.percent.trim() === '' ? null : numberOf(now.percent), figures }];
  });
  const good = said.every((one) => goodPercent(one.percent) && goodFigures(one.figures));
  const proposals = rows.map((row) => row.figures.map((_, at) => proposedFor(row, at, reading.figures, choices)));
  const mend = (row: ReportRow, part: Partial<Composed>): void => { setMended((old) => new Map(old).set(row.duty, { ...old.get(row.duty), ...part })); };
  /** Figures that are empty and of which the file states one value. */
  const clear = rows.flatMap((row, i) => row.state === 'accepted' ? [] : (proposals[i] ?? []).flatMap((found, at) => (isClear(found) && said[i]?.figures[at]?.value.trim() === '' ? [{ row, i, at, found }] : [])));
  const takeClear = (): void => {
    rows.forEach((row, i) => {
      if (!clear.some((one) => one.i === i)) return;
      mend(row, { figures: (said[i] as Composed).figures.map((f, at) => { const one = clear.find((c) => c.i === i && c.at === at)?.found[0]; return one ? taken(f, one) : f; }) });
    });
  };
  const missing = send ? rows.filter((row, i) => said[i]?.text.trim() === '' && row.state !== 'accepted' && (!rest || row.last === null)) : [];
  return (
    <>
      <div className="xj-intake-both">
        {reading.pieces.length > 0 ? <IntakePieces pieces={reading.pieces} rows={rows} choices={choices} onChange={setChoices} /> : <p className="xj-faint">{t('intake.noPieces')}</p>}
        <section aria-label={t('intake.rows')}>
          <h2>{t('intake.rows')}</h2>
          {clear.length > 0 ? <p className="xj-acts"><Button size="small" onClick={takeClear}>{t('intake.figuresTake', { n: clear.length })}</Button></p> : null}
          <ul className="xj-intake-rows">
            {rows.map((row, i) => (
              <IntakeRow
                key={row.duty}
                row={row}
                said={said[i] as Composed}
                changed={changed[i] === true}
                proposals={proposals[i] ?? []}
                onChange={(part) => { mend(row, part); }}
              />
            ))}
          </ul>
        </section>
      </div>
      {newer.size > 0 ? <Alert type="warning" showIcon role="alert" title={t('intake.late', { titles: [...newer.values()].map((row) => row.title).join(t('list.comma')) })} /> : null}
      {act.error ? <ProblemNote error={act.error} /> : null}
      <SendChoice send={send} setSend={setSend} rest={rest} setRest={setRest} />
      <p className="xj-acts">
        <Button type="primary" disabled={!good || missing.length > 0} loading={act.isPending} onClick={() => { act.mutate({ drafts, unit: head.unit.id, send, rest, give: false }); }}>
          {t(send ? 'intake.keepSend' : 'intake.keep')}
        </Button>
        {missing.length > 0 ? (
          <span className="xj-bad">{t(rest ? 'intake.missingFirst' : 'intake.missing', { titles: missing.map((row) => row.title).join(t('list.comma')) })}</span>
        ) : (
          <span className="xj-faint">{t('intake.what', { n: drafts.length })}</span>
        )}
      </p>
    </>
  );
}

/** A return that is not owed any more takes the original alone. */
function OriginalAlone(work: WorkProps) {
  const { t, date } = useWords();
  const { head } = work.reading.report;
  const act = useKeep(work, () => undefined);
  return (
    <>
      <Alert type="info" showIcon title={t('intake.notOwed', { state: t(`return.state.${head.state}`), date: date(head.sent_on ?? head.state_on) })} />
      {act.error ? <ProblemNote error={act.error} /> : null}
      <p className="xj-acts">
        <Button type="primary" loading={act.isPending} onClick={() => { act.mutate({ drafts: [], unit: head.unit.id, send: false, rest: false, give: false }); }}>
          {t('intake.keepOriginal')}
        </Button>
      </p>
    </>
  );
}

function Work(props: WorkProps) {
  const { reading } = props;
  const { state } = reading.report.head;
  if (state !== 'due' && state !== 'returned') return <OriginalAlone {...props} />;
  return reading.filled ? <Workbook {...props} filledRead={reading.filled} /> : <Words {...props} />;
}

interface Props {
  file: { upload: number; name: string; size: number };
  onDone: () => void;
  onDrop: () => void;
}

export function IntakeRegister({ file, onDone, onDrop }: Props) {
  const w = useWords();
  const { t } = w;
  const [unit, setUnit] = useState<UnitRef | null>(null);
  const [chosen, setChosen] = useState<number | undefined>();
  const [on, setOn] = useState(today());
  const [way, setWay] = useState<Way>('chat');
  const [sealed, setSealed] = useState(false);
  const [kept, setKept] = useState(false);
  const asked: Asked = { upload: file.upload, came_on: on, ...(unit ? { unit: unit.id } : {}), ...(chosen ? { return: chosen } : {}) };
  const reading = useQuery(readingQuery(on ? asked : null));
  const report = reading.data?.report ?? null;
  const found = reading.data;
  return (
    <section className="xj-intake" aria-label={file.name}>
      <header className="xj-page-head">
        <h2>{file.name}</h2>
        <span className="xj-faint">{fileSize(file.size)}</span>
        <Button size="small" onClick={onDrop}>{t('intake.drop')}</Button>
      </header>
      <div className="xj-intake-form">
        <div>
          <span className="xj-label">{t('intake.unit')}</span>
          {kept ? (
            report?.head.unit.name
          ) : (
            <UnitField
              label={t('intake.unit')}
              value={report && !unit ? report.head.unit : unit}
              onChange={(next) => {
                setUnit(next);
                setChosen(undefined);
              }}
            />
          )}
        </div>
        <label>
          <span className="xj-label">{t('intake.on')}</span>
          <DayField size="small" needed max={today()} disabled={kept} value={on} onChange={(day) => { setOn(day ?? today()); }} />
        </label>
        <div>
          <span className="xj-label">{t('intake.way')}</span>
          <Segmented<Way>
            size="small"
            aria-label={t('intake.way')}
            disabled={kept}
            value={way}
            options={WAYS.map((value) => ({ value, label: t(`files.by.${value}`) }))}
            onChange={(value) => {
              setWay(value);
              setSealed(value === 'paper');
            }}
          />
        </div>
        <Checkbox checked={sealed} onChange={(event) => { setSealed(event.target.checked); }}>{t('intake.sealed')}</Checkbox>
      </div>
      {reading.error ? <ProblemNote error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isFetching ? <p role="status">{t('intake.reading')}</p> : null}
      {!found && !reading.error ? <Loading rows={4} /> : null}
      {found && !reading.isFetching ? (
        <>
          {found.unread ? <Alert type="info" showIcon title={t(`intake.unread.${found.unread}`)} /> : null}
          {report ? (
            <p>
              {t(`intake.by.${found.by}`)}{' '}
              <select aria-label={t('intake.return')} disabled={kept} value={report.head.id} onChange={(event) => { setChosen(Number(event.target.value)); }}>
                {[report.head, ...found.choices.filter((one) => one.id !== report.head.id)].map((one) => (
                  <option key={one.id} value={one.id}>{t('intake.returnOf', { unit: one.unit.name, period: periodWords(w, one.period), due: one.due, state: t(`return.state.${one.state}`) })}</option>
                ))}
              </select>{' '}
              <Link to={`/returns/${report.head.id}`}>{t('intake.open')}</Link>
            </p>
          ) : (
            <p className="xj-faint">{t(unit ? 'intake.nothingOwed' : 'intake.chooseUnit')}</p>
          )}
          {report ? <Work key={`${report.head.id}.${reading.dataUpdatedAt}`} asked={asked} reading={{ ...found, report }} came={{ way, on, sealed }} done={onDone} onFile={() => { setKept(true); }} /> : null}
        </>
      ) : null}
    </section>
  );
}
