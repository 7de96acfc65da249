/*
 * plan/pairs-tab.tsx -- what a new version adds, drops and changes, row by row, and whether each is
 * the same line of work.  What nobody decides goes as it is proposed.
 */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { Decision, Diff, DiffField, PairAgainBody, PairList, PlanDocument, Relation, Version } from '../api/types';
import { useKeys } from '../kit/keys';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { useWords } from '../words/lang';
import { DocumentPick } from './document-pick';
import { diffQuery, versionQuery } from './document-query';
import { withChanges } from './filters';
import { useMayChange } from './may-change';
import { PairRow } from './pair-row';
import { choicesOf, openPairs, pairCountsQuery, pairsQuery, RELATIONS, useDecide } from './pairs-query';
import { documentName } from './parts';
import './pairs.css';

interface Count {
  pairs: number;
  undecided: number;
}

function countsByRelation(counts: PairList['counts']): ReadonlyMap<Relation, Count> {
  const found = new Map<Relation, Count>();
  for (const c of counts) {
    const sum = found.get(c.relation) ?? { pairs: 0, undecided: 0 };
    found.set(c.relation, { pairs: sum.pairs + c.pairs, undecided: sum.undecided + c.undecided });
  }
  return found;
}

const rowKey = (row: { action: string; no: string; title: string }): string => [row.action, row.no, row.title].join('\n');

/** What changed of each row beside its words, by its place; places that are not alone are left out. */
function otherFields(diff: Diff | undefined): ReadonlyMap<string, readonly DiffField[]> {
  const found = new Map<string, readonly DiffField[]>();
  for (const change of diff?.changed ?? []) {
    const key = rowKey(change.new);
    const shown = change.fields.filter((f) => !['title', 'text', 'action', 'no'].includes(f.field));
    found.set(key, found.has(key) ? [] : shown);
  }
  return found;
}

