/*
 * duty/return-sheet.tsx -- a return as a workbook: fetched, filled offline, dropped back.
 *
 * What came back is read first and shown row by row; only then is anything kept.  Where somebody
 * changed a row meanwhile both texts stand side by side, and the server's stays unless the other is
 * chosen.
 */
import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal, Radio } from 'antd';
import { useRef, useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem, Problem } from '../api/problem';
import type { FilledReturn, FilledRow, ReportHead, SheetFault } from '../api/types';
import { upload } from '../api/upload';
import { DownloadButton } from '../kit/download-button';
import { useWindowDrop } from '../kit/file-drop';
import { ProblemNote, problemWords } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { cellName } from '../kit/sheet-place';

const LARGEST = 8 << 20;

/** Read FILE as the filled workbook of return ID; nothing is kept by it. */
export async function readSheet(id: number, as: number | undefined, file: File): Promise<FilledReturn> {
  if (file.size === 0) throw new Problem('file_empty');
  if (file.size > LARGEST) throw new Problem('file_too_large');
  const url = `/api/v1/returns/${id}/sheet${as ? `?as=${as}` : ''}`;
  const reply = await upload(url, file, { key: newKey(), later: false, signal: new AbortController().signal, onProgress: () => undefined });
  return reply.json as FilledReturn;
}

function Fault({ fault }: { fault: SheetFault }) {
  const { t } = useWords();
  return (
    <li>
      <strong>{t('workbook.place', { sheet: fault.sheet, cell: cellName(fault.row, fault.col) })}</strong>{' '}
      {t(`workbook.fault.${fault.code}`, { found: fault.found, asked: fault.asked })}
    </li>
  );
}

type Words = Pick<FilledRow['draft'], 'text' | 'percent' | 'difficulties' | 'next_step'> & {
  figures: { indicator: string; measure: string; value: number | null; span: string | null }[];
};

function Said({ said }: { said: Words }) {
  const { t } = useWords();
  return (
    <>
      <p className="xj-words">{said.text || t('return.nothing')}</p>
      {said.percent === null ? null : <p className="xj-faint">{t('workbook.percent', { n: said.percent })}</p>}
      {said.figures.map((f) =>
        f.value === null ? null : (
          <p key={`${f.indicator} ${f.measure}`} className="xj-faint">
            {f.indicator} {formatNumber(f.value)} {f.measure} {t(`return.span.${f.span === 'period' ? 'period' : 'to_date'}`)}
          </p>
        ),
      )}
      {said.difficulties ? <p className="xj-words">{t('return.difficulties')}{t('list.colon')}{said.difficulties}</p> : null}
      {said.next_step ? <p className="xj-words">{t('return.nextStep')}{t('list.colon')}{said.next_step}</p> : null}
    </>
  );
}

function Stale({ row, mine, choose }: { row: FilledRow; mine: boolean; choose: (mine: boolean) => void }) {
  const { t } = useWords();
  return (
    <li>
      <h3>{row.now.title}</h3>
      <div className="xj-both">
        <div><h4>{t('workbook.theirs', { by: row.now.changed_by ?? '' })}</h4><Said said={row.now} /></div>
        <div><h4>{t('workbook.mine')}</h4><Said said={row.draft} /></div>
      </div>
      <Radio.Group
        aria-label={t('workbook.which', { title: row.now.title })}
        value={mine}
        options={[{ value: false, label: t('return.takeTheirs') }, { value: true, label: t('workbook.takeMine') }]}
        onChange={(event) => { choose(event.target.value as boolean); }}
      />
    </li>
  );
}

/** What was read, and what of it is to be kept; RETURNS the rows that go to the server. */
export function useFilled(read: FilledReturn) {
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set());
  const of = (verdict: FilledRow['verdict']): FilledRow[] => read.rows.filter((row) => row.verdict === verdict);
  const stale = of('stale');
  const kept = [...of('change'), ...stale.filter((row) => mine.has(row.now.duty))];
  return {
    changes: of('change'),
    stale,
    wrong: of('wrong'),
    same: of('same'),
    drafts: kept.map(({ draft, now }) => ({ duty: now.duty, version: now.version, ...draft })),
    isMine: (duty: number) => mine.has(duty),
    choose: (duty: number, on: boolean) => {
      const next = new Set(mine);
      if (on) next.add(duty);
      else next.delete(duty);
      setMine(next);
    },
  };
}

