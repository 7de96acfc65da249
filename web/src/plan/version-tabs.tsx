/* plan/version-tabs.tsx -- what was found in a version beside its tasks: actions, what is owed, earlier versions. */
import { Link, useLocation } from 'react-router';
import type { Obligation, PlanDocument, Version } from '../api/types';
import { Empty } from '../kit/states';
import { instantInTable } from '../words/dates';
import { useWords } from '../words/lang';
import { formatNumber } from '../words/words';
import { withChanges } from './filters';
import { StateTag } from './parts';

function usePlace(): (changes: Parameters<typeof withChanges>[1]) => string {
  const { pathname, search } = useLocation();
  return (changes) => `${pathname}?${withChanges(new URLSearchParams(search), changes).toString()}`;
}

export function ActionsTab({ version }: { version: Version }) {
  const { t } = useWords();
  const place = usePlace();
  if (version.actions.length === 0) return <Empty title={t('version.noActions')} />;
  return (
    <table className="xj-table">
      <thead>
        <tr>
          <th scope="col" className="xj-right">{t('totals.no')}</th>
          <th scope="col">{t('task.action')}</th>
          <th scope="col">{t('version.leads')}</th>
          <th scope="col">{t('version.implementers')}</th>
          <th scope="col" className="xj-right">{t('count.tasks')}</th>
        </tr>
      </thead>
      <tbody>
        {version.actions.map((a) => (
          <tr key={`${a.no} ${a.name}`}>
            <td className="xj-right">{a.no === 0 ? '—' : a.no}</td>
            <td>
              <Link to={place({ tab: null, action: a.name })}>{a.name}</Link>
            </td>
            <td>{a.lead_units.join(t('list.comma')) || '—'}</td>
            <td>{a.implementers.join(t('list.comma')) || '—'}</td>
            <td className="xj-right">{formatNumber(a.tasks)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ObligationsTab({ obligations }: { obligations: readonly Obligation[] }) {
  const w = useWords();
  const { t, tCode } = w;
  if (obligations.length === 0) return <Empty title={t('version.noObligations')} />;
  return (
    <table className="xj-table">
      <thead>
        <tr>
          <th scope="col">{t('obligation.who')}</th>
          <th scope="col">{t('obligation.what')}</th>
          <th scope="col">{t('obligation.frequency')}</th>
          <th scope="col">{t('obligation.due')}</th>
          <th scope="col">{t('obligation.reportTo')}</th>
        </tr>
      </thead>
      <tbody>
        {obligations.map((o, i) => (
          <tr key={i} title={o.raw}>
            <td>{o.who.join(t('list.comma')) || '—'}</td>
            <td>{o.what}</td>
            <td>{tCode('frequency', o.frequency)}</td>
            <td>{o.due.map(w.monthDay).join(t('list.comma')) || '—'}</td>
            <td>{o.report_to ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function VersionsTab({ document, shown }: { document: PlanDocument; shown: number }) {
  const { t } = useWords();
  const place = usePlace();
  return (
    <table className="xj-table">
      <thead>
        <tr>
          <th scope="col">{t('document.version')}</th>
          <th scope="col">{t('version.file')}</th>
          <th scope="col">{t('document.importedAt')}</th>
          <th scope="col">{t('version.importedBy')}</th>
          <th scope="col">{t('version.publishedAt')}</th>
          <th scope="col">{t('publish.remarks')}</th>
          <th scope="col" className="xj-right">{t('count.tasks')}</th>
          <th scope="col" className="xj-right">{t('count.warnings')}</th>
        </tr>
      </thead>
      <tbody>
        {document.versions.map((v) => (
          <tr key={v.id} aria-current={v.id === shown ? 'true' : undefined}>
            <td className="xj-nowrap">
              <Link to={place({ version: v.id, tab: null, action: null })}>{t('document.versionNo', { no: v.no })}</Link>{' '}
              <StateTag state={v.state} />
            </td>
            <td>{v.file_name}</td>
            <td className="xj-nowrap">{instantInTable(v.imported_at)}</td>
            <td>{v.imported_by ?? '—'}</td>
            <td className="xj-nowrap">{v.published_at ? instantInTable(v.published_at) : '—'}</td>
            <td>{v.remarks ?? '—'}</td>
            <td className="xj-right">{formatNumber(v.counts.tasks)}</td>
            <td className="xj-right">{formatNumber(v.counts.warnings)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
