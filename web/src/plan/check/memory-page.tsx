/* plan/check/memory-page.tsx -- what corrections have taught: looked at, changed, forgotten. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { api, data } from '../../api/client';
import { newKey } from '../../api/key';
import { asProblem } from '../../api/problem';
import type { Memory, MemoryList } from '../../api/types';
import { problemWords } from '../../kit/problem-note';
import { Some } from '../../kit/some';
import { Answer, Empty } from '../../kit/states';
import { useTitle } from '../../kit/title';
import { instantInTable } from '../../words/dates';
import { useWords, type Words } from '../../words/lang';
import { Choice } from './field';

const key = ['memory'];
const MOST = 2000;

/** All of it, a page after the other. */
async function allMemory(signal: AbortSignal): Promise<{ items: Memory[] }> {
  const items: Memory[] = [];
  let after: string | null = null;
  do {
    const page: MemoryList = await data(api.GET('/api/v1/memory', { params: { query: { limit: 200, ...(after === null ? {} : { after }) } }, signal }));
    items.push(...page.items);
    after = page.next;
  } while (after !== null && items.length < MOST);
  return { items };
}

/** What is done where the phrase is met, in words. */
function meaning(w: Words, memory: Memory): string {
  const m = memory.meaning;
  if (memory.kind === 'not_unit') return w.t('memory.notUnit');
  if (memory.kind === 'warning') return w.t('memory.warning', { why: m.why ?? '' });
  if (memory.kind === 'cadence') return m.cadence ? w.t(`cadence.${m.cadence}`) : w.t('check.none');
  if (memory.kind === 'strength') return m.strength ? w.t(`strength.${m.strength}`) : '';
  if (memory.kind === 'lead') return w.t('check.leads', { name: m.lead ?? '' });
  if (memory.kind === 'unit') return m.name ?? '';
  const when = m.month_day ? w.monthDay(m.month_day) : (m.dates ?? []).map(w.monthDay).join(w.t('list.comma'));
  return `${m.kind ? w.t(`kind.${m.kind}`) : ''} ${when}`.trim();
}

export function MemoryPage() {
  const w = useWords();
  const { t } = w;
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const memory = useQuery({ queryKey: key, queryFn: ({ signal }) => allMemory(signal) });
  useTitle(t('memory.title'));
  const done = {
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (error: unknown) => {
      const { title, advice } = problemWords(w, asProblem(error));
      notification.warning({ title, description: advice });
      void queries.invalidateQueries({ queryKey: key });
    },
  };
  const header = (m: Memory) => ({ 'If-Match': `"${m.version}"`, 'Idempotency-Key': newKey() });
  const forget = useMutation({ mutationFn: (m: Memory) => api.DELETE('/api/v1/memory/{memory}', { params: { path: { memory: m.id }, header: header(m) } }), ...done });
  const change = useMutation({
    mutationFn: ({ m, to }: { m: Memory; to: Memory['meaning'] }) => data(api.PATCH('/api/v1/memory/{memory}', { params: { path: { memory: m.id }, header: header(m) }, body: { meaning: to } })),
    ...done,
  });
  return (
    <section className="xj-page xj-page-scroll">
      <h1>{t('memory.title')}</h1>
      <p className="xj-faint">{t('memory.what')}</p>
      <Answer query={memory}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('memory.none')} advice={t('memory.noneAdvice')} />
          ) : (
            <Some items={items}>
              {(shown) => (
                <table className="xj-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('memory.phrase')}</th>
                      <th scope="col">{t('memory.kind')}</th>
                      <th scope="col">{t('memory.meaning')}</th>
                      <th scope="col">{t('memory.from')}</th>
                      <th scope="col" className="xj-right">{t('memory.uses')}</th>
                      <th scope="col"><span className="xj-hidden">{t('check.decide')}</span></th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((m) => (
                      <tr key={m.id}>
                        <td><q>{m.phrase}</q></td>
                        <td>{t(`memory.kind.${m.kind}`)}</td>
                        <td>
                          {m.kind === 'strength' && m.meaning.strength ? (
                            <Choice
                              label={t('memory.meaning')}
                              value={m.meaning.strength}
                              options={(['must', 'expected', 'encouraged'] as const).map((s) => ({ value: s, label: t(`strength.${s}`) }))}
                              onChange={(strength) => { change.mutate({ m, to: { strength } }); }}
                            />
                          ) : m.kind === 'cadence' && m.meaning.cadence ? (
                            <Choice
                              label={t('memory.meaning')}
                              value={m.meaning.cadence}
                              options={(['monthly', 'quarterly', 'termly', 'half_yearly', 'annual'] as const).map((c) => ({ value: c, label: t(`cadence.${c}`) }))}
                              onChange={(cadence) => { change.mutate({ m, to: { cadence } }); }}
                            />
                          ) : (
                            meaning(w, m)
                          )}
                        </td>
                        <td className="xj-nowrap">{m.by} <span className="xj-faint">{instantInTable(m.at)}</span></td>
                        <td className="xj-right">{m.uses}</td>
                        <td>
                          <Popconfirm title={t('memory.forgetSure')} okText={t('memory.forget')} cancelText={t('act.cancel')} onConfirm={() => { forget.mutate(m); }}>
                            <Button size="small" aria-label={t('memory.forgetOne', { phrase: m.phrase })}>{t('memory.forget')}</Button>
                          </Popconfirm>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </Some>
          )
        }
      </Answer>
    </section>
  );
}
