/* duty/scans.tsx -- the scan of an instruction, and files of an answer: chosen in the form, shown page by page on the task. */
import { DeleteOutlined, DownloadOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm, Progress } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { api, data } from '../api/client';
import { download, saveAs } from '../api/download';
import { sendPieces } from '../api/pieces';
import { asProblem, Problem } from '../api/problem';
import type { Duty, DutyScan, ScanPurpose } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useActOn } from '../kit/use-act';
import { useWords } from '../words/lang';
import { fileSize } from '../words/words';
import { byMoves } from './above-note';
import { DUTY_KEYS, scanPageQuery } from './duty-query';
import { Refused } from './parts';

const KINDS = '.pdf,.jpg,.jpeg,.png';
const LARGEST = 512 << 20;
export const SCANS_MAX = 20;

/** Bring FILES to the server in pieces; what comes back names them for a change. */
export async function sendScans(files: readonly File[], onSent: (part: number) => void): Promise<number[]> {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  const ids: number[] = [];
  let before = 0;
  for (const file of files) {
    if (file.size === 0) throw new Problem('file_empty');
    if (file.size > LARGEST) throw new Problem('file_too_large');
    const done = before;
    ids.push(await sendPieces(file, { signal: new AbortController().signal, onProgress: (sent) => { onSent((done + sent) / all); }, onWaiting: () => undefined }));
    before += file.size;
  }
  return ids;
}

/** Files chosen for a scan, which are not sent yet. */
export function ScanField({ label, files, onChange }: { label?: string; files: readonly File[]; onChange: (files: File[]) => void }) {
  const { t } = useWords();
  const name = label ?? t('duty.scan');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="xj-files" role="group" aria-label={name}>
      {files.length > 0 ? (
        <ul>
          {files.map((file, i) => (
            <li key={`${file.name} ${file.size} ${i}`}>
              <span className="xj-line">{file.name}</span> <span className="xj-faint">{fileSize(file.size)}</span>
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('files.remove', { name: file.name })} onClick={() => { onChange(files.filter((_, k) => k !== i)); }} />
            </li>
          ))}
        </ul>
      ) : null}
      <Button size="small" icon={<PaperClipOutlined />} disabled={files.length >= SCANS_MAX} onClick={() => input.current?.click()}>{t(label === undefined ? 'duty.chooseScan' : 'files.add')}</Button>{' '}
      <span className="xj-faint">{t('duty.scanHint')}</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        style={{ display: 'none' }} // a form's own style shows what is hidden
        accept={KINDS}
        aria-label={name}
        onChange={(event) => {
          const chosen = Array.from(event.target.files ?? []);
          event.target.value = ''; // the same file may be chosen again
          if (chosen.length > 0) onChange([...files, ...chosen].slice(0, SCANS_MAX));
        }}
      />
    </div>
  );
}

function Picture({ blob, alt }: { blob: Blob; alt: string }) {
  const img = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(blob);
    if (img.current) img.current.src = url;
    return () => { URL.revokeObjectURL(url); };
  }, [blob]);
  return <img ref={img} className="xj-scan" alt={alt} />;
}

function Preview({ duty, scan }: { duty: number; scan: DutyScan }) {
  const { t } = useWords();
  const [page, setPage] = useState(1);
  const drawn = useQuery(scanPageQuery(duty, scan.id, page));
  return (
    <Answer query={drawn}>
      {({ picture, count }) => (
        <>
          <Picture blob={picture} alt={t('duty.scanPage', { name: scan.name, page })} />
          {count > 1 ? (
            <p className="xj-row-line xj-no-print">
              <Button size="small" disabled={page <= 1} onClick={() => { setPage(page - 1); }}>{t('duty.scanBefore')}</Button>
              {t('duty.scanOf', { page, count })}
              <Button size="small" disabled={page >= count} onClick={() => { setPage(page + 1); }}>{t('duty.scanNext')}</Button>
            </p>
          ) : null}
        </>
      )}
    </Answer>
  );
}

