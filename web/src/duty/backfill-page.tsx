/*
 * duty/backfill-page.tsx -- 导入台账: a year's ledger, half done, is dropped, looked at row by row, and recorded with its
 * true dates.  Nothing is changed until it is said so.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { newKey } from '../api/key';
import { sendPieces } from '../api/pieces';
import { asProblem } from '../api/problem';
import type { BackfillChoice, BackfillDone, BackfillPreview } from '../api/types';
import { DayField } from '../kit/day-field';
import { DownloadButton } from '../kit/download-button';
import { FileDrop } from '../kit/file-drop';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable, today } from '../words/dates';
import { useWords } from '../words/lang';
import { BackfillLines } from './backfill-lines';
import { decided, doneQuery, look, plansQuery, record, type Choices } from './backfill-query';
import './backfill.css';

/** Which columns mean what: one that is misunderstood is seen here. */
function Columns({ seen }: { seen: BackfillPreview }) {
  const { t, tCode } = useWords();
  return (
    <details>
      <summary>{t('backfill.columns', { n: seen.tables.reduce((n, table) => n + table.columns.length, 0) })}</summary>
      {seen.tables.map((table) => (
        <table key={table.sheet} className="xj-table xj-backfill-columns">
          <caption>{t('backfill.table', { sheet: table.sheet, name: table.name, row: table.row })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('backfill.head')}</th>
              <th scope="col">{t('backfill.means')}</th>
              <th scope="col">{t('backfill.until')}</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <tr key={column.column}>
                <td>{column.head}</td>
                <td className={column.field === 'other' ? 'xj-faint' : undefined}>{tCode('backfill.field', column.field)}</td>
                <td>{column.until ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </details>
  );
}

function Done({ done, document }: { done: BackfillDone; document: number }) {
  const { t } = useWords();
  const june = `/overview?day=${today().slice(0, 4)}-06-30`;
  return done.id === null ? (
    <Alert type="info" showIcon role="status" title={t('backfill.nothingNew', { n: done.left_out })} />
  ) : (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        title={t('backfill.done', { returns: done.returns, rows: done.rows, drafts: done.drafts, done: done.done, begun: done.begun, out: done.left_out })}
      />
      <p className="xj-backfill-act">
        <Link className="ant-btn" to={`/duties?document=${document}`}>{t('backfill.toDuties')}</Link>
        <Link className="ant-btn" to={june}>{t('backfill.toLights')}</Link>
      </p>
    </>
  );
}

/** Ledgers that were taken over, with the file as it came. */
function Before({ document }: { document: number }) {
  const { t } = useWords();
  const done = useQuery(doneQuery(document));
  return (
    <section aria-label={t('backfill.before')}>
      <h2>{t('backfill.before')}</h2>
      <Answer query={done} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="xj-faint">{t('backfill.noneBefore')}</p>
          ) : (
            <table className="xj-table">
              <thead>
                <tr>
                  <th scope="col">{t('backfill.file')}</th>
                  <th scope="col">{t('backfill.at')}</th>
                  <th scope="col">{t('backfill.what')}</th>
                  <th scope="col">{t('backfill.begunOn')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.id}>
                    <td><DownloadButton label={item.name} url={`/api/v1/backfills/${item.id}/file`} name={item.name} /></td>
                    <td>{t('backfill.byAt', { at: instantInTable(item.made_at), by: item.made_name })}</td>
                    <td>{t('backfill.whatDone', { returns: item.returns, rows: item.rows, moved: item.moved, out: item.left_out })}</td>
                    <td>{item.begun_on}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </section>
  );
}

function Taking({ document }: { document: number }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [upload, setUpload] = useState<number | null>(null);
  const [choices, setChoices] = useState<Choices>({});
  const [begunOn, setBegunOn] = useState('');
  const [seen, setSeen] = useState<BackfillPreview | null>(null); // stays while it is looked at again
  const key = useRef(newKey());
  const looking = useMutation({
    mutationFn: async (asked: { file?: File; upload?: number | null; choices: Choices; begunOn: string }) => {
      const id = asked.upload ?? (asked.file ? await sendPieces(asked.file, { signal: new AbortController().signal, onProgress: () => undefined, onWaiting: () => undefined }) : 0);
      setUpload(id);
      return look({ document, upload: id, choices: asked.choices, begunOn: asked.begunOn });
    },
    onSuccess: setSeen,
  });
  const again = (next: Choices, day: string): void => {
    setChoices(next);
    key.current = newKey();
    looking.mutate({ upload, choices: next, begunOn: day });
  };
  const recording = useMutation({
    mutationFn: (token: string) => record({ document, upload: upload ?? 0, choices, begunOn }, token, key.current),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => { if (asProblem(error).code === 'stale') again(choices, begunOn); },
  });
  const choose = (files: File[]): void => {
    const [first] = files;
    if (!first) return;
    setFile(first);
    setSeen(null);
    setChoices({});
    setUpload(null);
    key.current = newKey();
    recording.reset();
    looking.mutate({ file: first, choices: {}, begunOn });
  };
  const stale = recording.error && asProblem(recording.error).code === 'stale';
  return (
    <>
      <div className="xj-backfill-ask xj-no-print">
        <label htmlFor="backfill-begun">{t('backfill.begunOn')}</label>
        <DayField
          id="backfill-begun"
          max={today()}
          value={begunOn || seen?.begun_on}
          onChange={(day) => {
            setBegunOn(day ?? '');
            if (upload !== null) again(choices, day ?? '');
          }}
        />
        <span className="xj-faint">{t('backfill.begunAdvice')}</span>
      </div>
      <div className="xj-no-print">
        <FileDrop single hint={t('backfill.hint')} accept=".xlsx,.xls,.et,.ods,.csv,.txt" disabled={looking.isPending || recording.isPending} onFiles={choose} />
      </div>
      {looking.isPending ? <p role="status">{t('backfill.looking', { file: file?.name ?? '' })}</p> : null}
      {looking.error ? <ProblemNote error={looking.error} /> : null}
      {recording.error && !stale ? <ProblemNote error={recording.error} /> : null}
      {stale ? <Alert type="warning" showIcon role="alert" title={t('backfill.stale')} /> : null}
      {recording.data ? <Done done={recording.data} document={document} /> : null}
      {seen && file && !recording.data ? (
        <>
          <div className="xj-backfill-act">
            <span role="status">
              {seen.counts.record > 0
                ? t('backfill.seen', { file: file.name, year: String(seen.year), returns: seen.returns, rows: seen.rows, drafts: seen.drafts, done: seen.done, begun: seen.begun })
                : t('backfill.nothing', { file: file.name })}
            </span>
            <Button type="primary" disabled={seen.counts.record === 0 || looking.isPending} loading={recording.isPending} onClick={() => { recording.mutate(seen.token); }}>
              {t('backfill.do', { n: seen.counts.record })}
            </Button>
          </div>
          <Columns seen={seen} />
          <BackfillLines
            seen={seen}
            document={document}
            choices={choices}
            busy={looking.isPending}
            onDecide={(choice: BackfillChoice) => { again(decided(choices, choice), begunOn); }}
          />
        </>
      ) : null}
    </>
  );
}

export function BackfillPage() {
  const { t, lang } = useWords();
  const [search, setSearch] = useSearchParams();
  const plans = useQuery(plansQuery);
  const asked = Number(search.get('document'));
  useTitle(t('backfill.heading'));
  return (
    <section className="xj-page xj-page-scroll xj-backfill">
      <Answer query={plans} rows={6}>
        {(items) => {
          const document = items.find((item) => item.id === asked)?.id ?? items[0]?.id;
          if (document === undefined) return <><h1>{t('backfill.heading')}</h1><Empty title={t('backfill.noPlan')} advice={t('backfill.noPlanAdvice')}><Link to="/documents">{t('office.toDocuments')}</Link></Empty></>;
          return (
            <>
              <header className="xj-page-head">
                <h1>{t('backfill.heading')}</h1>
                <Select
                  aria-label={t('backfill.plan')}
                  className="xj-backfill-plan"
                  value={document}
                  onChange={(id) => { setSearch({ document: String(id) }); }}
                  options={items.map((item) => ({ value: item.id, label: item.title }))}
                />
                <span className="xj-grow" />
                <DownloadButton label={t('backfill.template')} url={`/api/v1/documents/${document}/backfills/template.xlsx?lang=${lang}`} name={t('backfill.templateFile')} />
              </header>
              <p className="xj-faint">{t('backfill.purpose')}</p>
              <Taking key={document} document={document} />
              <Before document={document} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}
