/* kit/days-left.tsx -- how many days are left until a day, or how many it is past. */
import { daysBetween, today } from '../words/dates';
import { useWords } from '../words/lang';

export function DaysLeft({ due }: { due: string }) {
  const { t } = useWords();
  const days = daysBetween(today(), due);
  if (days < 0) return <span className="xj-bad">{t('return.late', { n: -days })}</span>;
  return <span>{days === 0 ? t('deadline.today') : t('deadline.daysLeft', { n: days })}</span>;
}