function ScanLine({ duty, scan, office }: { duty: Duty; scan: DutyScan; office: boolean }) {
  const { t } = useWords();
  const w = useWords();
  const { notification } = App.useApp();
  const [shown, setShown] = useState(false);
  const remove = useActOn(DUTY_KEYS, (_: undefined, key) =>
    api.DELETE('/api/v1/duties/{duty}/scans/{scan}', { params: { path: { duty: duty.id, scan: scan.id }, header: { 'Idempotency-Key': key } } }),
  );
  const save = async (): Promise<void> => {
    try {
      saveAs(await download(`/api/v1/duties/${duty.id}/scans/${scan.id}`, new AbortController().signal, () => undefined), scan.name);
    } catch (thrown) {
      const { title, advice } = problemWords(w, asProblem(thrown));
      notification.error({ title, description: advice });
    }
  };
  return (
    <li>
      <Button size="small" aria-expanded={shown} onClick={() => { setShown(!shown); }}>{t(shown ? 'duty.scanHide' : 'duty.scanShow')}</Button>
      <Button size="small" type="link" className="xj-file" icon={<DownloadOutlined />} aria-label={t('files.download', { name: scan.name })} onClick={() => void save()}>{scan.name}</Button>
      <span className="xj-faint">{fileSize(scan.size)} · {scan.added_by}</span>
      {office ? (
        <Popconfirm title={t(scan.purpose === 'order' ? 'duty.scanRemoveAsk' : 'duty.answerRemoveAsk')} okText={t('files.removeDo')} cancelText={t('act.cancel')} onConfirm={() => { remove.mutate(undefined); }}>
          <Button size="small" type="text" className="xj-no-print" icon={<DeleteOutlined />} aria-label={t('files.remove', { name: scan.name })} />
        </Popconfirm>
      ) : null}
      <Refused error={remove.error} />
      {shown ? <Preview duty={duty.id} scan={scan} /> : null}
    </li>
  );
}

interface ListProps {
  duty: Duty;
  office: boolean;
  purpose: ScanPurpose;
  title: string;
  hint?: string | undefined;
  canAdd: boolean;
}

function ScanList({ duty, office, purpose, title, hint, canAdd }: ListProps) {
  const { t } = useWords();
  const id = useId();
  const [chosen, setChosen] = useState<File[]>([]);
  const [sent, setSent] = useState<number | null>(null);
  const scans = duty.scans.filter((scan) => scan.purpose === purpose);
  const add = useActOn(
    DUTY_KEYS,
    async (files: File[], key) => {
      const uploads = await sendScans(files, setSent);
      return data(api.POST('/api/v1/duties/{duty}/scans', { params: { path: { duty: duty.id }, header: { 'Idempotency-Key': key } }, body: { uploads, purpose } }));
    },
    () => { setChosen([]); },
  );
  if (scans.length === 0 && !canAdd) return null;
  return (
    <section aria-labelledby={id} className="xj-files">
      <h2 id={id}>{title}</h2>
      {hint ? <p className="xj-faint xj-no-print">{hint}</p> : null}
      {scans.length === 0 ? <p className="xj-faint">{t(purpose === 'order' ? 'duty.noScan' : 'duty.noAnswerFile')}</p> : (
        <ul>{scans.map((scan) => <ScanLine key={scan.id} duty={duty} scan={scan} office={office && !scan.sent_over} />)}</ul>
      )}
      {canAdd && scans.length < SCANS_MAX ? (
        <div className="xj-no-print">
          <ScanField {...(purpose === 'answer' ? { label: title } : {})} files={chosen} onChange={setChosen} />
          {chosen.length > 0 ? <Button size="small" type="primary" loading={add.isPending} onClick={() => { add.mutate(chosen); }}>{t('duty.scanSend')}</Button> : null}
          {add.isPending && sent !== null ? <Progress percent={Math.floor(sent * 100)} size="small" aria-label={t('files.sending', { name: title })} /> : null}
          <Refused error={add.error} />
        </div>
      ) : null}
    </section>
  );
}

/** Files on the task's page: of what was given, and of what was done of something from above; the office adds to them. */
export function Scans({ duty, office }: { duty: Duty; office: boolean }) {
  const { t } = useWords();
  const answers = office && (duty.above?.live ?? false) && byMoves(duty);
  return (
    <>
      <ScanList duty={duty} office={office} purpose="order" title={t(duty.kind === 'instruction' ? 'duty.scan' : 'duty.orderFiles')} canAdd={office && duty.origin === 'instruction'} />
      <ScanList duty={duty} office={office} purpose="answer" title={t('duty.answerFiles')} hint={answers ? t('duty.answerFilesWhat', { name: duty.above?.from ?? '' }) : undefined} canAdd={answers} />
    </>
  );
}
