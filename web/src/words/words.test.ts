import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../api/errors.gen';
import { daysBetween, dateInText, instantInTable, today } from './dates';
import en from './en.json';
import { formatNumber, isKey, say, type Key } from './words';
import zh from './zh.json';

const names = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ''))].sort();

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('have each key once', () => {
    // JSON takes the last of two in silence
    for (const lang of ['zh', 'en']) {
      const text = readFileSync(new URL(`${lang}.json`, import.meta.url), 'utf8');
      const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map((m) => m[1]);
      expect(keys).toHaveLength(new Set(keys).size);
      expect(keys).toHaveLength(Object.keys(zh).length);
    }
  });

  it('name the same values in every text', () => {
    const differing = (Object.keys(zh) as Key[]).filter((key) =>
      en[key].split('|').some((form) => {
        const english = names(form);
        return !english.every((n) => names(zh[key]).includes(n)) || names(zh[key]).some((n) => n !== 'n' && !english.includes(n));
      }),
    );
    expect(differing).toEqual([]);
  });

  it('are Chinese and English', () => {
    const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
    // the language switch names the other language in itself
    const english = (Object.keys(en) as Key[]).filter((key) => isChinese(en[key]) && !key.startsWith('lang.'));
    expect(english).toEqual([]);
  });

  it('have words for every error code of the server', () => {
    const missing = ERROR_CODES.filter((code) => !isKey(`problem.${code}.title`) || !isKey(`problem.${code}.advice`));
    expect(missing).toEqual([]);
  });
});

describe('the sources', () => {
  const root = new URL('../', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (f) => /\.tsx?$/.test(f) && !f.startsWith('words/') && !/\.(test|gen)\.tsx?$/.test(f),
  );
  // comments may be in any language
  const code = (file: string): string =>
    readFileSync(new URL(file, root), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '');

  it('hold no Chinese outside words/', () => {
    expect(files.length).toBeGreaterThan(10);
    const found = files.filter((f) => /\p{Script=Han}/u.test(code(f)));
    expect(found).toEqual([]);
  });

  it('hold no English for people outside words/', () => {
    // text between tags, and the attributes that are read out or shown
    const found = files.flatMap((f) =>
      [
        ...code(f).matchAll(/>\s*([A-Z]?[a-z]{2,}(?: [a-z]+)*[.!?]?)\s*<\//g),
        ...code(f).matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]+)"/g),
      ].map((m) => `${f}: ${m[1] ?? ''}`),
    );
    expect(found).toEqual([]);
  });

  it('use every key', () => {
    const all = files.map(code).join('\n');
    const prefixes = [...all.matchAll(/`([a-zA-Z.]+)\.\$\{/g)].map((m) => `${m[1] ?? ''}.`);
    const coded = [...all.matchAll(/tCode\(\s*'([a-zA-Z.]+)'/g)].map((m) => `${m[1] ?? ''}.`);
    const unused = Object.keys(zh).filter(
      (key) => !all.includes(`'${key}'`) && ![...prefixes, ...coded].some((p) => key.startsWith(p)),
    );
    expect(unused).toEqual([]);
  });
});

describe('say', () => {
  it('puts values in and groups numbers', () => {
    expect(say('zh', 'documents.count', { n: 1339 })).toBe('共 1,339 份');
  });

  it('has one form for one in English', () => {
    expect(say('en', 'documents.count', { n: 1 })).toBe('1 document');
    expect(say('en', 'documents.count', { n: 2 })).toBe('2 documents');
  });

  it('leaves what looks like a value in a value alone', () => {
    expect(say('en', 'import.progress', { name: '{n} <b>' })).toBe('Upload of {n} <b>');
  });
});

describe('dates', () => {
  it('are written as people here write them', () => {
    expect(dateInText('zh', '2020-12-01')).toBe('2020年12月1日');
    expect(dateInText('en', '2020-12-01')).toBe('1 December 2020');
  });

  it('show instants in the time zone of the jurisdictions', () => {
    expect(instantInTable('2020-12-31T16:05:00Z')).toBe('2021-01-01 00:05');
    expect(today(new Date('2020-12-31T15:59:59Z'))).toBe('2020-12-31');
  });

  it('count days over the end of a year', () => {
    expect(daysBetween('2020-12-31', '2021-01-03')).toBe(3);
    expect(daysBetween('2021-01-03', '2020-12-31')).toBe(-3);
  });

  it('group numbers', () => {
    expect(formatNumber(1234567)).toBe('1,234,567');
  });
});
