/* plan/document-filters.tsx -- what narrows the list of documents; it is kept in the address. */
import { Button, Select } from 'antd';
import { useSearchParams } from 'react-router';
import type { DocumentKind, VersionState } from '../api/types';
import { SearchField } from '../kit/search-field';
import { useWords } from '../words/lang';
import { DOCUMENT_KINDS } from './document-kinds';
import { withChanges } from './filters';

const STATES: readonly VersionState[] = ['draft', 'published', 'superseded'];

export interface DocumentFilters {
  q?: string | undefined;
  state?: VersionState | undefined;
  kind?: DocumentKind | undefined;
}

/** The filters that SEARCH says; what it says wrongly is left out. */
export function readDocumentFilters(search: URLSearchParams): DocumentFilters {
  return {
    q: search.get('q')?.trim().slice(0, 100) || undefined,
    state: STATES.find((state) => state === search.get('state')),
    kind: DOCUMENT_KINDS.find((kind) => kind === search.get('kind')),
  };
}

export function DocumentFilterBar({ filters }: { filters: DocumentFilters }) {
  const { t } = useWords();
  const [, setSearch] = useSearchParams();
  const change = (changes: Parameters<typeof withChanges>[1]): void => {
    setSearch((old) => withChanges(old, changes));
  };
  return (
    <div className="xj-filters xj-no-print" role="search" aria-label={t('filter.label')}>
      <SearchField
        key={filters.q ?? ''}
        value={filters.q ?? ''}
        label={t('documents.find')}
        hint={t('documents.findHint')}
        onSearch={(q) => {
          if (q !== (filters.q ?? '')) change({ q });
        }}
      />
      <Select
        className="xj-filter-wide"
        aria-label={t('documents.state')}
        placeholder={t('documents.anyState')}
        allowClear
        value={filters.state ?? null}
        onChange={(state: VersionState | null) => { change({ state }); }}
        options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
      />
      <Select
        className="xj-filter-wide"
        aria-label={t('document.kind')}
        placeholder={t('documents.anyKind')}
        allowClear
        value={filters.kind ?? null}
        onChange={(kind: DocumentKind | null) => { change({ kind }); }}
        options={DOCUMENT_KINDS.map((kind) => ({ value: kind, label: t(`documentKind.${kind}`) }))}
      />
      {filters.q || filters.state || filters.kind ? (
        <Button type="link" onClick={() => { change({ q: null, state: null, kind: null }); }}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </div>
  );
}
