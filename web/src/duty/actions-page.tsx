/* duty/actions-page.tsx -- 专项行动: the actions of a programme, and how each stands. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Programme } from '../api/types';
import { Answer, Empty, Loading } from '../kit/states';
import { useTitle } from '../kit/title';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { heatQuery } from './duty-query';
import { linesOf } from './lights-of';
import { LinesTable } from './lines-table';
import './overview.css';
import { useProgramme } from './use-programme';

function List({ programme }: { programme: Programme }) {
  const { t } = useWords();
  const heat = useQuery(heatQuery(programme.id, today()));
  return (
    <Answer query={heat} rows={12}>
      {(map) =>
        map.actions.length === 0 ? (
          <Empty title={t('actions.none')} advice={t('actions.noneAdvice')}>
            <Link to="/documents">{t('office.toDocuments')}</Link>
          </Empty>
        ) : (
          <LinesTable title={t('actions.lights')} lines={linesOf(map, 'action')} path={(no) => `/actions/${no}?programme=${programme.id}`} first={100} />
        )
      }
    </Answer>
  );
}

export function ActionsPage() {
  const { t } = useWords();
  const programme = useProgramme();
  useTitle(t('nav.actions'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('actions.heading')}</h1>
        <span className="xj-faint">{programme?.name}</span>
        <span className="xj-grow" />
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      {programme === undefined ? <Loading rows={12} /> : programme === null ? <Empty title={t('overview.noProgramme')} /> : <List programme={programme} />}
    </section>
  );
}
