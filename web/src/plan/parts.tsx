/* plan/parts.tsx -- small parts that show one value of a document or a task the same way everywhere. */
import { Link } from 'react-router';
import type { TaskUnit, VersionState, Warning } from '../api/types';
import { useWords, type Words } from '../words/lang';

export { deadlineInTable, unitsInTable } from '../kit/plan-words';

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

/** The units of ROLE on one line. */
export function unitsOfRole(w: Words, units: readonly TaskUnit[], role: TaskUnit['role']): string {
  return units.filter((u) => u.role === role).map((u) => u.name).join(w.t('list.comma'));
}

/** Tags as links to the tasks that have them. */
export function TagLinks({ tags }: { tags: readonly string[] }) {
  return (
    <span className="xj-tags" title={tags.join(' ')}>
      {tags.map((tag) => (
        <Link key={tag} className="xj-tag" to={`/tasks?tag=${encodeURIComponent(tag)}`}>
          {tag}
        </Link>
      ))}
    </span>
  );
}
