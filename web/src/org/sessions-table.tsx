/* org/sessions-table.tsx -- where somebody is signed in, each to be ended. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { api } from '../api/client';
import { newKey } from '../api/key';
import type { SignedIn } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer, Empty } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { deviceName } from './device';
import { sessionsQuery } from './people-query';

function Device({ session }: { session: SignedIn }) {
  const { t } = useWords();
  const name = deviceName(session.device);
  return (
    <span title={session.device}>
      {name || t('session.unknownDevice')} {session.current ? <strong>{t('session.this')}</strong> : null}
    </span>
  );
}

/** The sessions of PERSON, or (undefined) one's own. */
export function SessionsTable({ person }: { person?: number }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery(person));
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/v1/sessions/{id}', { params: { path: { id }, header: { 'Idempotency-Key': newKey() } } }),
    onSettled: refresh,
  });
  const endAll = useMutation({
    mutationFn: () => api.DELETE('/api/v1/sessions', { params: { query: { person }, header: { 'Idempotency-Key': newKey() } } }),
    onSettled: refresh,
  });
  const error = end.error ?? endAll.error;
  return (
    <Answer query={sessions} rows={3}>
      {({ items }) => (
        <>
          {error ? <ProblemNote error={error} /> : null}
          {items.length === 0 ? (
            <Empty title={t('session.none')} />
          ) : (
            <table className="xj-table">
              <thead>
                <tr>
                  <th scope="col">{t('session.device')}</th>
                  <th scope="col">{t('session.address')}</th>
                  <th scope="col">{t('session.since')}</th>
                  <th scope="col">{t('session.seen')}</th>
                  <th scope="col">{t('session.act')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((session) => (
                  <tr key={session.id}>
                    <td>
                      <Device session={session} />
                    </td>
                    <td>{session.address ?? '—'}</td>
                    <td>{instantInTable(session.created_at)}</td>
                    <td>{instantInTable(session.seen_at)}</td>
                    <td>
                      {session.current ? (
                        '—'
                      ) : (
                        <Button
                          size="small"
                          disabled={end.isPending}
                          aria-label={t('session.endOf', { since: instantInTable(session.created_at) })}
                          onClick={() => { end.mutate(session.id); }}
                        >
                          {t('session.end')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {items.some((session) => !session.current) ? (
            <p>
              <Button disabled={endAll.isPending} onClick={() => { endAll.mutate(); }}>
                {person === undefined ? t('session.endOthers') : t('session.endAll')}
              </Button>
            </p>
          ) : null}
        </>
      )}
    </Answer>
  );
}
