/* kit/people-field.tsx -- choosing people: by a part of their name or account. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, data } from '../api/client';
import { useWords } from '../words/lang';

export interface PersonRef {
  id: number;
  name: string;
}

function namesQuery(q: string) {
  return queryOptions({
    queryKey: ['people', 'choose', q],
    queryFn: ({ signal }) => data(api.GET('/api/v1/people', { params: { query: { ...(q ? { q } : {}), limit: 50 } }, signal })),
    staleTime: 60_000,
  });
}

/** People, each shown with the account; at most MAX of them. */
export function PeopleField(props: { id: string; value: readonly PersonRef[]; max?: number; placeholder?: string; onChange: (people: PersonRef[]) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const found = useQuery(namesQuery(useDeferredValue(typed.trim()).slice(0, 64)));
  const known = new Map(props.value.map((person) => [person.id, person.name]));
  const open = (found.data?.items ?? []).filter((person) => !person.disabled);
  for (const person of open) known.set(person.id, known.get(person.id) ?? person.display_name);
  const options = open.map((person) => ({ value: person.id, label: t('person.both', { name: person.display_name, account: person.name }) }));
  for (const person of props.value) if (!options.some((option) => option.value === person.id)) options.push({ value: person.id, label: person.name });
  return (
    <Select<number[]>
      id={props.id}
      mode="multiple"
      maxCount={props.max ?? 50}
      allowClear
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      loading={found.isFetching}
      value={props.value.map((person) => person.id)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={options}
      onChange={(ids) => { props.onChange(ids.map((id) => ({ id, name: known.get(id) ?? '' }))); }}
    />
  );
}
