/* duty/office-bodies.tsx -- bodies that end soon or have ended: what each has open or left, and who goes on with it. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { BodyClosing, BodyOpen, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { Answer, Empty } from '../kit/states';
import { UnitField } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { More, Wide } from '../kit/wide';
import { daysBetween, today } from '../words/dates';
import { useWords, type Words } from '../words/lang';
import { closingQuery, DUTY_KEYS } from './duty-query';
import { DutyLink, stateName } from './parts';
import { WhyDialog } from './why-dialog';

type About = 'duty' | 'owed' | 'finding';
interface Chosen {
  duties: readonly number[];
  owed: readonly number[];
}

function openQuery(body: number, about: About) {
  return infiniteQueryOptions({
    queryKey: ['bodies', 'open', body, about],
    queryFn: ({ pageParam, signal }) =>
      data(api.GET('/api/v1/bodies/{body}/open', { params: { path: { body }, query: { about, limit: 200, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function what(w: Words, about: About, row: BodyOpen) {
  if (about === 'duty') return <DutyLink id={row.id} no={row.no ?? ''} title={row.title} />;
  if (about === 'finding') return <Link to={`/inspections/findings/${row.id}`}>{row.title}</Link>;
  const kind = w.tCode('notice.item', row.kind);
  const words = row.title ? w.t('notice.titled', { kind, title: row.title }) : kind;
  return row.kind === 'return' ? <Link to={`/returns/${row.id}`}>{words}</Link> : words;
}

function stands(w: Words, about: About, row: BodyOpen): string {
  if (about === 'finding') return w.tCode('inspect.grade', row.kind);
  if (row.left) return w.t('closing.held');
  if (about === 'owed') return row.along ? w.t('closing.along') : w.t('closing.itsOwn');
  return row.state === null ? '' : stateName(w, row.kind, row.state);
}

function Items({ body, about, chosen, onChosen }: { body: BodyClosing; about: About; chosen: readonly number[]; onChosen: (ids: readonly number[]) => void }) {
  const w = useWords();
  const { t } = w;
  const query = useInfiniteQuery(openQuery(body.id, about));
  return (
    <Answer query={query} rows={2}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0) return null;
        const name = t(`closing.about.${about}`);
        return (
          <>
            <Wide label={t('closing.of', { what: name, name: body.name })}>
              <table>
                <thead>
                  <tr>
                    {about === 'finding' ? null : <td className="xj-closing-choose" />}
                    <th scope="col">{name}</th>
                    {about === 'duty' ? <th scope="col">{t('duty.role')}</th> : null}
                    <th scope="col">{t('owed.state')}</th>
                    <th scope="col">{t(about === 'finding' ? 'closing.visit' : 'owed.due')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      {about === 'finding' ? null : (
                        <td>
                          {row.along ? null : (
                            <Checkbox
                              aria-label={t('closing.choose', { what: row.title || w.tCode('notice.item', row.kind) })}
                              checked={chosen.includes(row.id)}
                              onChange={(event) => { onChosen(event.target.checked ? [...chosen, row.id] : chosen.filter((id) => id !== row.id)); }}
                            />
                          )}
                        </td>
                      )}
                      <td>{what(w, about, row)}</td>
                      {about === 'duty' ? <td>{row.role ? w.tCode('duty.role', row.role) : ''}</td> : null}
                      <td>{stands(w, about, row)}</td>
                      <td className="xj-nowrap">{row.due ?? '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
            <More query={query} />
          </>
        );
      }}
    </Answer>
  );
}

function HandOver({ body, unit, chosen, onClose, onDone }: { body: BodyClosing; unit: UnitRef; chosen: Chosen | null; onClose: () => void; onDone: () => void }) {
  const { t, date } = useWords();
  const [day, setDay] = useState(today());
  const over = body.ends_on < today();
  // what an ended body left is the office's from the day after its last on
  const first = over ? new Date(Date.parse(body.ends_on) + 86_400_000).toISOString().slice(0, 10) : undefined;
  const act = useActOn(
    [...DUTY_KEYS, 'bodies', 'units', 'unit'],
    (why: string, key) =>
      data(
        api.POST('/api/v1/bodies/{body}/hand-over', {
          params: { path: { body: body.id }, header: { 'If-Match': `"${body.version}"`, 'Idempotency-Key': key } },
          body: { unit: unit.id, why, happened_on: day, ...(chosen ? { duties: [...chosen.duties], owed: [...chosen.owed] } : {}) },
        }),
      ),
    onDone,
  );
  return (
    <WhyDialog
      title={chosen ? t('closing.someTo', { n: chosen.duties.length + chosen.owed.length, unit: unit.name }) : t('closing.allTo', { unit: unit.name })}
      first={t(over ? 'closing.whyEnded' : 'closing.whyEnds', { name: body.name, date: body.ends_on, unit: unit.name })}
      error={act.error}
      busy={act.isPending}
      onDo={(why) => { act.mutate(why); }}
      onClose={onClose}
    >
      <p className="xj-form-note">
        <label htmlFor="hand-day">{t('closing.from')}</label>{' '}
        <DayField id="hand-day" needed min={first} max={today()} value={day} onChange={(chosenDay) => { setDay(chosenDay ?? today()); }} />{' '}
        <span className="xj-faint">{first ? t('closing.fromOver', { date: date(first) }) : t('closing.fromHelp')}</span>
      </p>
    </WhyDialog>
  );
}

function One({ body }: { body: BodyClosing }) {
  const { t } = useWords();
  const [unit, setUnit] = useState<UnitRef | null>(body.heir);
  const [duties, setDuties] = useState<readonly number[]>([]);
  const [owed, setOwed] = useState<readonly number[]>([]);
  const [asking, setAsking] = useState<'all' | 'some' | null>(null);
  const over = body.ends_on < today();
  const n = duties.length + owed.length;
  return (
    <section className="xj-closing" aria-label={body.name}>
      <div className="xj-row-line">
        <h3><Link to={`/units/${body.id}`}>{body.name}</Link></h3>
        <span className={over ? 'xj-bad' : 'xj-faint'}>
          {over ? t('closing.over', { date: body.ends_on }) : t('closing.ends', { date: body.ends_on, n: daysBetween(today(), body.ends_on) })}
        </span>
      </div>
      <p>{t(over ? 'closing.left' : 'closing.counts', { duties: body.duties, rectifications: body.rectifications, owed: body.owed, findings: body.findings, left: body.left })}</p>
      <div className="xj-row-line xj-no-print">
        <span>{t('closing.goesTo')}</span>
        <UnitField label={t('unit.pick')} value={unit} onChange={setUnit} />
        {unit?.id === body.heir.id ? <span className="xj-faint">{t(`closing.by.${body.heir_by}`)}</span> : null}
        <Button type="primary" size="small" disabled={unit === null} aria-label={t('closing.allOf', { name: body.name })} onClick={() => { setAsking('all'); }}>{t('closing.all')}</Button>
        <Button size="small" disabled={unit === null || n === 0} aria-label={t('closing.someOf', { name: body.name, n })} onClick={() => { setAsking('some'); }}>{t('closing.some', { n })}</Button>
      </div>
      <Items body={body} about="duty" chosen={duties} onChosen={setDuties} />
      <Items body={body} about="owed" chosen={owed} onChosen={setOwed} />
      <Items body={body} about="finding" chosen={[]} onChosen={() => undefined} />
      {asking !== null && unit !== null ? (
        <HandOver
          body={body}
          unit={unit}
          chosen={asking === 'all' ? null : { duties, owed }}
          onClose={() => { setAsking(null); }}
          onDone={() => {
            setAsking(null);
            setDuties([]);
            setOwed([]);
          }}
        />
      ) : null}
    </section>
  );
}

export function BodyList() {
  const { t } = useWords();
  const query = useInfiniteQuery(closingQuery);
  return (
    <Answer query={query}>
      {({ pages }) => {
        const bodies = pages.flatMap((page) => page.items);
        if (bodies.length === 0) return <Empty title={t('office.none')} />;
        return (
          <>
            {bodies.map((body) => <One key={body.id} body={body} />)}
            <More query={query} />
          </>
        );
      }}
    </Answer>
  );
}
