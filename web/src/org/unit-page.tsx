/* org/unit-page.tsx -- one unit: what it is, what it owes, how else it is written, who works there. */
import { EditOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { countyLinksQuery, sessionQuery } from '../api/calls';
import type { Unit, UnitRef } from '../api/types';
import { AliasActs, useDecideAlias } from '../kit/alias-acts';
import { ProblemNote } from '../kit/problem-note';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { UnitField } from '../kit/unit-picker';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import './org.css';
import { UnitDispatch } from './unit-dispatch';
import { UnitEdit } from './unit-edit';
import { UnitHistory } from './unit-history';
import { UnitMembers } from './unit-members';
import { UnitPeople } from './unit-people';
import { unitQuery } from './unit-query';
import { UnitSigning } from './unit-signing';
import { UnitTasks } from './unit-tasks';

const TABS = ['tasks', 'names', 'members', 'dispatch', 'signing', 'history', 'people'] as const;
type Tab = (typeof TABS)[number];

function Names({ units }: { units: readonly UnitRef[] }) {
  const { t } = useWords();
  return units.map((u, i) => (
    <Fragment key={u.id}>
      {i > 0 ? t('list.comma') : ''}
      <Link to={`/units/${u.id}`}>{u.name}</Link>
    </Fragment>
  ));
}

/** Whether a county runs a jurisdiction of its own, to which its tasks go. */
function CountyFact({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const right = useRights();
  const links = useQuery({ ...countyLinksQuery, enabled: right('link.read') !== null });
  const link = links.data?.find((l) => l.side === 'city' && l.unit.id === unit.id && l.state !== 'ended');
  if (!link) return null;
  return (
    <div>
      <dt>{t('county.own')}</dt>
      <dd>
        <Link to="/county-links">
          {link.state === 'linked' ? t('county.linkedWith', { name: link.peer ?? '', day: link.linked_on ?? '' }) : t(`county.state.${link.state}`)}
        </Link>
      </dd>
    </div>
  );
}

function Facts({ unit }: { unit: Unit }) {
  const { t } = useWords();
  return (
    <dl className="xj-facts">
      <div>
        <dt>{t('unit.kindOf')}</dt>
        <dd>{t(`unit.kind.${unit.kind}`)}</dd>
      </div>
      <div>
        <dt>{t('unit.level')}</dt>
        <dd>{unit.level === 'none' ? '—' : t(`unit.level.${unit.level}`)}</dd>
      </div>
      <div>
        <dt>{t('unit.standing')}</dt>
        <dd>
          {unit.standings.length === 0
            ? t(`unit.standing.${unit.standing}`)
            : unit.standings
                .map((s) => (s.from ? t('unit.standingSince', { standing: t(`unit.standing.${s.standing}`), day: s.from }) : t(`unit.standing.${s.standing}`)))
                .join(' → ')}
        </dd>
      </div>
      {unit.area ? (
        <div>
          <dt>{t('unit.area')}</dt>
          <dd>{unit.area}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t('unit.parent')}</dt>
        <dd>{unit.parent ? <Names units={[unit.parent]} /> : '—'}</dd>
      </div>
      {unit.works_for ? (
        <div>
          <dt>{t('unit.worksFor')}</dt>
          <dd>{unit.works_for.code ? `${unit.works_for.name} ${unit.works_for.code}` : unit.works_for.name}</dd>
        </div>
      ) : null}
      {unit.credit_code ? (
        <div>
          <dt>{t('unit.creditCode')}</dt>
          <dd>{unit.credit_code}</dd>
        </div>
      ) : null}
      {unit.ends_on ? (
        <div>
          <dt>{t('unit.endsOn')}</dt>
          <dd>{unit.ends_on}</dd>
        </div>
      ) : null}
      <CountyFact unit={unit} />
      {unit.groups.length > 0 ? (
        <div>
          <dt>{t('unit.groups')}</dt>
          <dd>
            <Names units={unit.groups} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

/** Another name of the directory that means this unit, though nothing proposed it. */
function AddAlias({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const [other, setOther] = useState<UnitRef | null>(null);
  const decide = useDecideAlias();
  return (
    <div className="xj-add-alias">
      <h2>{t('alias.addTitle')}</h2>
      <p className="xj-faint">{t('alias.addWhat', { unit: unit.name })}</p>
      <div className="xj-row-line">
        <UnitField label={t('unit.pick')} value={other} onChange={setOther} />
        {other ? (
          <Button
            size="small"
            type="primary"
            loading={decide.isPending}
            onClick={() => {
              decide.mutate(
                { pair: { alias_id: other.id, alias: other.name, unit_id: unit.id, unit: unit.name, state: 'proposed' }, state: 'confirmed' },
                { onSuccess: () => { setOther(null); } },
              );
            }}
          >
            {t('alias.add')}
          </Button>
        ) : null}
      </div>
      {decide.error ? <ProblemNote error={decide.error} /> : null}
    </div>
  );
}

function NamesTab({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const right = useRights();
  return (
    <div className="xj-tab-body">
      {unit.aliases.length === 0 ? (
        <p className="xj-faint">{t('alias.noneOf')}</p>
      ) : (
        <table className="xj-table">
          <thead>
            <tr>
              <th scope="col">{t('alias.other')}</th>
              <th scope="col" className="xj-right">{t('alias.score')}</th>
              <th scope="col">{t('alias.isIt')}</th>
            </tr>
          </thead>
          <tbody>
            {unit.aliases.map((a) => {
              const mine = a.alias_id === unit.id;
              return (
                <tr key={`${a.id} ${a.state}`}>
                  <td>
                    <Link to={`/units/${mine ? a.unit_id : a.alias_id}`}>{mine ? a.unit : a.alias}</Link>
                  </td>
                  <td className="xj-right">{a.score}</td>
                  <td>
                    <AliasActs pair={a} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {right('unit.change') && unit.kind !== 'group' && !unit.alias_of ? <AddAlias unit={unit} /> : null}
    </div>
  );
}

function UnitBody({ unit }: { unit: Unit }) {
  const { t } = useWords();
  const right = useRights();
  const [search] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const { data: session } = useQuery(sessionQuery);
  const reach = right('duty.dispatch');
  const mine = session?.posts.some((post) => post.unit?.id === unit.id || post.unit?.id === unit.parent?.id) ?? false;
  const mayDispatch = reach === 'all' || (reach !== null && mine);
  const chains = right('signing.chain');
  const maySetSigning = chains === 'all' || (chains !== null && mine);
  const shown = TABS.filter((tab) => (tab !== 'members' || unit.kind === 'group') && (tab !== 'history' || unit.kind !== 'group') && (tab !== 'people' || (right('people.read') && unit.kind !== 'group')) && (tab !== 'dispatch' || (mayDispatch && unit.kind !== 'group')) && (tab !== 'signing' || (maySetSigning && unit.kind !== 'group')));
  const tab: Tab = shown.find((name) => name === search.get('tab')) ?? 'tasks';
  const counts: Partial<Record<Tab, number>> = {
    tasks: unit.tasks.lead + unit.tasks.responsible + unit.tasks.cooperate,
    names: unit.aliases.filter((a) => a.state !== 'rejected').length,
    members: unit.members.length,
    history: unit.predecessors.length + unit.successors.length,
  };
  return (
    <>
      <header className="xj-page-head">
        <h1>{unit.name}</h1>
        <span className="xj-grow" />
        <span className="xj-page-acts">
          {right('unit.change') && !unit.alias_of ? (
            <Button icon={<EditOutlined />} onClick={() => { setEditing(true); }}>
              {t('unit.edit')}
            </Button>
          ) : null}
          <Link className="xj-button-link" to={`/units/${unit.id}/sheet`}>
            <PrinterOutlined aria-hidden="true" /> {t('unit.sheet')}
          </Link>
        </span>
      </header>
      {unit.alias_of ? (
        <p className="xj-note">
          {t('unit.standsFor')} <Names units={[unit.alias_of]} />
        </p>
      ) : null}
      {unit.successors.length > 0 ? (
        <p className="xj-note">
          {t('succession.now')} <Names units={unit.successors} />
        </p>
      ) : null}
      <Facts unit={unit} />
      <nav className="xj-tabs" aria-label={t('unit.parts')}>
        {shown.map((name) => (
          <Link key={name} to={name === 'tasks' ? `/units/${unit.id}` : `/units/${unit.id}?tab=${name}`} aria-current={name === tab ? 'page' : undefined}>
            {t(`unit.tab.${name}`)} {counts[name] === undefined ? '' : formatNumber(counts[name])}
          </Link>
        ))}
      </nav>
      {tab === 'tasks' ? <UnitTasks unit={unit} /> : null}
      {tab === 'names' ? <NamesTab unit={unit} /> : null}
      {tab === 'members' ? <UnitMembers unit={unit} /> : null}
      {tab === 'history' ? <UnitHistory unit={unit} /> : null}
      {tab === 'people' ? <UnitPeople unit={unit} /> : null}
      {tab === 'dispatch' ? <UnitDispatch unit={unit} /> : null}
      {tab === 'signing' ? <UnitSigning unit={unit} /> : null}
      {editing ? <UnitEdit unit={unit} onClose={() => { setEditing(false); }} /> : null}
    </>
  );
}

export function UnitPage() {
  const { t } = useWords();
  const id = Number(useParams()['unit']) || 0;
  const unit = useQuery({ ...unitQuery(id), enabled: id > 0 });
  useTitle(unit.data?.name ?? t('unit.one'));
  return (
    <section className="xj-page">
      <p className="xj-no-print">
        <Link to="/units">← {t('nav.units')}</Link>
      </p>
      {id > 0 ? (
        <Answer query={unit} rows={12}>
          {(found) => <UnitBody key={found.id} unit={found} />}
        </Answer>
      ) : (
        <Empty title={t('unit.noSuch')} />
      )}
    </section>
  );
}
