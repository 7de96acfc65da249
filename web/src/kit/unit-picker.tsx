/* kit/unit-picker.tsx -- choosing units: by name, by a name that stands for one, by first letters. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, data } from '../api/client';
import type { UnitRef } from '../api/types';
import { useWords } from '../words/lang';

function unitNamesQuery(q: string) {
  return queryOptions({
    queryKey: ['units', 'names', q],
    queryFn: ({ signal }) => data(api.GET('/api/v1/units', { params: { query: { q, limit: 20 } }, signal })),
    enabled: q !== '',
    staleTime: 60_000,
  });
}

/** A unit by its name or by the first letters of it; Enter takes what stands there. */
export function UnitPicker(props: { label: string; onPick: (name: string, id: number | undefined) => void; onFocus?: () => void }) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const found = useQuery(unitNamesQuery(asked));
  const items = asked === '' ? [] : (found.data?.items ?? []);
  const pick = (name: string, id: number | undefined): void => {
    if (name.trim() === '') return;
    props.onPick(name.trim(), id);
    setText('');
  };
  return (
    <AutoComplete
      size="small"
      className="xj-unit-picker"
      value={text}
      options={items.map((unit) => ({ value: unit.name, id: unit.id }))}
      onChange={setText}
      onSelect={(name, option) => { pick(name, option.id); }}
      popupMatchSelectWidth={false}
      {...(props.onFocus ? { onFocus: props.onFocus } : {})}
    >
      <Input
        size="small"
        aria-label={props.label}
        placeholder={props.label}
        maxLength={200}
        onKeyDown={(event) => {
          // with no choice marked, what was typed is the name
          if (event.key === 'Enter' && document.querySelector('.ant-select-item-option-active') === null) pick(text, items.find((u) => u.name === text.trim())?.id);
        }}
      />
    </AutoComplete>
  );
}

/** One unit of the directory, or none: it is shown once chosen, and can be taken out. */
export function UnitField(props: { label: string; value: UnitRef | null; onChange: (unit: UnitRef | null) => void }) {
  const { t } = useWords();
  const [unknown, setUnknown] = useState('');
  const { value, onChange } = props;
  if (value) {
    return (
      <span className="xj-row-line">
        {value.name}
        <Button size="small" type="text" aria-label={t('unit.takeOut', { name: value.name })} onClick={() => { onChange(null); }}>
          ×
        </Button>
      </span>
    );
  }
  return (
    <>
      <UnitPicker
        label={props.label}
        onPick={(name, id) => {
          setUnknown(id === undefined ? name : '');
          if (id !== undefined) onChange({ id, name });
        }}
      />
      {unknown ? <p className="xj-bad">{t('unit.unknown', { name: unknown })}</p> : null}
    </>
  );
}
