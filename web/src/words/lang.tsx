/* words/lang.tsx -- the language of this browser, remembered, and the words in it. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { dateInText, monthDayInText } from './dates';
import { isKey, say, type Key, type Lang, type Params } from './words';

const STORE = 'xingjian.lang';

export interface Words {
  lang: Lang;
  setLang: (lang: Lang) => void;
  t: (key: Key, params?: Params) => string;
  /** The word of a code that the server may extend; the code itself where there is none yet. */
  tCode: (prefix: string, code: string) => string;
  date: (date: string) => string;
  monthDay: (date: string) => string;
}

const Context = createContext<Words | null>(null);

function remembered(): Lang {
  try {
    return localStorage.getItem(STORE) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh'; // storage is refused by the browser's settings
  }
}

function remember(lang: Lang): void {
  try {
    localStorage.setItem(STORE, lang);
  } catch {
    // then it holds for this visit
  }
}

/** The words of LANG, which nothing changes. */
export function makeWords(lang: Lang): Words {
  const t = (key: Key, params?: Params): string => say(lang, key, params);
  return {
    lang,
    setLang: () => undefined,
    t,
    tCode: (prefix, code) => {
      const key = `${prefix}.${code}`;
      return isKey(key) ? t(key) : code;
    },
    date: (date) => dateInText(lang, date),
    monthDay: (date) => monthDayInText(lang, date),
  };
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [lang, setState] = useState<Lang>(remembered);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  const words = useMemo<Words>(
    () => ({
      ...makeWords(lang),
      setLang: (next) => {
        remember(next);
        setState(next);
      },
    }),
    [lang],
  );
  return <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = use(Context);
  if (!words) throw new Error('useWords outside WordsProvider');
  return words;
}
