/* org/units-tabs.tsx -- the two sides of the directory: units, and names that may be one. */
import { NavLink } from 'react-router';
import { useWords } from '../words/lang';

export function UnitsTabs() {
  const { t } = useWords();
  return (
    <nav className="xj-tabs xj-no-print" aria-label={t('unit.heading')}>
      <NavLink to="/units" end>{t('nav.units')}</NavLink>
      <NavLink to="/units/aliases">{t('alias.tab')}</NavLink>
    </nav>
  );
}
