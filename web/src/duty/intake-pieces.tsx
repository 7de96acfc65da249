/* duty/intake-pieces.tsx -- the paragraphs and cells of a file, each with the row it is taken to answer. */
import type { IntakePiece, ReportRow } from '../api/types';
import { useWords } from '../words/lang';
import type { Choice, Part } from './intake-compose';

const PARTS: readonly Part[] = ['text', 'difficulties', 'next_step', 'percent', 'none'];

interface Props {
  pieces: readonly IntakePiece[];
  rows: readonly ReportRow[];
  choices: readonly Choice[];
  onChange: (choices: Choice[]) => void;
}

function placeOf(piece: IntakePiece, t: ReturnType<typeof useWords>['t']): string {
  if (piece.page > 0) return t('intake.page', { n: piece.page });
  return piece.sheet > 0 ? t('intake.cell', { sheet: piece.sheet, row: piece.row }) : '';
}

export function IntakePieces({ pieces, rows, choices, onChange }: Props) {
  const { t } = useWords();
  /** A row of a table answers one task: its cells go together. */
  const setDuty = (at: number, duty: number | null): void => {
    const { group } = pieces[at] as IntakePiece;
    onChange(choices.map((choice, i) => (pieces[i]?.group === group ? { duty, part: duty !== null && choice.part === 'none' ? 'text' : choice.part } : choice)));
  };
  const setPart = (at: number, part: Part): void => { onChange(choices.map((choice, i) => (i === at ? { ...choice, part } : choice))); };
  return (
    <section aria-label={t('intake.pieces')}>
      <h2>{t('intake.pieces')}</h2>
      <ol className="xj-intake-pieces">
        {pieces.map((piece, i) => {
          const choice = choices[i] ?? { duty: null, part: 'none' as const };
          const unused = choice.duty === null || choice.part === 'none';
          return (
            <li key={i} className={unused ? 'xj-unused' : ''}>
              <p className="xj-words">{piece.text}</p>
              <p className="xj-acts">
                <select aria-label={t('intake.pieceRow', { n: i + 1 })} value={choice.duty ?? ''} onChange={(event) => { setDuty(i, Number(event.target.value) || null); }}>
                  <option value="">{t('intake.noRow')}</option>
                  {rows.map((row) => <option key={row.duty} value={row.duty}>{`${row.no} ${row.title}`}</option>)}
                </select>
                {choice.duty === null ? null : (
                  <select aria-label={t('intake.piecePart', { n: i + 1 })} value={choice.part} onChange={(event) => { setPart(i, event.target.value as Part); }}>
                    {PARTS.map((part) => <option key={part} value={part}>{t(`intake.part.${part}`)}</option>)}
                  </select>
                )}
                <span className="xj-faint">{placeOf(piece, t)}</span>
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
