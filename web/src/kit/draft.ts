/* kit/draft.ts -- what somebody is typing, kept in this browser until it is sent. */
import { useState } from 'react';

const PREFIX = 'xingjian.draft.';

function load(name: string): string {
  try {
    return localStorage.getItem(PREFIX + name) ?? '';
  } catch {
    return '';
  }
}

function save(name: string, text: string): void {
  try {
    if (text) localStorage.setItem(PREFIX + name, text);
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // then it lives as long as the page
  }
}

/** The draft called NAME and how to change it; an empty text forgets it. */
export function useDraft(name: string): [text: string, set: (text: string) => void] {
  const [text, setText] = useState(() => load(name));
  return [
    text,
    (next) => {
      save(name, next);
      setText(next);
    },
  ];
}
