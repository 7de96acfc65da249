/* org/areas-page.tsx -- the places of the jurisdiction, with their codes and their days. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Area } from '../api/types';
import { ExportSheet } from '../kit/export-sheet';
import { useRights } from '../kit/rights';
import { Answer, Empty } from '../kit/states';
import { useTitle } from '../kit/title';
import { useWords } from '../words/lang';
import { AreaEdit } from './area-edit';
import { areasQuery, inTree } from './area-query';
import './org.css';
import { UnitsTabs } from './units-tabs';

function Rows({ areas, onEdit }: { areas: readonly Area[]; onEdit: ((area: Area) => void) | null }) {
  const { t } = useWords();
  return (
    <table className="xj-table" aria-label={t('area.heading')}>
      <thead>
        <tr>
          <th scope="col">{t('area.name')}</th>
          <th scope="col">{t('area.code')}</th>
          <th scope="col">{t('unit.level')}</th>
          <th scope="col">{t('area.days')}</th>
          {onEdit ? <th scope="col">{t('succession.acts')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {inTree(areas).map(({ area, depth }) => (
          <tr key={area.id} className={area.valid_to ? 'xj-faint' : undefined}>
            <td style={{ paddingInlineStart: 8 + depth * 20 }}>
              {area.name}
              {area.official ? '' : ` ${t('area.zoneMark')}`}
            </td>
            <td>{area.code ?? '—'}</td>
            <td>{t(`unit.level.${area.level}`)}</td>
            <td>{area.valid_from ?? area.valid_to ? t('area.fromTo', { from: area.valid_from ?? '…', to: area.valid_to ?? '…' }) : t('area.always')}</td>
            {onEdit ? (
              <td>
                <Button size="small" type="link" aria-label={t('area.editTitle', { area: area.name })} onClick={() => { onEdit(area); }}>
                  {t('unit.edit')}
                </Button>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function AreasPage() {
  const { t } = useWords();
  const right = useRights();
  const areas = useQuery(areasQuery());
  const [edited, setEdited] = useState<Area | 'new' | null>(null);
  const may = right('unit.change') !== null;
  useTitle(t('area.heading'));
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{t('area.heading')}</h1>
        <span className="xj-grow" />
        <ExportSheet list="areas" />
        {may ? (
          <Button icon={<PlusOutlined />} onClick={() => { setEdited('new'); }}>
            {t('area.add')}
          </Button>
        ) : null}
      </header>
      <UnitsTabs />
      <Answer query={areas} rows={8}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={t('area.none')} advice={t('area.noneAdvice')} />
          ) : (
            <div className="xj-tab-body">
              <Rows areas={found} onEdit={may ? setEdited : null} />
            </div>
          )
        }
      </Answer>
      {edited ? (
        <AreaEdit
          key={edited === 'new' ? 0 : edited.id}
          area={edited === 'new' ? null : edited}
          areas={areas.data ?? []}
          onClose={() => { setEdited(null); }}
        />
      ) : null}
    </section>
  );
}
