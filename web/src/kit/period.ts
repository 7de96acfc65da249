/* kit/period.ts -- what a return covers, in words: "2026S1" is 2026年上半年. */
import type { Words } from '../words/lang';

export function periodWords(w: Words, period: string): string {
  const parts = /^(\d{4})(?:(\d{2})|Q(\d)|S(\d))?$/.exec(period);
  if (!parts) return period;
  const [, year = '', month, quarter, half] = parts;
  if (month) return w.t('period.month', { year, month: String(Number(month)) });
  if (quarter) return w.t('period.quarter', { year, quarter });
  if (half) return w.t(half === '1' ? 'period.half1' : 'period.half2', { year });
  return w.t('period.year', { year });
}
