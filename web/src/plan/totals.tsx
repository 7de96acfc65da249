/* plan/totals.tsx -- how many tasks each action and each unit has; every number opens its list. */
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { TaskTotals } from '../api/types';
import { Grid, type GridColumn } from '../kit/grid';
import { useNarrow } from '../kit/narrow';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { withChanges } from './filters';

type Changes = Parameters<typeof withChanges>[1];
type ByAction = TaskTotals['by_action'][number];
type ByUnit = TaskTotals['by_unit'][number];

/** A number (or a name) that opens the list it counts. */
function Narrow({ to, children, label }: { to: Changes; children: string; label: string }) {
  const { pathname, search } = useLocation();
  const next = withChanges(new URLSearchParams(search), { ...to, view: null });
  return (
    <Link to={`${pathname}?${next.toString()}`} aria-label={label}>
      {children}
    </Link>
  );
}

export function TotalsByAction({ totals }: { totals: TaskTotals }) {
  const { t } = useWords();
  const [active, setActive] = useState(-1);
  const columns = useMemo<GridColumn<ByAction>[]>(
    () => [
      { key: 'no', title: t('totals.no'), width: '64px', align: 'right', render: (r) => (r.action_no === 0 ? '—' : r.action_no) },
      {
        key: 'action',
        title: t('task.action'),
        width: 'minmax(200px, 1fr)',
        render: (r) => (
          <Narrow to={{ action: r.action }} label={r.action}>
            {r.action}
          </Narrow>
        ),
      },
      { key: 'tasks', title: t('totals.tasks'), width: '110px', align: 'right', render: (r) => formatNumber(r.tasks) },
    ],
    [t],
  );
  return (
    <div className="xj-totals">
      <Grid
        label={t('totals.byAction')}
        columns={columns}
        rows={totals.by_action}
        rowKey={(r) => `${r.action_no} ${r.action}`}
        active={active}
        onActive={setActive}
        fit
      />
    </div>
  );
}

export function TotalsByUnit({ totals }: { totals: TaskTotals }) {
  const { t } = useWords();
  const narrow = useNarrow();
  const [active, setActive] = useState(-1);
  const rows = useMemo(() => {
    const all = (u: ByUnit): number => u.lead + u.responsible + u.cooperate;
    return [...totals.by_unit].sort((a, b) => b.lead - a.lead || all(b) - all(a) || a.name.localeCompare(b.name, 'zh'));
  }, [totals]);
  const columns = useMemo<GridColumn<ByUnit>[]>(() => {
    const number = (role: 'lead' | 'responsible' | 'cooperate'): GridColumn<ByUnit> => ({
      key: role,
      title: t(narrow ? `role.${role}.short` : `role.${role}`),
      width: narrow ? '54px' : '110px',
      align: 'right',
      render: (r) =>
        r[role] === 0 ? (
          <span className="xj-faint">0</span>
        ) : (
          <Narrow to={{ unit: r.id, role }} label={t('totals.open', { name: r.name, role: t(`role.${role}`), n: r[role] })}>
            {formatNumber(r[role])}
          </Narrow>
        ),
    });
    return [
      {
        key: 'name',
        title: t('task.unit'),
        width: narrow ? 'minmax(100px, 1fr)' : 'minmax(180px, 1fr)',
        render: (r) => (
          <Narrow to={{ unit: r.id, role: null }} label={r.name}>
            {r.name}
          </Narrow>
        ),
      },
      number('lead'),
      number('responsible'),
      number('cooperate'),
      { key: 'all', title: t('totals.all'), width: narrow ? '54px' : '110px', align: 'right', render: (r) => formatNumber(r.lead + r.responsible + r.cooperate) },
    ];
  }, [t, narrow]);
  return (
    <div className="xj-totals">
      <Grid
        label={t('totals.byUnit')}
        columns={columns}
        rows={rows}
        rowKey={(r) => r.id}
        minWidth={narrow ? 0 : 620}
        active={active}
        onActive={setActive}
        fit
      />
    </div>
  );
}
