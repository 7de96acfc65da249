/* duty/duty-said.tsx -- what was reported of a duty task, the last first: words, figures, remarks, files. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { Link } from 'react-router';
import type { Said } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { DownloadButton } from '../kit/download-button';
import { periodWords } from '../kit/period';
import { Answer } from '../kit/states';
import { More } from '../kit/wide';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { saidQuery } from './duty-query';

function Figures({ said }: { said: Said }) {
  const { t } = useWords();
  if (said.figures.length === 0) return null;
  return (
    <ul className="xj-said-figures" aria-label={t('duty.figures')}>
      {said.figures.map((f) => (
        <li key={`${f.indicator} ${f.measure}`}>
          {f.indicator}
          {t('list.colon')}
          <strong>{formatNumber(f.value)}</strong> {f.measure} <span className="xj-faint">{t(`return.span.${f.span}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function One({ said }: { said: Said }) {
  const w = useWords();
  const { t } = w;
  const open = said.state === 'open';
  return (
    <li className="xj-said">
      <p className="xj-row-line">
        <Link to={`/returns/${said.return}`}>{t('return.title', { unit: said.unit_name, period: periodWords(w, said.period) })}</Link>
        <span className="xj-faint">{t('duty.dueOn', { date: said.due })}</span>
        <span className="xj-state">{t(`duty.said.${said.state}`)}</span>
        {open ? <DaysLeft due={said.due} /> : null}
        {said.sent_on ? <span className={said.sent_on > said.due ? 'xj-bad' : 'xj-faint'}>{t(said.sent_on > said.due ? 'duty.sentLate' : 'duty.sentOn', { date: said.sent_on })}</span> : null}
        {said.on_behalf ? <span className="xj-faint">{t('return.onBehalf', { by: said.changed_by ?? '' })}</span> : null}
      </p>
      {open ? null : (
        <>
          {said.percent === null ? null : <Progress className="xj-said-percent" percent={said.percent} size="small" status="normal" aria-label={t('duty.progress')} />}
          <p className="xj-duty-words">{said.text}</p>
          <Figures said={said} />
          {said.difficulties ? <p><span className="xj-faint">{t('return.difficulties')}</span> {said.difficulties}</p> : null}
          {said.next_step ? <p><span className="xj-faint">{t('return.nextStep')}</span> {said.next_step}</p> : null}
        </>
      )}
      {said.remarks.map((remark) => (
        <p key={remark.id} className="xj-said-remark">
          {remark.quote ? <q>{remark.quote}</q> : null} {remark.remark} <span className="xj-faint">{remark.by}</span>
        </p>
      ))}
      {said.files.length > 0 ? (
        <p className="xj-row-line xj-no-print">
          {said.files.map((file) => <DownloadButton key={file.id} label={file.name} url={`/api/v1/files/${file.id}`} name={file.name} />)}
        </p>
      ) : null}
      {said.files.length > 0 ? <p className="xj-print-only">{t('duty.files', { names: said.files.map((file) => file.name).join(t('list.comma')) })}</p> : null}
    </li>
  );
}

export function Returns({ duty }: { duty: number }) {
  const { t } = useWords();
  const said = useInfiniteQuery(saidQuery(duty));
  return (
    <section aria-labelledby="said-h">
      <h2 id="said-h">{t('duty.returns')}</h2>
      <Answer query={said}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className="xj-faint">{t('duty.noReturns')}</p>;
          // the next one stands with what was reported; those after it are a year of the same
          const coming = rows.filter((row) => row.state === 'open' && row.due > today());
          const shown = rows.slice(Math.max(0, coming.length - 1));
          const later = coming.slice(0, -1).toReversed();
          return (
            <>
              <ul className="xj-said-list">{shown.map((row) => <One key={row.return} said={row} />)}</ul>
              <More query={said} />
              {later.length > 0 ? (
                <details className="xj-no-print">
                  <summary>{t('duty.later', { n: later.length })}</summary>
                  <ul className="xj-said-list">{later.map((row) => <One key={row.return} said={row} />)}</ul>
                </details>
              ) : null}
            </>
          );
        }}
      </Answer>
    </section>
  );
}
