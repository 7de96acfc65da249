/* duty/rule-changes.tsx -- who set which rule when, and why. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { DutyRule } from '../api/types';
import { Answer, Empty } from '../kit/states';
import { More, Wide } from '../kit/wide';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { ruleChangesQuery } from './rule-query';
import { ruleText, ruleWords } from './rule-value';

/** Of rule NAME; of all where none is named. */
export function RuleChanges({ rules, name, onClose }: { rules: readonly DutyRule[]; name?: string | undefined; onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const query = useInfiniteQuery(ruleChangesQuery(name));
  const says = (of: string, value: string): string => {
    const rule = rules.find((r) => r.name === of);
    return rule ? ruleWords(w, rule, value) : value;
  };
  const title = name ? t('rules.changesOf', { name: ruleText(w, name, 'name') }) : t('rules.changes');
  return (
    <Modal open width={760} title={title} footer={null} onCancel={onClose}>
      <Answer query={query} rows={4}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <Empty title={t('rules.noChanges')} />;
          return (
            <>
              <Wide label={title}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('rules.when')}</th>
                      {name ? null : <th scope="col">{t('rules.rule')}</th>}
                      <th scope="col">{t('rules.fromTo')}</th>
                      <th scope="col">{t('rules.who')}</th>
                      <th scope="col">{t('duty.why')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td className="xj-nowrap">{instantInTable(row.at)}</td>
                        {name ? null : <td>{ruleText(w, row.name, 'name')}</td>}
                        <td>
                          <del>{says(row.name, row.old_value)}</del> → <ins>{says(row.name, row.new_value)}</ins>
                          {row.back ? ` ${t('rules.wentBack')}` : ''}
                        </td>
                        <td>{row.actor_name}</td>
                        <td>{row.why}</td>
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
    </Modal>
  );
}
