/* kit/plan-words.ts -- what a plan asks for, in words: deadlines, units, targets. */
import type { Deadline, Target, TaskUnit } from '../api/types';
import type { Words } from '../words/lang';
import { formatNumber } from '../words/words';

/** A deadline for a table cell: the date where there is one, else its kind. */
export function deadlineInTable(w: Words, deadline: Deadline): string {
  if (deadline.date) {
    const kind = deadline.kind === 'start_by' ? ` ${w.t('deadline.startShort')}` : '';
    return deadline.date + kind;
  }
  if (deadline.dates.length > 0) {
    return deadline.dates.length > 2
      ? w.t('deadline.timesAYear', { n: deadline.dates.length })
      : w.t('deadline.yearly', { dates: deadline.dates.join(w.t('list.comma')) });
  }
  return w.t(`kind.${deadline.kind}`);
}

/** A deadline for a sentence: 2020年12月31日前完成. */
export function deadlineInText(w: Words, deadline: Deadline): string {
  if (deadline.date) return w.t(`deadline.${deadline.kind}`, { date: w.date(deadline.date) });
  if (deadline.dates.length > 0) {
    return w.t('deadline.recurringOn', { dates: deadline.dates.map(w.monthDay).join(w.t('list.comma')) });
  }
  return w.t(`kind.${deadline.kind}`);
}

/** The units of a task on one line: leads first, as the plan has them. */
export function unitsInTable(w: Words, units: readonly TaskUnit[], openEnded: boolean): string {
  const marked = units.map((u) => (u.role === 'responsible' ? u.name : `${u.name}${w.t(`role.${u.role}.mark`)}`));
  return marked.join(w.t('list.comma')) + (openEnded ? w.t('units.andOthers') : '');
}

const OPS: Record<Target['op'], string | null> = {
  '>=': '≥',
  '<=': '≤',
  '=': '=',
  '>': '>',
  '<': '<',
  increase_by: null,
  decrease_by: null,
  trend: null,
  done: null,
};

/** What a target asks for: ≥ 30 %. */
export function targetValue(w: Words, target: Target): string {
  const sign = OPS[target.op] ?? w.t(`op.${target.op as 'increase_by' | 'decrease_by' | 'trend' | 'done'}`);
  if (target.value === null) return sign;
  const most = typeof target.max === 'number' ? `–${formatNumber(target.max)}` : '';
  return `${sign} ${formatNumber(target.value)}${most} ${target.unit ?? ''}`.trim();
}

/** TEXT where the cells of a table stand without a mark between them: what the task is called is set off from what is done. */
export function wordsOfTask(title: string, text: string): string {
  const rest = text.startsWith(title) ? text.slice(title.length) : '';
  return /^[\p{L}\p{N}]/u.test(rest) ? `${title}\u3000${rest}` : text;
}
