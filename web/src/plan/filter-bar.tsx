/* plan/filter-bar.tsx -- what narrows the register; everything chosen goes into the address at once. */
import { FilterOutlined } from '@ant-design/icons';
import { Badge, Button, DatePicker, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { TaskFilters, TaskTotals } from '../api/types';
import { useNarrow } from '../kit/narrow';
import { SearchField } from '../kit/search-field';
import { useWords } from '../words/lang';
import { KINDS, ROLES, STRENGTHS, withChanges } from './filters';
import { tagsQuery } from './ledger-query';

type Changes = Parameters<typeof withChanges>[1];

function DueRange({ filters, change }: { filters: TaskFilters; change: (changes: Changes) => void }) {
  const { t } = useWords();
  const day = (text: string | undefined): Dayjs | null => (text ? dayjs(text) : null);
  const now = dayjs();
  return (
    <DatePicker.RangePicker
      className="xj-filter-due"
      aria-label={t('filter.due')}
      value={[day(filters.due_from), day(filters.due_to)]}
      allowEmpty={[true, true]}
      placeholder={[t('filter.dueFrom'), t('filter.dueTo')]}
      format="YYYY-MM-DD"
      presets={[
        { label: t('filter.thisMonth'), value: [now.startOf('month'), now.endOf('month')] },
        { label: t('filter.nextMonth'), value: [now.add(1, 'month').startOf('month'), now.add(1, 'month').endOf('month')] },
        { label: t('filter.thisYear'), value: [now.startOf('year'), now.endOf('year')] },
      ]}
      onChange={(range) => {
        change({ due_from: range?.[0]?.format('YYYY-MM-DD'), due_to: range?.[1]?.format('YYYY-MM-DD') });
      }}
    />
  );
}

export function FilterBar({ filters, base }: { filters: TaskFilters; base: TaskTotals | undefined }) {
  const { t } = useWords();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const [, setSearch] = useSearchParams();
  const known = useQuery(tagsQuery);
  const change = (changes: Changes): void => {
    setSearch((old) => withChanges(old, changes));
  };
  const tags = [...(known.data?.items ?? []), ...(filters.tag && !known.data?.items.includes(filters.tag) ? [filters.tag] : [])];
  const used = Object.keys(filters).filter((name) => name !== 'programme' && name !== 'q').length;
  
  const units = base?.by_unit.map((u) => ({
    value: u.id,
    label: t('filter.counted', { name: u.name, n: u.lead + u.responsible + u.cooperate }),
  }));
  if (units && filters.unit && !units.some((u) => u.value === filters.unit)) {
    units.push({ value: filters.unit, label: t('filter.unknownUnit') });
  }
  const search = (
    <SearchField
      key={filters.q ?? ''}
      value={filters.q ?? ''}
      label={t('filter.text')}
      hint={t('filter.textHint')}
      onSearch={(q) => {
        if (q !== (filters.q ?? '')) change({ q });
      }}
    />
  );
  const selects = (
    <>
      <Select
        className="xj-filter-wide"
        aria-label={t('task.action')}
        placeholder={t('filter.allActions')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={filters.action ?? null}
        onChange={(action: string | null) => { change({ action }); }}
        options={base?.by_action.map((a) => ({ value: a.action, label: t('filter.counted', { name: a.action, n: a.tasks }) }))}
      />
      <Select
        className="xj-filter-wide"
        aria-label={t('task.unit')}
        placeholder={t('filter.allUnits')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={filters.unit ?? null}
        onChange={(unit: number | null) => { change({ unit }); }}
        options={units}
      />
      {filters.unit ? (
        <Select
          aria-label={t('filter.role')}
          placeholder={t('filter.anyRole')}
          allowClear
          value={filters.role ?? null}
          onChange={(role: string | null) => { change({ role }); }}
          options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      ) : null}
      <Select
        aria-label={t('filter.kind')}
        placeholder={t('filter.allKinds')}
        allowClear
        popupMatchSelectWidth={false}
        value={filters.kind ?? null}
        onChange={(kind: string | null) => { change({ kind }); }}
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      <DueRange filters={filters} change={change} />
      <Select
        aria-label={t('task.strength')}
        placeholder={t('filter.allStrengths')}
        allowClear
        popupMatchSelectWidth={false}
        value={filters.strength ?? null}
        onChange={(strength: string | null) => { change({ strength }); }}
        options={STRENGTHS.map((strength) => ({ value: strength, label: t(`strength.${strength}`) }))}
      />
      {tags.length > 0 ? (
        <Select
          aria-label={t('task.tags')}
          placeholder={t('filter.allTags')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          value={filters.tag ?? null}
          onChange={(tag: string | null) => { change({ tag }); }}
          options={tags.map((tag) => ({ value: tag, label: tag }))}
        />
      ) : null}
      {used > 0 || filters.q ? (
        <Button
          type="link"
          onClick={() => {
            change({ action: null, unit: null, role: null, kind: null, due_from: null, due_to: null, strength: null, tag: null, q: null });
          }}
        >
          {t('filter.clear')}
        </Button>
      ) : null}
    </>
  );
  return (
    <div className="xj-filters xj-no-print" role="search" aria-label={t('filter.label')}>
      {search}
      {narrow ? (
        <Badge count={used} size="small">
          <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => { setOpen(!open); }}>
            {t('filter.more')}
          </Button>
        </Badge>
      ) : null}
      {!narrow || open ? selects : null}
    </div>
  );
}
