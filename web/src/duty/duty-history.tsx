/* duty/duty-history.tsx -- how a duty task's lights went, and what happened to it. */
import { useQuery } from '@tanstack/react-query';
import type { Duty, DutyLightRow, DutyMove } from '../api/types';
import { LightMark } from '../kit/light';
import { Answer } from '../kit/states';
import { Wide } from '../kit/wide';
import { daysBetween, instantInTable, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { lightsQuery } from './duty-query';
import { moveName } from './parts';

const NO_END = '9999-12-31';

function Spans({ rows, unit }: { rows: readonly DutyLightRow[]; unit: string }) {
  const w = useWords();
  const { t } = w;
  return (
    <Wide label={t('duty.lightsOf', { unit })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('duty.light')}</th>
            <th scope="col">{t('duty.lightWhy')}</th>
            <th scope="col">{t('duty.from')}</th>
            <th scope="col">{t('duty.to')}</th>
            <th scope="col" className="xj-right">{t('duty.days')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((row) => (
            <tr key={row.from_on}>
              <td><LightMark light={row.light} /></td>
              <td>{w.tCode('light.reason', row.reason)}</td>
              <td className="xj-nowrap">{row.from_on}</td>
              <td className="xj-nowrap">{row.until_on ?? t('duty.now')}</td>
              <td className="xj-right">{daysBetween(row.from_on, row.until_on ?? today())}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** Two years of the owner's light; those of the others one by one behind it. */
export function Lights({ duty }: { duty: Duty }) {
  const { t } = useWords();
  const since = `${Number(today().slice(0, 4)) - 2}-01-01`;
  const lights = useQuery(lightsQuery(duty.id, since));
  return (
    <section aria-labelledby="lights-h">
      <h2 id="lights-h">{t('duty.lights')}</h2>
      <Answer query={lights}>
        {({ items }) => {
          const units = [...new Map(items.map((row) => [row.unit, row.unit_name]))];
          if (units.length === 0) return <p className="xj-faint">{t('duty.noLights')}</p>;
          const own = units.find(([unit]) => unit === duty.owner) ?? units[0];
          return (
            <>
              {own ? <Spans rows={items.filter((row) => row.unit === own[0])} unit={own[1]} /> : null}
              {units.filter((unit) => unit !== own).map(([unit, name]) => (
                <details key={unit} className="xj-no-print">
                  <summary>{name}</summary>
                  <Spans rows={items.filter((row) => row.unit === unit)} unit={name} />
                </details>
              ))}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

const CODED: Readonly<Record<string, string>> = { cadence: 'cadence', strength: 'strength', deadline_kind: 'kind', way: 'settle' };

/** A value that was replaced, as people read it; empty where it says nothing. */
function valueWords(w: Words, parts: Duty['parts'], name: string, value: unknown): string {
  if (name === 'owner') return parts.find((part) => part.unit === value)?.name ?? '';
  if (typeof value !== 'string' || value === NO_END) return '';
  const prefix = CODED[name];
  return prefix && value ? w.tCode(prefix, value) : value;
}

/** What a correction or an extension replaced, in words. */
function Before({ before, parts }: { before: DutyMove['before']; parts: Duty['parts'] }) {
  const w = useWords();
  if (!before) return null;
  const says = Object.entries(before)
    .map(([name, value]) => [name, valueWords(w, parts, name, value)])
    .filter(([, value]) => value)
    .map(([name, value]) => `${w.tCode('duty.field', name ?? '')}${w.t('list.colon')}${value ?? ''}`);
  return says.length > 0 ? <span className="xj-faint"> {w.t('duty.before', { says: says.join(w.t('list.semicolon')) })}</span> : null;
}

export function History({ kind, moves, parts }: { kind: string; moves: readonly DutyMove[]; parts: Duty['parts'] }) {
  const w = useWords();
  const { t } = w;
  return (
    <section aria-labelledby="history-h">
      <h2 id="history-h">{t('duty.history')}</h2>
      <ol className="xj-duty-history">
        {moves.toReversed().map((move) => (
          <li key={move.id}>
            <span className="xj-nowrap">{move.happened_on}</span> <strong>{moveName(w, kind, move.move)}</strong> {move.person_name}
            {move.why ? `${t('list.colon')}${move.why}` : ''}
            <Before before={move.before} parts={parts} />
            <span className="xj-faint xj-nowrap"> {t('duty.recorded', { at: instantInTable(move.recorded_at) })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