/** Pairs the draft anew: with what it took the place of, or with what is chosen. */
function usePairAgain(version: Version) {
  const queries = useQueryClient();
  const { summary } = version;
  return useMutation({
    mutationFn: (body: PairAgainBody) =>
      data(
        api.POST('/api/v1/versions/{version}/pairs', {
          params: {
            path: { version: summary.id },
            header: { 'If-Match': `"${summary.version}"`, 'Idempotency-Key': newKey() },
          },
          body,
        }),
      ),
    onSuccess: (made) => { queries.setQueryData(versionQuery(summary.id).queryKey, made); },
    onSettled: () => {
      for (const name of ['version', 'document']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
}

/** Something else came into force since the rows were paired. */
function Overtaken({ version }: { version: Version }) {
  const { t } = useWords();
  const act = usePairAgain(version);
  return (
    <>
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={t('pairs.againTitle')}
        description={t('pairs.againWhy')}
        action={
          <Button size="small" loading={act.isPending} onClick={() => { act.mutate({}); }}>
            {t('pairs.again')}
          </Button>
        }
      />
      {act.error ? <ProblemNote error={act.error} /> : null}
    </>
  );
}

/** Which other document the draft takes the place of: chosen, changed or dropped by a person. */
function TakesPlace({ document, version, before }: { document: PlanDocument; version: Version; before: PairList['before'] }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState<number | null>(null);
  const act = usePairAgain(version);
  const pair = (chosen: number | null): void => {
    act.mutate({ document: chosen }, { onSuccess: () => { setOpen(false); } });
  };
  return (
    <p className="xj-pair-all">
      {before ? null : t('pairs.newDocument')}
      <Button size="small" onClick={() => { setOpen(true); }}>
        {t(before ? 'pairs.chooseOther' : 'pairs.choose')}
      </Button>
      {before ? (
        <Button size="small" loading={act.isPending && !open} onClick={() => { pair(null); }}>
          {t('pairs.takesNone')}
        </Button>
      ) : null}
      <Modal
        open={open}
        title={t('pairs.chooseTitle')}
        okText={t('pairs.chooseAct')}
        okButtonProps={{ disabled: other === null, loading: act.isPending }}
        onOk={() => { if (other !== null) pair(other); }}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        <p>{t('pairs.chooseWhat')}</p>
        <DocumentPick
          label={t('pairs.chooseTitle')}
          except={document.id}
          fits={(head) => head.programme === document.programme && (head.latest?.counts.tasks ?? 0) > 0}
          value={other}
          onChange={setOther}
        />
        {act.error ? <ProblemNote error={act.error} /> : null}
      </Modal>
      {act.error && !open ? <ProblemNote error={act.error} /> : null}
    </p>
  );
}

function RelationNav({ counts, shown }: { counts: ReadonlyMap<Relation, Count>; shown: Relation }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  return (
    <nav className="xj-pair-nav" aria-label={t('pairs.relations')}>
      {RELATIONS.map((relation) => {
        const count = counts.get(relation);
        if (!count) return null;
        const open = choicesOf(relation).length > 1 && relation !== 'same' ? count.undecided : 0;
        const label = t('filter.counted', { name: t(`relation.${relation}`), n: count.pairs });
        return (
          <Link
            key={relation}
            to={`${pathname}?${withChanges(search, { relation }).toString()}`}
            aria-current={relation === shown ? 'page' : undefined}
          >
            {label}
            {open > 0 ? <span className="xj-pair-open">{t('pairs.open', { n: open })}</span> : null}
          </Link>
        );
      })}
    </nav>
  );
}

interface PairsProps {
  version: Version;
  against: number;
  relation: Relation;
  count: Count;
  canDecide: boolean;
  /** To the next kind of pairs that has open ones. */
  onNextRelation: () => void;
}

function Pairs({ version, against, relation, count, canDecide, onNextRelation }: PairsProps) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { id } = version.summary;
  const query = useInfiniteQuery(pairsQuery(id, relation));
  const diff = useQuery(diffQuery(id, against));
  const { act, missed } = useDecide(id);
  const table = useRef<HTMLTableElement>(null);
  const [activeSeq, setActiveSeq] = useState<number | null>(null);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const fields = useMemo(() => otherFields(diff.data), [diff.data]);
  const active = rows.findIndex((pair) => pair.seq === activeSeq);
  const choices = choicesOf(relation);

  const move = (to: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    table.current?.querySelector<HTMLElement>(`[data-seq="${row.seq}"]`)?.focus();
    if (to + 10 > rows.length && query.hasNextPage && !query.isFetching) void query.fetchNextPage();
  };
  const decide = (index: number, decision: Decision | undefined): void => {
    const pair = rows[index];
    if (pair && decision && canDecide) act.mutate({ decision, relation, pair });
  };
  const decideAll = (decision: Decision | undefined): void => {
    if (!decision || !canDecide || choices.length < 2) return;
    void modal.confirm({
      title: t('pairs.allTitle', { n: count.pairs, relation: t(`relation.${relation}`), decision: t(`decision.${decision}`) }),
      content: count.pairs > count.undecided ? t('pairs.allOver', { n: count.pairs - count.undecided }) : undefined,
      okText: t('pairs.allAct'),
      onOk: () => { act.mutate({ decision, relation, pair: null }); },
    });
  };
  const nextOpen = (): void => {
    const next = rows.findIndex((pair, i) => i > active && !pair.decided);
    if (next >= 0 && choices.length > 1) move(next);
    else if (query.hasNextPage) move(rows.length - 1);
    else onNextRelation();
  };
  useKeys([
    { key: 'j', says: 'keys.down', run: () => { move(active + 1); } },
    { key: 'k', says: 'keys.up', run: () => { move(active - 1); } },
    ...(canDecide && choices.length > 1
      ? [
          ...choices.map((choice, i) => ({
            key: String(i + 1),
            says: `decision.${choice}` as const,
            run: () => {
              decide(active, choice);
              move(active + 1);
            },
          })),
          { key: 'a', says: 'keys.alike' as const, run: () => { decideAll(rows[active]?.decision); } },
        ]
      : []),
    { key: 'u', says: 'keys.nextOpen', run: nextOpen },
  ]);

  return (
    <>
      {canDecide && choices.length > 1 ? (
        <p className="xj-pair-all">
          {t('pairs.alike')}
          {choices.map((choice) => (
            <Button key={choice} size="small" onClick={() => { decideAll(choice); }}>
              {t('pairs.alikeAs', { decision: t(`decision.${choice}`) })}
            </Button>
          ))}
        </p>
      ) : null}
      {act.error ? <ProblemNote error={act.error} /> : null}
      <Answer query={query}>
        {() => (
          <table ref={table} className="xj-table xj-diff-table">
            <thead>
              <tr>
                <th scope="col">{t('diff.old')}</th>
                <th scope="col">{t('diff.new')}</th>
                <th scope="col" className="xj-pair-decision">{t('pairs.decision')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((pair, i) => (
                <PairRow
                  key={pair.seq}
                  pair={pair}
                  fields={(pair.new && fields.get(rowKey(pair.new))) ?? []}
                  active={i === active}
                  tabStop={i === Math.max(active, 0)}
                  missed={missed.get(pair.seq)}
                  canDecide={canDecide}
                  onActive={() => { setActiveSeq(pair.seq); }}
                  onDecide={(decision) => { decide(i, decision); }}
                />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      {query.hasNextPage ? (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('act.showMore', { more: Math.min(100, count.pairs - rows.length), n: count.pairs })}
        </Button>
      ) : null}
    </>
  );
}

function Found({ document, version, list }: { document: PlanDocument; version: Version; list: PairList }) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const may = useMayChange();
  const { before, overtaken } = list;
  const counts = useMemo(() => countsByRelation(list.counts), [list.counts]);
  const present = RELATIONS.filter((relation) => counts.has(relation));
  const relation = present.find((name) => name === search.get('relation')) ?? present[0];
  const draft = version.summary.state === 'draft';
  const mayChange = draft && may;
  // a document with a version in force takes the place of that one
  const mayChoose = mayChange && !document.versions.some((v) => v.state === 'published');
  if (before === null || !relation)
    return (
      <>
        <Empty title={t('pairs.none')} />
        {mayChoose ? <TakesPlace document={document} version={version} before={null} /> : null}
      </>
    );
  const open = openPairs(list.counts);
  const nextRelation = (): void => {
    const at = present.indexOf(relation);
    const after = [...present.slice(at + 1), ...present.slice(0, at)].find(
      (name) => name !== 'same' && choicesOf(name).length > 1 && (counts.get(name)?.undecided ?? 0) > 0,
    );
    if (after) setSearch((old) => withChanges(old, { relation: after }));
  };
  return (
    <div className="xj-pairs">
      {overtaken && mayChange ? <Overtaken version={version} /> : null}
      <p className="xj-pair-before">
        {before.other ? (
          <>
            {t(draft ? 'pairs.takes' : 'pairs.took')} <Link to={`/documents/${before.document}`}>{documentName(before, before)}</Link>{' '}
            {before.doc_no}
            {t('pairs.stop')}{' '}
          </>
        ) : null}
        {t('pairs.against', { no: before.no })}{' '}
        {draft ? <strong>{open > 0 ? t('pairs.openAll', { n: open }) : t('pairs.allDecided')}</strong> : null}
      </p>
      {mayChoose ? <TakesPlace document={document} version={version} before={before} /> : null}
      <RelationNav counts={counts} shown={relation} />
      <Pairs
        key={`${version.summary.id} ${relation}`}
        version={version}
        against={before.version}
        relation={relation}
        count={counts.get(relation) ?? { pairs: 0, undecided: 0 }}
        canDecide={mayChange && !overtaken}
        onNextRelation={nextRelation}
      />
    </div>
  );
}

export function PairsTab({ document, version }: { document: PlanDocument; version: Version }) {
  const counts = useQuery(pairCountsQuery(version.summary.id));
  return <Answer query={counts}>{(list) => <Found document={document} version={version} list={list} />}</Answer>;
}
