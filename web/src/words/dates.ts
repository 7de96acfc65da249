/*
 * words/dates.ts -- dates as people here write them.
 *
 * The server's dates are calendar dates ("2020-12-31") and never go through a time zone; its
 * instants are shown in the jurisdictions' time zone, Asia/Shanghai.
 */
import type { Lang } from './words';

const ZONE = 'Asia/Shanghai';
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "2020-12-31" for a running text: 2020年12月31日, 31 December 2020. */
export function dateInText(lang: Lang, date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return date;
  return lang === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** "06-15" for a running text: 6月15日, 15 June. */
export function monthDayInText(lang: Lang, date: string): string {
  const [month, day] = date.split('-').map(Number);
  if (!month || !day) return date;
  return lang === 'zh' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? ''}`;
}

/** An instant for a table: 2020-12-31 09:05. */
export function instantInTable(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at);
}

/** Today in the jurisdictions' time zone, "2020-12-31". */
export function today(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(now);
}

/** Whole days from FROM to TO, negative where TO is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
