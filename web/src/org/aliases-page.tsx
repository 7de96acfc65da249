/*
 * org/aliases-page.tsx -- names that may be one unit: decided one by one, or all that are alike at
 * once.  What was decided here stays in its row, where it can be taken back.
 */
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { asProblem } from '../api/problem';
import type { Alias, AliasState } from '../api/types';
import { AliasActs, useDecideMany } from '../kit/alias-acts';
import { ExportSheet } from '../kit/export-sheet';
import { problemWords } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Some } from '../kit/some';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { alike, difference } from './alike';
import './org.css';
import { aliasesQuery } from './unit-query';
import { UnitsTabs } from './units-tabs';

const STATES: readonly AliasState[] = ['proposed', 'confirmed', 'rejected'];

/** Pairs of one request. */
const MANY = 500;

interface Page {
  items: Alias[];
  next: string | null;
}

function Row({ pair, merged, onSaid }: { pair: Alias; merged: boolean; onSaid: (state: AliasState) => void }) {
  const { t } = useWords();
  return (
    <tr>
      <td>
        <Link to={`/units/${pair.alias_id}`}>{pair.alias}</Link>
      </td>
      <td>
        <Link to={`/units/${pair.unit_id}`}>{pair.unit}</Link>
      </td>
      <td className="xj-right">{pair.score}</td>
      <td>{merged ? <span className="xj-faint">{t('alias.merged')}</span> : <AliasActs key={pair.state} pair={pair} onSaid={onSaid} />}</td>
    </tr>
  );
}

/** Pairs that differ in the same way, with one decision for all that wait. */
function AlikeRow({ group, busy, onAll }: { group: readonly Alias[]; busy: boolean; onAll: (state: AliasState) => void }) {
  const { t } = useWords();
  const right = useRights();
  const first = group[0];
  const open = group.filter((pair) => pair.state === 'proposed').length;
  if (!first || group.length < 2) return null;
  const [a, b] = difference(first);
  return (
    <tr className="xj-alike">
      <th scope="rowgroup" colSpan={3}>
        {t('alias.alike', { n: group.length, a: a || '∅', b: b || '∅' })}
      </th>
      <td>
        {open > 1 && right('unit.change') ? (
          <span className="xj-row-line" role="group" aria-label={t('alias.alike', { n: group.length, a: a || '∅', b: b || '∅' })}>
            <Button size="small" disabled={busy} onClick={() => { onAll('confirmed'); }}>{t('alias.allSame', { n: open })}</Button>
            <Button size="small" disabled={busy} onClick={() => { onAll('rejected'); }}>{t('alias.allDifferent', { n: open })}</Button>
          </span>
        ) : null}
      </td>
    </tr>
  );
}

export function AliasesPage() {
  const w = useWords();
  const { t } = w;
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((s) => s === search.get('state')) ?? 'proposed';
  const query = aliasesQuery(state);
  const aliases = useInfiniteQuery(query);
  const decide = useDecideMany();
  const [busy, setBusy] = useState(false);
  useTitle(t('alias.tab'));

  const { data, hasNextPage, isFetching, fetchNextPage } = aliases;
  const pairs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const groups = useMemo(() => alike(pairs), [pairs]);
  // a name that stands for another is out of every other question
  const merged = new Set(pairs.filter((p) => p.state === 'confirmed').map((p) => p.alias_id));
  const isMerged = (p: Alias): boolean => p.state === 'proposed' && (merged.has(p.alias_id) || merged.has(p.unit_id));

  const keep = (id: number, said: AliasState): void => {
    queries.setQueryData<InfiniteData<Page, string | undefined>>(query.queryKey, (old) =>
      old && {
        ...old,
        pages: old.pages.map((page) => ({ ...page, items: page.items.map((p) => (p.id === id ? { ...p, state: said } : p)) })),
      },
    );
  };
  const decideAll = async (group: readonly Alias[], said: AliasState): Promise<void> => {
    const open = group.filter((pair) => pair.state === 'proposed' && !isMerged(pair));
    setBusy(true);
    try {
      for (let at = 0; at < open.length; at += MANY) {
        const some = open.slice(at, at + MANY);
        const { left } = await decide.mutateAsync({ pairs: some, state: said });
        const stays = new Set(left.map((pair) => `${pair.alias} ${pair.unit}`));
        for (const pair of some) if (!stays.has(`${pair.alias_id} ${pair.unit_id}`)) keep(pair.id, said);
        if (left.length > 0) notification.info({ title: t('alias.left', { n: left.length }) });
      }
    } catch (thrown) {
      const { title, advice } = problemWords(w, asProblem(thrown));
      notification.error({ title, description: advice });
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('alias.heading')}</h1>
        <span className="xj-faint" role="status">{data ? t(hasNextPage ? 'alias.countMore' : 'alias.count', { n: pairs.length }) : ''}</span>
        <span className="xj-grow" />
        <ExportSheet list="aliases" query={{ state }} disabled={pairs.length === 0} />
      </header>
      <UnitsTabs />
      <div className="xj-row-line">
        <Segmented<AliasState>
          size="small"
          aria-label={t('alias.show')}
          value={state}
          onChange={(next) => { setSearch(next === 'proposed' ? {} : { state: next }); }}
          options={STATES.map((s) => ({ value: s, label: t(`alias.state.${s}`) }))}
        />
        <span className="xj-faint">{t('alias.what')}</span>
      </div>
      <Answer query={aliases} rows={10}>
        {() =>
          pairs.length === 0 ? (
            <Empty title={t(`alias.none.${state}`)} />
          ) : (
            <div className="xj-alias-body">
              <Some items={groups}>
                {(shown) => (
                  <table className="xj-table">
                    <thead>
                      <tr>
                        <th scope="col">{t('alias.short')}</th>
                        <th scope="col">{t('alias.unit')}</th>
                        <th scope="col" className="xj-right">{t('alias.score')}</th>
                        <th scope="col">{t('alias.isIt')}</th>
                      </tr>
                    </thead>
                    {shown.map((group) => (
                      <tbody key={group[0]?.id}>
                        <AlikeRow group={group} busy={busy} onAll={(said) => void decideAll(group, said)} />
                        {group.map((pair) => (
                          <Row key={pair.id} pair={pair} merged={isMerged(pair)} onSaid={(said) => { keep(pair.id, said); }} />
                        ))}
                      </tbody>
                    ))}
                  </table>
                )}
              </Some>
              {hasNextPage ? (
                <Button size="small" loading={isFetching} onClick={() => void fetchNextPage()}>
                  {t('alias.more')}
                </Button>
              ) : null}
            </div>
          )
        }
      </Answer>
    </section>
  );
}
