/* duty/duty-history.tsx -- how a duty task's lights went, and what happened to it. */
import { useQuery } from '@tanstack/react-query';
import type { Duty, DutyLightRow } from '../api/types';
import { FieldChanges, type FieldChange } from '../kit/field-changes';
import { LightMark } from '../kit/light';
import { Answer } from '../kit/states';
import { Wide } from '../kit/wide';
import { daysBetween, instantInTable, today } from '../words/dates';
import { useWords } from '../words/lang';
import { lightsQuery } from './duty-query';
import { moveName } from './parts';

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

const FIELDS = ['title', 'text', 'due', 'deadline_kind', 'strength', 'cadence', 'way', 'owner'] as const;

/** A kept value as text; a unit by its name. */
function textOf(duty: Duty, field: string, value: unknown): string {
  if (field === 'owner') return duty.parts.find((part) => part.unit === value)?.name ?? (value === duty.owner ? duty.owner_name : '');
  return typeof value === 'string' ? value : '';
}

/** What the move at AT changed: as it was, and as the next change of the same field found it, or as it is now. */
export function changesAt(duty: Duty, at: number): FieldChange[] {
  return Object.entries(duty.history[at]?.before ?? {}).flatMap(([field, value]) => {
    const known = FIELDS.find((one) => one === field);
    const next = duty.history.slice(at + 1).find((move) => move.before && field in move.before);
    const before = textOf(duty, field, value);
    const after = next?.before ? textOf(duty, field, next.before[field]) : known ? textOf(duty, field, duty[known]) : null;
    return after === before || (after === null && before === '') ? [] : [{ field, before, after }];
  });
}

export function History({ duty }: { duty: Duty }) {
  const w = useWords();
  const { t } = w;
  return (
    <section aria-labelledby="history-h">
      <h2 id="history-h">{t('duty.history')}</h2>
      <ol className="xj-duty-history">
        {duty.history.map((move, at) => (
          <li key={move.id}>
            <span className="xj-nowrap">{move.happened_on}</span> <strong>{moveName(w, duty.kind, move.move)}</strong> {move.person_name}
            {move.why ? `${t('list.colon')}${move.why}` : ''}
            <span className="xj-faint xj-nowrap"> {t('duty.recorded', { at: instantInTable(move.recorded_at) })}</span>
            <FieldChanges changes={changesAt(duty, at)} />
          </li>
        )).toReversed()}
      </ol>
    </section>
  );
}
