/* org/units-tabs.tsx -- the sides of the directory: units, names that may be one, places, a spreadsheet. */
import { NavLink } from 'react-router';
import { useRights } from '../kit/rights';
import { useWords } from '../words/lang';

export function UnitsTabs() {
  const { t } = useWords();
  const right = useRights();
  return (
    <nav className="xj-tabs xj-no-print" aria-label={t('unit.heading')}>
      <NavLink to="/units" end>{t('nav.units')}</NavLink>
      <NavLink to="/units/aliases">{t('alias.tab')}</NavLink>
      <NavLink to="/units/bodies">{t('body.tab')}</NavLink>
      <NavLink to="/units/areas">{t('area.heading')}</NavLink>
      {right('directory.import') ? <NavLink to="/units/import">{t('roster.tab')}</NavLink> : null}
    </nav>
  );
}
