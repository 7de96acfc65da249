/* plan/document-pick.tsx -- choose one of the documents held, by words of its title or number. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import type { DocumentHead } from '../api/types';
import { useWords } from '../words/lang';
import { documentName } from './parts';

interface DocumentPickProps {
  id?: string;
  label: string;
  /** The document on whose page this stands: it is not offered. */
  except: number;
  /** Whether DOCUMENT may be chosen. */
  fits?: (document: DocumentHead) => boolean;
  value?: number | null;
  onChange?: (document: number | null, head: DocumentHead | undefined) => void;
}

export function DocumentPick({ id, label, except, fits = () => true, value, onChange }: DocumentPickProps) {
  const { t } = useWords();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<DocumentHead | undefined>(undefined);
  const q = words.trim().slice(0, 100);
  const found = useQuery({
    queryKey: ['documents', 'pick', q],
    queryFn: ({ signal }) => data(api.GET('/api/v1/documents', { params: { query: { ...(q ? { q } : {}), limit: 50 } }, signal })),
    placeholderData: keepPreviousData,
  });
  const heads = (found.data?.items ?? []).filter((d) => d.id !== except && fits(d));
  // what was chosen keeps its name when other words are typed
  const shown = chosen && !heads.some((d) => d.id === chosen.id) && value === chosen.id ? [chosen, ...heads] : heads;
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: setWords, searchValue: words }}
      allowClear
      aria-label={label}
      placeholder={t('chain.otherHint')}
      notFoundContent={found.isFetching ? t('state.loading') : t('chain.otherNone')}
      value={value ?? null}
      onChange={(next: number | null) => {
        const head = shown.find((d) => d.id === next);
        setChosen(head);
        setWords('');
        onChange?.(next ?? null, head);
      }}
      options={shown.map((d) => ({ value: d.id, label: [documentName(d, d.latest), d.doc_no].filter(Boolean).join(' ') }))}
    />
  );
}
