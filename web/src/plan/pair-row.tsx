/* plan/pair-row.tsx -- one pair: the old row beside the new one, and what it is decided as. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Decision, DiffField, Pair, PairRow as Side } from '../api/types';
import { useWords } from '../words/lang';
import { NewText, OldText } from '../kit/changed-text';
import { Fields } from './diff-view';
import { choicesOf } from './pairs-query';

function SideText({ row, other, Text }: { row: Side; other: Side | null; Text: typeof OldText | null }) {
  const { t } = useWords();
  const place = (side: Side): string => t('task.place', { action: side.action, no: side.no });
  const pick = (of: (side: Side) => string): ReactNode => {
    if (!Text || !other) return of(row);
    return Text === OldText ? <Text old={of(row)} now={of(other)} /> : <Text old={of(other)} now={of(row)} />;
  };
  return (
    <>
      <p className="xj-faint">{pick(place)}</p>
      <p className="xj-pair-title">{pick((side) => side.title)}</p>
      <p>{pick((side) => side.text)}</p>
    </>
  );
}

/** The side of a pair that has no row of its own: where its words came from or went to, or nothing. */
function Elsewhere({ whole, says }: { whole: Side | null; says: string }) {
  const { t } = useWords();
  if (!whole) return <span className="xj-faint">{t('diff.nothing')}</span>;
  return (
    <>
      <p className="xj-faint">{says}</p>
      <SideText row={whole} other={null} Text={null} />
    </>
  );
}

export interface PairRowProps {
  pair: Pair;
  /** What else changed of it: units, deadline and so on. */
  fields: readonly DiffField[];
  active: boolean;
  tabStop: boolean;
  /** What this person chose and was not kept, because somebody else was first. */
  missed: Decision | undefined;
  canDecide: boolean;
  onActive: () => void;
  onDecide: (decision: Decision) => void;
}

export function PairRow(props: PairRowProps) {
  const { t } = useWords();
  const { pair, fields, missed, canDecide, onDecide } = props;
  const { old, new: now, whole } = pair;
  const choices = choicesOf(pair.relation);
  return (
    <tr
      className="xj-pair"
      data-seq={pair.seq}
      aria-current={props.active ? 'true' : undefined}
      // a row is a stop of the keyboard: digits decide it
      tabIndex={props.tabStop ? 0 : -1}
      onFocus={props.onActive}
    >
      <td>
        {old ? <SideText row={old} other={now} Text={OldText} /> : <Elsewhere whole={whole} says={t('pairs.splitFrom')} />}
      </td>
      <td>
        {now ? <SideText row={now} other={old} Text={NewText} /> : <Elsewhere whole={whole} says={t('pairs.joinedTo')} />}
        {fields.length > 0 ? <Fields fields={fields} /> : null}
      </td>
      <td>
        {canDecide && choices.length > 1 ? (
          <div role="group" aria-label={t('pairs.decision')} className="xj-pair-acts">
            {choices.map((choice, i) => (
              <Button
                key={choice}
                size="small"
                type={pair.decision === choice ? 'primary' : 'default'}
                ghost={pair.decision === choice && !pair.decided}
                aria-pressed={pair.decision === choice}
                onClick={() => { onDecide(choice); }}
              >
                <kbd aria-hidden="true">{i + 1}</kbd> {t(`decision.${choice}`)}
              </Button>
            ))}
          </div>
        ) : (
          <p>{choices.length === 1 ? t('decision.added') : t(`decision.${pair.decision}`)}</p>
        )}
        {choices.length > 1 ? (
          <p className={pair.decided ? 'xj-good' : 'xj-faint'}>{pair.decided ? t('pairs.decided') : t('pairs.proposed')}</p>
        ) : null}
        {missed && missed !== pair.decision ? (
          <div role="alert" className="xj-pair-missed">
            {t('pairs.missed', { yours: t(`decision.${missed}`), theirs: t(`decision.${pair.decision}`) })}{' '}
            <Button size="small" type="link" onClick={() => { onDecide(missed); }}>
              {t('pairs.useMine')}
            </Button>
          </div>
        ) : null}
      </td>
    </tr>
  );
}
