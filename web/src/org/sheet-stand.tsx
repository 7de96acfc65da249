/* org/sheet-stand.tsx -- how a unit stands: its lights, what is late, what falls due in the next 30 days. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { programmesQuery } from '../api/calls';
import { api, data } from '../api/client';
import type { ObligationRow } from '../api/types';
import { DaysLeft } from '../kit/days-left';
import { LightMark, LIGHTS } from '../kit/light';
import { OwedLink } from '../kit/owed-link';
import { Answer } from '../kit/states';
import { today } from '../words/dates';
import { useWords } from '../words/lang';

const AHEAD = 30;

function Lights({ unit }: { unit: number }) {
  const { t } = useWords();
  const programmes = useQuery(programmesQuery);
  const maps = useQueries({
    queries: (programmes.data?.items ?? []).map((programme) => ({
      queryKey: ['heat-map', programme.id, today()],
      queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET('/api/v1/heat-map', { params: { query: { programme: programme.id, day: today() } }, signal })),
    })),
  });
  const cells = maps.flatMap((map) => map.data?.cells.filter((cell) => cell.unit === unit) ?? []);
  const known = maps.length > 0 && maps.every((map) => map.data !== undefined);
  if (!known) return null;
  return (
    <p className="xj-row-line">
      {LIGHTS.map((light) => {
        const n = cells.reduce((sum, cell) => sum + cell[light], 0);
        return (
          <span key={light}>
            <LightMark light={light} /> {n}
          </span>
        );
      })}
      <Link className="xj-no-print" to={`/duties?unit=${unit}`}>{t('sheet.toDuties')}</Link>
    </p>
  );
}

function OwedTable({ title, rows }: { title: string; rows: readonly ObligationRow[] }) {
  const { t } = useWords();
  return (
    <>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('owed.what')}</th>
            <th scope="col" className="xj-col-when">{t('owed.due')}</th>
            <th scope="col" className="xj-col-when">{t('owed.left')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td><OwedLink row={row} /></td>
              <td>{row.due}</td>
              <td><DaysLeft due={row.due} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function Stand({ unit }: { unit: number }) {
  const { t } = useWords();
  const to = new Date(Date.parse(today()) + AHEAD * 86_400_000).toISOString().slice(0, 10);
  const owed = useQuery({
    queryKey: ['obligations', 'unit', unit, to],
    queryFn: ({ signal }) => data(api.GET('/api/v1/obligations', { params: { query: { unit, open: true, due_to: to, limit: 200 } }, signal })),
  });
  return (
    <section className="xj-stand" aria-labelledby="stand-h">
      <h2 id="stand-h">{t('sheet.stand')}</h2>
      <Lights unit={unit} />
      <Answer query={owed} rows={2}>
        {({ items }) => {
          const late = items.filter((row) => row.due < today());
          const coming = items.filter((row) => row.due >= today());
          return (
            <>
              {late.length > 0 ? <OwedTable title={t('sheet.late', { n: late.length })} rows={late} /> : <p>{t('sheet.noneLate')}</p>}
              {coming.length > 0 ? <OwedTable title={t('sheet.coming', { days: AHEAD, n: coming.length })} rows={coming} /> : <p>{t('sheet.noneComing', { days: AHEAD })}</p>}
            </>
          );
        }}
      </Answer>
    </section>
  );
}
