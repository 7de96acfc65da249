/*
 * plan/chain-tab.tsx -- which documents this one rests on, up to the highest, and which rest on it;
 * what was recognised is confirmed or rejected, and other documents are linked, by hand.
 */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { ChainRow, DocumentChain, DocumentLink } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';
import './chain-tab.css';
import { ChainAdd } from './chain-add';
import { useMayChange } from './may-change';

function chainQuery(id: number) {
  return queryOptions({
    queryKey: ['document', id, 'chain'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents/{document}/chain', { params: { path: { document: id } }, signal })),
  });
}

/** What a person says about the document with OTHER; null takes it back. */
export interface Said {
  other: number;
  link: DocumentLink | null;
}

/** Says it to the server as of the chain's VERSION; what stands then is shown, also after a refusal. */
function useSay(document: number, version: number) {
  const w = useWords();
  const queries = useQueryClient();
  const { notification } = App.useApp();
  return useMutation({
    mutationFn: ({ other, link }: Said) => {
      const params = {
        path: { document, other },
        header: { 'If-Match': `"${version}"`, 'Idempotency-Key': newKey() },
      };
      return data(
        link
          ? api.PUT('/api/v1/documents/{document}/links/{other}', { params, body: link })
          : api.DELETE('/api/v1/documents/{document}/links/{other}', { params }),
      );
    },
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.code === 'stale') notification.warning({ title: w.t('chain.stale') });
      else if (problem.code === 'conflict') notification.warning({ title: w.t('chain.ring') });
      else {
        const { title, advice } = problemWords(w, problem);
        notification.error({ title, description: advice });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['document'] }),
  });
}

const nameOf = (row: ChainRow): string => row.title?.trim() || row.file_name || row.doc_no || '—';

function Acts({ row, busy, onSay }: { row: ChainRow; busy: boolean; onSay: (said: Said) => void }) {
  const { t } = useWords();
  const { document: other, relation } = row;
  if (other === null || relation === null || row.link === null) return null;
  const name = nameOf(row);
  const button = (act: 'confirm' | 'reject' | 'undo' | 'remove', link: DocumentLink | null): ReactNode => (
    <Button size="small" type="link" disabled={busy} aria-label={t(`chain.${act}Of`, { name })} onClick={() => { onSay({ other, link }); }}>
      {t(`chain.${act}`)}
    </Button>
  );
  return (
    <span className="xj-chain-acts xj-no-print">
      {row.link === 'found' ? button('confirm', { relation }) : null}
      {row.link === 'found' ? button('reject', { relation, rejected: true }) : null}
      {row.link === 'confirmed' || row.link === 'rejected' ? button('undo', null) : null}
      {row.link === 'added' ? button('remove', null) : null}
    </span>
  );
}

function Row({ row, acts }: { row: ChainRow; acts: ReactNode }) {
  const { t } = useWords();
  const name = nameOf(row);
  const known = row.how && row.link === 'found' ? ` · ${t(`chain.how.${row.how}`)}` : '';
  return (
    <>
      {row.relation ? <span className="xj-chain-relation">{t(`chain.relation.${row.relation}`)}</span> : null}{' '}
      {row.document === null ? <span>{name}</span> : <Link to={`/documents/${row.document}`}>{name}</Link>}{' '}
      {row.doc_no && row.doc_no !== name ? <span className="xj-nowrap">{row.doc_no}</span> : null}{' '}
      <span className="xj-faint">
        {row.issuer ? `${row.issuer} ` : ''}
        {row.link ? t(`chain.link.${row.link}`) + known : t('chain.notHeld')}
        {row.again ? ` · ${t('chain.again')}` : ''}
      </span>
      {acts}
    </>
  );
}

const classOf = (row: ChainRow): string | undefined =>
  row.document === null ? 'xj-chain-absent' : row.link === 'rejected' ? 'xj-chain-rejected' : undefined;

type ActsOf = (row: ChainRow) => ReactNode;

/** ROWS as nested lists: those deeper than a row belong to it. */
function nested(rows: readonly ChainRow[], depth: number, from: number, to: number, actsOf: ActsOf): ReactNode {
  const items: ReactNode[] = [];
  let at = from;
  while (at < to) {
    const row = rows[at];
    let end = at + 1;
    while (end < to && (rows[end]?.depth ?? 0) > depth) end += 1;
    if (row) {
      items.push(
        <li key={at} className={classOf(row)}>
          <Row row={row} acts={depth === 1 ? actsOf(row) : null} />
          {end > at + 1 ? nested(rows, depth + 1, at + 1, end, actsOf) : null}
        </li>,
      );
    }
    at = end;
  }
  return <ul>{items}</ul>;
}

function Tree({ title, rows, none, actsOf, children }: { title: string; rows: readonly ChainRow[]; none: string; actsOf: ActsOf; children?: ReactNode }) {
  return (
    <section className="xj-chain" aria-label={title}>
      <h2>
        {title} {children}
      </h2>
      {rows.length === 0 ? <p className="xj-faint">{none}</p> : nested(rows, 1, 0, rows.length, actsOf)}
    </section>
  );
}

function Trees({ document, chain }: { document: number; chain: DocumentChain }) {
  const { t } = useWords();
  const mayChange = useMayChange();
  const [adding, setAdding] = useState(false);
  const say = useSay(document, chain.version);
  const actsOf = (row: ChainRow): ReactNode =>
    mayChange ? <Acts row={row} busy={say.isPending} onSay={(said) => { say.mutate(said); }} /> : null;
  return (
    <>
      <Tree title={t('chain.up')} rows={chain.up} none={t('chain.noUp')} actsOf={actsOf}>
        {mayChange ? (
          <Button size="small" className="xj-no-print" onClick={() => { setAdding(true); }}>
            {t('chain.add')}
          </Button>
        ) : null}
      </Tree>
      <Tree title={t('chain.down')} rows={chain.down} none={t('chain.noDown')} actsOf={() => null} />
      {chain.cut ? <Alert type="info" title={t('chain.cut')} /> : null}
      {adding ? (
        <ChainAdd
          document={document}
          pending={say.isPending}
          onSay={(said) => { say.mutate(said, { onSuccess: () => { setAdding(false); } }); }}
          onClose={() => { setAdding(false); }}
        />
      ) : null}
    </>
  );
}

export function ChainTab({ document }: { document: number }) {
  const chain = useQuery(chainQuery(document));
  return <Answer query={chain}>{(found) => <Trees document={document} chain={found} />}</Answer>;
}