export function FilledRows({ read, filled }: { read: FilledReturn; filled: ReturnType<typeof useFilled> }) {
  const { t } = useWords();
  return (
    <div className="xj-filled">
      <p>
        {t('workbook.sum', { change: filled.changes.length, same: filled.same.length, stale: filled.stale.length, wrong: filled.wrong.length })}
      </p>
      {read.faults.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('workbook.faults', { n: read.faults_found })}
          description={<ul aria-label={t('workbook.faults', { n: read.faults_found })}>{read.faults.map((fault) => <Fault key={`${fault.sheet}.${fault.row}.${fault.col}.${fault.code}`} fault={fault} />)}</ul>}
        />
      ) : null}
      {filled.stale.length > 0 ? (
        <>
          <h2>{t('workbook.stale')}</h2>
          <ul>
            {filled.stale.map((row) => <Stale key={row.now.duty} row={row} mine={filled.isMine(row.now.duty)} choose={(on) => { filled.choose(row.now.duty, on); }} />)}
          </ul>
        </>
      ) : null}
      {filled.changes.length > 0 ? (
        <>
          <h2>{t('workbook.changes')}</h2>
          <ul>
            {filled.changes.map((row) => (
              <li key={row.now.duty}>
                <h3>{row.now.title}</h3>
                <Said said={row.draft} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function ReadDialog({ read, feeding, onKept, onClose }: { read: FilledReturn; feeding: boolean; onKept: () => void; onClose: () => void }) {
  const w = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const filled = useFilled(read);
  const key = useRef(newKey());
  const act = useMutation({
    mutationFn: (give: boolean) =>
      data(
        api.PUT('/api/v1/returns/{return}/rows', {
          params: { path: { return: read.head.id }, header: { 'Idempotency-Key': key.current } },
          body: { unit: read.as, rows: filled.drafts, ...(give ? { give } : {}) },
        }),
      ),
    onSuccess: async (kept) => {
      await queries.invalidateQueries({ queryKey: ['return', read.head.id] });
      onKept();
      if (kept.late.length > 0) message.warning(w.t('workbook.late', { n: kept.late.length }));
      else message.success(w.t('workbook.kept', { n: kept.kept.length }));
    },
    onError: (thrown) => { if (!asProblem(thrown).mayPass) key.current = newKey(); },
  });
  const n = filled.drafts.length;
  return (
    <Modal
      open
      width={860}
      title={w.t('workbook.title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{n > 0 ? w.t('act.cancel') : w.t('act.close')}</Button>
          {feeding ? <Button disabled={n === 0} loading={act.isPending} onClick={() => { act.mutate(true); }}>{w.t('workbook.give', { n })}</Button> : null}
          <Button type="primary" disabled={n === 0} loading={act.isPending} onClick={() => { act.mutate(false); }}>{w.t('workbook.keep', { n })}</Button>
        </>
      }
    >
      {act.error ? <ProblemNote error={act.error} /> : null}
      <FilledRows read={read} filled={filled} />
    </Modal>
  );
}

interface Props {
  head: ReportHead;
  as: number;
  feeding: boolean;
  /** Send what is typed first; false where something could not be kept. */
  before: () => Promise<boolean>;
  /** Rows have other words now. */
  onKept: () => void;
}

/** The workbook of a return to fetch, and a filled one to bring back. */
export function SheetActs({ head, as, feeding, before, onKept }: Props) {
  const w = useWords();
  const { t } = w;
  const { notification } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<FilledReturn | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      if (await before()) setRead(await readSheet(head.id, feeding ? as : undefined, file));
      else notification.warning({ title: t('return.notKept') });
    } catch (thrown) {
      const { title, advice } = problemWords(w, asProblem(thrown));
      notification.error({ title, description: advice });
    } finally {
      setBusy(false);
    }
  };
  useWindowDrop(busy || read !== null, ([file]) => { if (file) void take(file); });
  const query = new URLSearchParams({ lang: w.lang, ...(feeding ? { as: String(as) } : {}) });
  return (
    <>
      <DownloadButton label={t('workbook.download')} url={`/api/v1/returns/${head.id}/sheet.xlsx?${query}`} name={t('workbook.name', { unit: head.unit.name, period: head.period })} />
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>{t('workbook.bring')}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xls,.et,.ods"
        aria-label={t('workbook.bring')}
        onChange={(event) => {
          const [file] = Array.from(event.target.files ?? []);
          event.target.value = ''; // the same file may be chosen again
          if (file) void take(file);
        }}
      />
      {read ? (
        <ReadDialog
          read={read}
          feeding={feeding}
          onClose={() => { setRead(null); }}
          onKept={() => {
            setRead(null);
            onKept();
          }}
        />
      ) : null}
    </>
  );
}
