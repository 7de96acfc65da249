/* kit/search-field.tsx -- the words that narrow a list; the key / goes there. */
import { Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useKeys } from './keys';

/** The text that is looked for: sent by Enter, or by clearing it. */
export function SearchField({ value, label, hint, onSearch }: { value: string; label: string; hint: string; onSearch: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const box = useRef<InputRef>(null);
  useKeys([{ key: '/', says: 'keys.search', run: () => box.current?.focus({ cursor: 'all' }) }]);
  return (
    <Input.Search
      ref={box}
      className="xj-filter-text"
      aria-label={label}
      placeholder={hint}
      allowClear
      maxLength={100}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
      onSearch={(text) => {
        onSearch(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') box.current?.blur();
      }}
    />
  );
}
