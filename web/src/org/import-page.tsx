/* org/import-page.tsx -- units, people and seats in bodies from a spreadsheet: what each row would change, then done at once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { DirectoryImported, DirectoryLine, DirectoryPreview } from '../api/types';
import { upload } from '../api/upload';
import { DownloadButton } from '../kit/download-button';
import { FileDrop } from '../kit/file-drop';
import { cellName } from '../kit/sheet-place';
import { Grid, type GridColumn } from '../kit/grid';
import { ProblemNote } from '../kit/problem-note';
import { Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords, type Words } from '../words/lang';
import './org.css';
import { FirstPasswords } from './first-passwords';
import { UnitsTabs } from './units-tabs';

const ACTS = ['add', 'change', 'wrong', 'same'] as const;
type Act = (typeof ACTS)[number];

async function send(url: string, file: File): Promise<unknown> {
  const going = new AbortController();
  const { json } = await upload(url, file, { key: newKey(), later: false, signal: going.signal, onProgress: () => undefined });
  return json;
}

function whatInWords({ t }: Words, line: DirectoryLine): string {
  if (line.problem) {
    const words = t(`roster.problem.${line.problem.what}`);
    return line.problem.about ? t('roster.about', { words, about: line.problem.about }) : words;
  }
  const changes = line.changes.map(({ field, old, now }) =>
    t(old ? 'roster.oldNow' : 'roster.now', { field: t(`roster.field.${field}`), old, now }),
  );
  return [...(line.opens ? [t('roster.opens', { account: line.account ?? '' })] : []), ...changes].join(t('list.semicolon'));
}

function useColumns(): GridColumn<DirectoryLine>[] {
  const w = useWords();
  return useMemo(() => {
    const { t } = w;
    return [
      {
        key: 'place',
        title: t('roster.place'),
        width: '110px',
        render: (l) => (l.problem?.column ? t('roster.cell', { sheet: l.sheet, cell: cellName(l.row, l.problem.column) }) : t('roster.row', { sheet: l.sheet, row: l.row })),
      },
      { key: 'what', title: t('roster.what'), width: '64px', render: (l) => t(`roster.what.${l.what}`) },
      { key: 'act', title: t('roster.act'), width: '72px', render: (l) => <span className={l.act === 'wrong' ? 'xj-bad' : undefined}>{t(`roster.act.${l.act}`)}</span> },
      { key: 'name', title: t('roster.name'), width: 'minmax(150px, 1fr)', render: (l) => {
          const name = l.what === 'seat' && l.unit ? t('roster.seatOf', { name: l.name, body: l.unit }) : l.name;
          return <span title={name}>{name}</span>;
        } },
      {
        key: 'changes',
        title: t('roster.changes'),
        width: 'minmax(320px, 3fr)',
        render: (l) => {
          const words = whatInWords(w, l);
          return <span title={words} className={l.problem ? 'xj-bad' : undefined}>{words}</span>;
        },
      },
    ];
  }, [w]);
}

function Lines({ seen }: { seen: DirectoryPreview }) {
  const { t } = useWords();
  const [shown, setShown] = useState<Act | 'all'>(seen.counts.wrong > 0 ? 'wrong' : 'all');
  const [active, setActive] = useState(-1);
  const columns = useColumns();
  const rows = useMemo(() => (shown === 'all' ? seen.lines : seen.lines.filter((l) => l.act === shown)), [seen, shown]);
  return (
    <>
      <Segmented<Act | 'all'>
        aria-label={t('roster.shown')}
        value={shown}
        onChange={(next: Act | 'all') => {
          setShown(next);
          setActive(-1);
        }}
        options={[
          { value: 'all', label: t('roster.all', { n: seen.lines.length }) },
          ...ACTS.map((act) => ({ value: act, label: t('roster.actCount', { act: t(`roster.act.${act}`), n: seen.counts[act] }) })),
        ]}
      />
      {rows.length === 0 ? (
        <Empty title={t('roster.noneShown')} />
      ) : (
        <Grid label={t('roster.lines')} columns={columns} rows={rows} rowKey={(l) => `${l.sheet}.${l.row}`} minWidth={860} active={active} onActive={setActive} fit />
      )}
    </>
  );
}

/** Columns that were passed over: a head that is misspelt is seen here. */
function Ignored({ seen }: { seen: DirectoryPreview }) {
  const { t } = useWords();
  const heads = seen.tables.flatMap((table) => table.ignored);
  return heads.length === 0 ? null : <p className="xj-note">{t('roster.ignored', { heads: heads.join(t('list.comma')) })}</p>;
}

export function ImportPage() {
  const { t, lang } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({ mutationFn: async (chosen: File) => (await send('/api/v1/directory/preview', chosen)) as DirectoryPreview });
  const done = useMutation({
    mutationFn: async ({ chosen, token }: { chosen: File; token: string }) => (await send(`/api/v1/directory/import?token=${token}`, chosen)) as DirectoryImported,
    onSettled: () => Promise.all(['people', 'units', 'unit', 'aliases', 'seats'].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
    onError: (error) => {
      if (asProblem(error).code === 'stale' && file) look.mutate(file); // what would be done now
    },
  });
  const choose = (files: File[]): void => {
    const [first] = files;
    if (!first) return;
    setFile(first);
    done.reset();
    look.mutate(first);
  };
  const seen = look.data;
  const todo = seen ? seen.counts.add + seen.counts.change : 0;
  useTitle(t('roster.heading'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('roster.heading')}</h1>
        <span className="xj-grow" />
        <DownloadButton label={t('roster.template')} url={`/api/v1/directory/template.xlsx?lang=${lang}`} name={t('roster.templateFile')} />
        <DownloadButton label={t('roster.export')} url={`/api/v1/directory/export.xlsx?lang=${lang}`} name={t('roster.exportFile')} />
      </header>
      <UnitsTabs />
      <div className="xj-no-print">
        <FileDrop single hint={t('roster.hint')} accept=".xlsx,.csv,.xls,.et,.ods,.txt" disabled={look.isPending || done.isPending} onFiles={choose} />
      </div>
      {look.isPending ? <p role="status">{t('roster.looking', { file: file?.name ?? '' })}</p> : null}
      {look.error ? <ProblemNote error={look.error} /> : null}
      {done.error && asProblem(done.error).code !== 'stale' ? <ProblemNote error={done.error} /> : null}
      {done.error && asProblem(done.error).code === 'stale' ? <Alert type="warning" showIcon role="alert" title={t('roster.stale')} /> : null}
      {done.data ? (
        <>
          <Alert
            type="success"
            showIcon
            role="status"
            title={t('roster.done', { added: done.data.added, changed: done.data.changed, out: done.data.left_out })}
          />
          <FirstPasswords imported={done.data} />
        </>
      ) : null}
      {seen && file && !done.data ? (
        <>
          <div className="xj-roster-act">
            <span role="status">{t(todo > 0 ? 'roster.seen' : 'roster.nothing', { file: file.name })}</span>
            <Button
              type="primary"
              disabled={todo === 0}
              loading={done.isPending}
              onClick={() => {
                done.mutate({ chosen: file, token: seen.token });
              }}
            >
              {t(seen.counts.wrong > 0 ? 'roster.doSome' : 'roster.do', { n: todo, wrong: seen.counts.wrong })}
            </Button>
          </div>
          <Ignored seen={seen} />
          <Lines seen={seen} />
        </>
      ) : null}
    </section>
  );
}
