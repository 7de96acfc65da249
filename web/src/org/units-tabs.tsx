/* org/units-tabs.tsx -- the sides of the directory: units, names that may be one, places. */
import { NavLink } from 'react-router';
import { useWords } from '../words/lang';

export function UnitsTabs() {
  const { t } = useWords();
  return (
    <nav className="xj-tabs xj-no-print" aria-label={t('unit.heading')}>
      <NavLink to="/units" end>{t('nav.units')}</NavLink>
      <NavLink to="/units/aliases">{t('alias.tab')}</NavLink>
      <NavLink to="/units/areas">{t('area.heading')}</NavLink>
    </nav>
  );
}
