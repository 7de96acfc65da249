/* duty/instructions-box.tsx -- 批示办理: instructions that are not ended, with what came of them; who gave them reads that here. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { InstructionRow } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { LightMark } from '../kit/light';
import { Answer } from '../kit/states';
import { useWords } from '../words/lang';
import { instructionsQuery } from './duty-query';
import { LeaderActs } from './instruction';
import './duty.css';
import { stateName } from './parts';

function Row({ row }: { row: InstructionRow }) {
  const w = useWords();
  const { t } = w;
  return (
    <li>
      <p className="xj-row-line">
        <Link to={`/duties/${row.id}`}>{row.title}</Link>
        <span className="xj-state">{stateName(w, 'instruction', row.state)}</span>
        <LightMark light={row.light} />
        {row.due && row.state !== 'laid_before' ? <DaysLeft due={row.due} /> : null}
        <span className="xj-faint">
          {row.leader} {row.given_on} · {row.owner_name}
        </span>
      </p>
      {row.state === 'laid_before' ? (
        <>
          <blockquote className="xj-duty-words">{row.result}</blockquote>
          <p className="xj-row-line">
            <span className="xj-faint">{row.laid_on ? t('instruction.laidOn', { date: w.date(row.laid_on) }) : ''}</span>
            {row.mine ? <LeaderActs id={row.id} version={row.version} title={row.title} /> : null}
          </p>
        </>
      ) : null}
    </li>
  );
}

/** Nothing where there are none: most people are named in none. */
export function InstructionsBox() {
  const { t } = useWords();
  const open = useQuery(instructionsQuery);
  if (open.data?.items.length === 0) return null;
  return (
    <section className="xj-overview-box xj-instructions" aria-labelledby="instructions-h">
      <h2 id="instructions-h">{t('instruction.heading')}</h2>
      <Answer query={open} rows={2}>
        {({ items }) => <ul>{items.map((row) => <Row key={row.id} row={row} />)}</ul>}
      </Answer>
    </section>
  );
}
