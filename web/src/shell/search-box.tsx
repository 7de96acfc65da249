/* shell/search-box.tsx -- the one box of the header: words, numbers, first letters; `/` goes there. */
import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useMemo, useRef } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useKeys } from '../kit/keys';
import { useWords } from '../words/lang';

export function SearchBox() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const box = useRef<InputRef>(null);
  const asked = pathname === '/search' ? (search.get('q') ?? '') : '';
  const keys = useMemo(() => [{ key: '/', says: 'keys.searchAll' as const, run: () => box.current?.focus({ cursor: 'all' }) }], []);
  useKeys(keys);
  return (
    <form
      role="search"
      className="xj-search-box"
      onSubmit={(event) => {
        event.preventDefault();
        const words = (box.current?.input?.value ?? '').trim();
        if (words) void navigate(`/search?q=${encodeURIComponent(words)}`);
      }}
    >
      <Input
        key={asked}
        ref={box}
        size="small"
        defaultValue={asked}
        maxLength={100}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        enterKeyHint="search"
      />
    </form>
  );
}
