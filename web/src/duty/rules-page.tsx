/* duty/rules-page.tsx -- 规则: what a jurisdiction has set for lights, reminders, returns and bodies; the office sets it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { DutyRule, DutyRules } from '../api/types';
import { useRights } from '../kit/rights';
import { Answer } from '../kit/states';
import { useTitle } from '../kit/title';
import { instantInTable } from '../words/dates';
import { makeWords, useWords } from '../words/lang';
import { DUTY_KEYS } from './duty-query';
import { RuleChanges } from './rule-changes';
import { RuleEdit } from './rule-edit';
import { rulesQuery } from './rule-query';
import { boundWords, grouped, ruleText, ruleWords, type GroupKey } from './rule-value';
import './rules.css';

/** What is done with a rule in a dialog; without NAME: all changes are looked at. */
type Doing = { what: 'edit' | 'back'; name: string; group: GroupKey } | { what: 'changes'; name?: string };

function Rule({ rule, group, may, onDo }: { rule: DutyRule; group: GroupKey; may: boolean; onDo: (doing: Doing) => void }) {
  const w = useWords();
  const { t } = w;
  const name = ruleText(w, rule.name, 'name');
  const also = makeWords(w.lang === 'zh' ? 'en' : 'zh');
  const set = rule.value !== rule.standard;
  return (
    <li className="xj-rule">
      <div>
        <h3>{name} <span className="xj-faint xj-rule-also" lang={also.lang === 'zh' ? 'zh-CN' : 'en'}>{ruleText(also, rule.name, 'name')}</span></h3>
        <p>{ruleText(w, rule.name, 'what')}</p>
        <p className="xj-faint">{ruleText(w, rule.name, 'example')}</p>
      </div>
      <div>
        <p className={set ? 'xj-rule-set' : undefined}>{ruleWords(w, rule, rule.value)}</p>
        <p className="xj-faint">{set ? t('rules.standard', { value: ruleWords(w, rule, rule.standard) }) : t('rules.isStandard')}</p>
        <p className="xj-faint">{t('rules.may', { bounds: boundWords(w, rule) })}</p>
        {rule.changed ? (
          <p className="xj-faint">{t('rules.changedBy', { name: rule.changed.actor_name, at: instantInTable(rule.changed.at), why: rule.changed.why })}</p>
        ) : null}
      </div>
      <div className="xj-rule-acts xj-no-print">
        {may ? <Button size="small" aria-label={t('rules.editTitle', { name })} onClick={() => { onDo({ what: 'edit', name: rule.name, group }); }}>{t('rules.edit')}</Button> : null}
        {may && set ? <Button size="small" aria-label={t('rules.backTitle', { name })} onClick={() => { onDo({ what: 'back', name: rule.name, group }); }}>{t('rules.back')}</Button> : null}
        {rule.changed ? <Button size="small" type="link" aria-label={t('rules.changesOf', { name })} onClick={() => { onDo({ what: 'changes', name: rule.name }); }}>{t('rules.changes')}</Button> : null}
      </div>
    </li>
  );
}

/** Once lights are made by the rules that were changed, what shows lights is asked for anew. */
function useRelit(relighting: boolean): void {
  const queries = useQueryClient();
  const was = useRef(relighting);
  useEffect(() => {
    if (was.current && !relighting) for (const name of DUTY_KEYS) void queries.invalidateQueries({ queryKey: [name] });
    was.current = relighting;
  }, [relighting, queries]);
}

function Rules({ rules }: { rules: DutyRules }) {
  const { t } = useWords();
  useRelit(rules.relighting);
  const may = useRights()('duty.change') !== null;
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => { setDoing(null); };
  const set = rules.rules.filter((rule) => rule.value !== rule.standard).length;
  return (
    <>
      {rules.relighting ? <Alert type="info" showIcon role="status" title={t('rules.relighting')} /> : null}
      <div className="xj-row-line">
        <p>{t('rules.intro', { n: rules.rules.length, set })} {may ? '' : t('rules.readOnly')}</p>
        <Button size="small" type="link" className="xj-no-print" onClick={() => { setDoing({ what: 'changes' }); }}>{t('rules.allChanges')}</Button>
      </div>
      {grouped(rules.rules).map((group) => (
        <section key={group.key} className="xj-rules" aria-labelledby={`rules-${group.key}`}>
          <h2 id={`rules-${group.key}`}>{t(`rules.group.${group.key}`)}</h2>
          <ul>
            {group.rules.map((rule) => <Rule key={rule.name} rule={rule} group={group.key} may={may} onDo={setDoing} />)}
          </ul>
        </section>
      ))}
      {doing?.what === 'changes' ? <RuleChanges rules={rules.rules} name={doing.name} onClose={close} /> : null}
      {doing !== null && doing.what !== 'changes' ? <RuleEdit rules={rules} name={doing.name} group={doing.group} back={doing.what === 'back'} onClose={close} /> : null}
    </>
  );
}

export function RulesPage() {
  const { t } = useWords();
  const rules = useQuery(rulesQuery);
  useTitle(t('nav.rules'));
  return (
    <section className="xj-page xj-page-scroll">
      <header className="xj-page-head">
        <h1>{t('rules.heading')}</h1>
        <span className="xj-grow" />
        <Button size="small" className="xj-no-print" onClick={() => { window.print(); }}>{t('print.act')}</Button>
      </header>
      <Answer query={rules} rows={12}>
        {(found) => <Rules rules={found} />}
      </Answer>
    </section>
  );
}
