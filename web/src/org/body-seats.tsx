/* org/body-seats.tsx -- who sits in a body, as what, from when to when; entered and ended by the office. */
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, data } from '../api/client';
import type { Body, Seat, SeatRole, UnitRef } from '../api/types';
import { DayField } from '../kit/day-field';
import { DownloadButton } from '../kit/download-button';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer } from '../kit/states';
import { UnitField } from '../kit/unit-picker';
import { useActOn } from '../kit/use-act';
import { Wide } from '../kit/wide';
import { today } from '../words/dates';
import { useWords } from '../words/lang';

const ROLES: readonly SeatRole[] = ['director', 'deputy_director', 'lead', 'deputy_lead', 'member', 'expert'];

function AddSeat({ body }: { body: Body }) {
  const { t } = useWords();
  const [role, setRole] = useState<SeatRole>('member');
  const [unit, setUnit] = useState<UnitRef | null>(null);
  const [person, setPerson] = useState('');
  const [job, setJob] = useState('');
  const [from, setFrom] = useState(today());
  const act = useActOn(
    ['seats'],
    (_: undefined, key) =>
      data(
        api.POST('/api/v1/bodies/{body}/seats', {
          params: { path: { body: body.id }, header: { 'Idempotency-Key': key } },
          body: { role, person: person.trim(), job: job.trim(), from, ...(unit ? { unit: unit.id } : {}) },
        }),
      ),
    () => {
      setUnit(null);
      setPerson('');
      setJob('');
    },
  );
  return (
    <Form layout="vertical" component="div" aria-label={t('seat.add')}>
      {act.error ? <div className="xj-form-note"><ProblemNote error={act.error} /></div> : null}
      <p className="xj-faint">{t('seat.addWhat')}</p>
      <div className="xj-row-line">
        <Form.Item label={t('seat.role')} htmlFor="seat-role">
          <Select id="seat-role" popupMatchSelectWidth={false} value={role} onChange={setRole} options={ROLES.map((r) => ({ value: r, label: t(`seat.role.${r}`) }))} />
        </Form.Item>
        <Form.Item label={t('seat.unit')}>
          <UnitField label={t('unit.pick')} value={unit} onChange={setUnit} />
        </Form.Item>
        <Form.Item label={t('seat.person')} htmlFor="seat-person">
          <Input id="seat-person" maxLength={50} value={person} onChange={(event) => { setPerson(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('seat.job')} htmlFor="seat-job">
          <Input id="seat-job" maxLength={100} value={job} onChange={(event) => { setJob(event.target.value); }} />
        </Form.Item>
        <Form.Item label={t('seat.from')} htmlFor="seat-from">
          <DayField id="seat-from" value={from} onChange={(day) => { setFrom(day ?? ''); }} />
        </Form.Item>
      </div>
      <Button type="primary" disabled={(unit === null && person.trim() === '') || from === ''} loading={act.isPending} onClick={() => { act.mutate(undefined); }}>
        {t('seat.add')}
      </Button>
    </Form>
  );
}

function Row({ body, seat }: { body: Body; seat: Seat }) {
  const { t } = useWords();
  const right = useRights();
  const [last, setLast] = useState<string | null>(null);
  const name = seat.person || (seat.unit?.name ?? '');
  const act = useActOn(
    ['seats'],
    (day: string, key) =>
      data(
        api.POST('/api/v1/bodies/{body}/seats/{seat}/end', {
          params: { path: { body: body.id, seat: seat.id }, header: { 'If-Match': `"${seat.version}"`, 'Idempotency-Key': key } },
          body: { last: day },
        }),
      ),
    () => { setLast(null); },
  );
  return (
    <tr className={seat.to !== null && seat.to < today() ? 'xj-over' : undefined}>
      <td>{t(`seat.role.${seat.role}`)}</td>
      <td>{seat.unit?.name ?? '—'}</td>
      <td>{seat.person || '—'}</td>
      <td>{seat.job}</td>
      <td>{seat.from} — {seat.to ?? t('seat.now')}</td>
      <td>
        {act.error ? <ProblemNote error={act.error} /> : null}
        {seat.to === null && right('unit.change') === 'all' && last === null ? (
          <Button size="small" aria-label={t('seat.endOf', { name })} onClick={() => { setLast(today()); }}>{t('seat.end')}</Button>
        ) : null}
        {last === null ? null : (
          <span className="xj-row-line">
            <DayField aria-label={t('seat.last')} min={seat.from} value={last} onChange={(day) => { setLast(day ?? ''); }} />
            <Button size="small" type="primary" disabled={last === ''} loading={act.isPending} onClick={() => { act.mutate(last); }}>{t('act.confirm')}</Button>
          </span>
        )}
      </td>
    </tr>
  );
}

export function BodySeats({ body, onClose }: { body: Body; onClose: () => void }) {
  const { t, lang } = useWords();
  const right = useRights();
  const seats = useQuery({
    queryKey: ['seats', body.id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/bodies/{body}/seats', { params: { path: { body: body.id } }, signal })),
  });
  return (
    <Modal open width={900} title={t('seat.of', { name: body.name })} footer={null} onCancel={onClose}>
      <Answer query={seats} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="xj-faint">{t('seat.none')}</p>
          ) : (
            <Wide label={t('seat.heading')}>
              <table className="xj-table" aria-label={t('seat.heading')}>
                <thead>
                  <tr>
                    <th scope="col">{t('seat.role')}</th>
                    <th scope="col">{t('seat.unit')}</th>
                    <th scope="col">{t('seat.person')}</th>
                    <th scope="col">{t('seat.job')}</th>
                    <th scope="col">{t('seat.days')}</th>
                    <td className="xj-no-print" />
                  </tr>
                </thead>
                <tbody>{items.map((seat) => <Row key={`${seat.id} ${seat.version}`} body={body} seat={seat} />)}</tbody>
              </table>
            </Wide>
          )
        }
      </Answer>
      <p className="xj-row-line xj-no-print">
        <DownloadButton label={t('seat.export')} url={`/api/v1/seats.xlsx?body=${body.id}&lang=${lang}`} name={t('seat.exportFile')} />
        {right('directory.import') ? <Link to="/units/import">{t('seat.import')}</Link> : null}
      </p>
      {right('unit.change') === 'all' ? <AddSeat body={body} /> : null}
    </Modal>
  );
}
