/* duty/intake-figures.tsx -- the figures of a row: what the file states is proposed with its sentence, and taken by a person. */
import { Button, Input, Segmented } from 'antd';
import { useId } from 'react';
import type { IntakeFigure, ReportRow } from '../api/types';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { isClear, taken } from './intake-compose';
import { numberOf, type SaidFigure } from './said';

interface Props {
  row: ReportRow;
  said: readonly SaidFigure[];
  /** Of each figure, what the words state for it. */
  proposals: readonly (readonly IntakeFigure[])[];
  onChange: (figures: SaidFigure[]) => void;
}

function Proposal({ one, figure, onTake }: { one: IntakeFigure; figure: SaidFigure; onTake: () => void }) {
  const { t } = useWords();
  const value = `${formatNumber(one.value)} ${one.measure}`;
  const held = numberOf(figure.value) === one.value && (one.span === null || one.span === figure.span);
  return (
    <li>
      <q>{one.before}<mark>{one.words}</mark>{one.after}</q>{' '}
      {one.shared ? <span className="xj-faint">{t('intake.figureShared')} </span> : null}
      {held ? (
        <span className="xj-state">{t('intake.figureTaken')}</span>
      ) : (
        <Button size="small" aria-label={t('intake.figureTakeOf', { name: one.indicator, value })} onClick={onTake}>
          {t('intake.figureTake', { value, span: one.span ? t(`return.span.${one.span}`) : '' })}
        </Button>
      )}
    </li>
  );
}

export function IntakeFigures({ row, said, proposals, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  if (row.figures.length === 0) return null;
  const set = (i: number, next: SaidFigure): void => { onChange(said.map((f, n) => (n === i ? next : f))); };
  return (
    <div className="xj-figures">
      {row.figures.map((f, i) => {
        const now = said[i];
        if (!now) return null;
        const found = proposals[i] ?? [];
        const bad = now.value.trim() !== '' && numberOf(now.value) === null;
        return (
          <div key={`${f.indicator} ${f.measure}`}>
            <div className="xj-figure">
              <label htmlFor={`${id}${i}`}>{f.indicator}</label>
              <Input
                id={`${id}${i}`}
                size="small"
                inputMode="decimal"
                className="xj-number"
                suffix={f.measure}
                disabled={row.state === 'accepted'}
                value={now.value}
                status={bad ? 'error' : ''}
                aria-invalid={bad}
                aria-describedby={`${id}${i}g`}
                onChange={(event) => { set(i, { ...now, value: event.target.value }); }}
              />
              <Segmented<SaidFigure['span']>
                size="small"
                aria-label={t('return.span', { name: f.indicator })}
                disabled={row.state === 'accepted'}
                value={now.span}
                options={[{ value: 'period', label: t('return.span.period') }, { value: 'to_date', label: t('return.span.to_date') }]}
                onChange={(span) => { set(i, { ...now, span }); }}
              />
              <span id={`${id}${i}g`} className={bad ? 'xj-bad' : 'xj-faint'}>{bad ? t('return.noNumber') : t('return.goal', { words: f.goals ?? '' })}</span>
            </div>
            {found.length > 0 && row.state !== 'accepted' ? (
              <>
                {isClear(found) ? null : <p className="xj-faint">{t(found.length > 1 ? 'intake.figuresCompete' : 'intake.figureUnsure', { n: found.length })}</p>}
                <ul className="xj-proposals" aria-label={t('intake.figuresFound', { name: f.indicator })}>
                  {found.map((one) => <Proposal key={`${one.piece} ${one.before.length} ${one.words}`} one={one} figure={now} onTake={() => { set(i, taken(now, one)); }} />)}
                </ul>
              </>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
