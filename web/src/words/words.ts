/*
 * words/words.ts -- the texts that people read, in two languages, by key.
 *
 * zh.json is the original and gives the keys their type; en.json must have the same keys with the
 * same {names} (words.test.ts).  An English text may be given twice, "{n} task|{n} tasks", for one and
 * for many.  Nothing outside words/ is written for people.
 */
import en from './en.json';
import zh from './zh.json';

export type Lang = 'zh' | 'en';
export type Key = keyof typeof zh;
export type Params = Readonly<Record<string, string | number>>;

export const LANGS: readonly Lang[] = ['zh', 'en'];
const CATALOGUES: Record<Lang, Readonly<Record<Key, string>>> = { zh, en };

export function isKey(key: string): key is Key {
  return Object.hasOwn(zh, key);
}

/** 1339 → "1,339", in both languages. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

export function fileSize(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The text of KEY in LANG with its {names} replaced; numbers are grouped. */
export function say(lang: Lang, key: Key, params: Params = {}): string {
  const forms = CATALOGUES[lang][key].split('|');
  const form = forms.length > 1 && params['n'] !== 1 ? forms[1] : forms[0];
  return (form ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}
