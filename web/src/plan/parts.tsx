/* plan/parts.tsx -- small parts that show one value of a document or a task the same way everywhere. */
import type { Deadline, TaskUnit, VersionState, Warning } from '../api/types';
import { useWords, type Words } from '../words/lang';

/** What a document is called: its title, else its file's name. */
export function documentName(document: { title: string }, version: { file_name: string } | undefined): string {
  return document.title.trim() || version?.file_name || '—';
}

export function StateTag({ state }: { state: VersionState }) {
  const { t } = useWords();
  return <span className={`xj-state xj-state-${state}`}>{t(`state.${state}`)}</span>;
}

/** A warning's sentence: the server's own in Chinese, that of its code in English. */
export function warningWords(w: Words, warning: Warning): string {
  const said = w.tCode('warning', warning.code);
  return w.lang === 'zh' || said === warning.code ? warning.message : said;
}

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

export function fileSize(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
