/* plan/chain-tab.tsx -- which documents this one carries out, up to the highest, and which carry it out. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { ChainRow, DocumentChain } from '../api/types';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';
import './chain-tab.css';

function chainQuery(id: number) {
  return queryOptions({
    queryKey: ['document', id, 'chain'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents/{document}/chain', { params: { path: { document: id } }, signal })),
  });
}

function Row({ row }: { row: ChainRow }) {
  const { t } = useWords();
  const name = row.title?.trim() || row.file_name || row.doc_no || '—';
  return (
    <>
      {row.document === null ? <span>{name}</span> : <Link to={`/documents/${row.document}`}>{name}</Link>}{' '}
      {row.doc_no && row.doc_no !== name ? <span className="xj-nowrap">{row.doc_no}</span> : null}{' '}
      <span className="xj-faint">
        {row.issuer ? `${row.issuer} ` : ''}
        {row.how ? t(`chain.how.${row.how}`) : t('chain.notHeld')}
        {row.again ? ` · ${t('chain.again')}` : ''}
      </span>
    </>
  );
}

/** ROWS as nested lists: those deeper than a row belong to it. */
function nested(rows: readonly ChainRow[], depth: number, from: number, to: number): ReactNode {
  const items: ReactNode[] = [];
  let at = from;
  while (at < to) {
    const row = rows[at];
    let end = at + 1;
    while (end < to && (rows[end]?.depth ?? 0) > depth) end += 1;
    if (row) {
      items.push(
        <li key={at} className={row.document === null ? 'xj-chain-absent' : undefined}>
          <Row row={row} />
          {end > at + 1 ? nested(rows, depth + 1, at + 1, end) : null}
        </li>,
      );
    }
    at = end;
  }
  return <ul>{items}</ul>;
}

function Tree({ title, rows, none }: { title: string; rows: readonly ChainRow[]; none: string }) {
  return (
    <section className="xj-chain" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? <p className="xj-faint">{none}</p> : nested(rows, 1, 0, rows.length)}
    </section>
  );
}

function Trees({ chain }: { chain: DocumentChain }) {
  const { t } = useWords();
  return (
    <>
      <Tree title={t('chain.up')} rows={chain.up} none={t('chain.noUp')} />
      <Tree title={t('chain.down')} rows={chain.down} none={t('chain.noDown')} />
      {chain.cut ? <p className="xj-faint">{t('chain.cut')}</p> : null}
    </>
  );
}

export function ChainTab({ document }: { document: number }) {
  const chain = useQuery(chainQuery(document));
  return <Answer query={chain}>{(found) => <Trees chain={found} />}</Answer>;
}
