/* duty/viewers-field.tsx -- who sees a restricted duty task besides the office: people, and units' own people. */
import { Button, Form } from 'antd';
import type { UnitRef } from '../api/types';
import { PeopleField, type PersonRef } from '../kit/people-field';
import { UnitPicker } from '../kit/unit-picker';
import { useWords } from '../words/lang';

export interface Viewers {
  people: PersonRef[];
  units: UnitRef[];
}

export function ViewersField({ value, onChange }: { value: Viewers; onChange: (viewers: Viewers) => void }) {
  const { t } = useWords();
  return (
    <>
      <Form.Item label={t('duty.viewerPeople')} htmlFor="viewer-people">
        <PeopleField id="viewer-people" value={value.people} placeholder={t('duty.viewerPeopleWhat')} onChange={(people) => { onChange({ ...value, people }); }} />
      </Form.Item>
      <Form.Item label={t('duty.viewerUnits')} extra={t('duty.viewerUnitsWhat')}>
        <span className="xj-row-line">
          <UnitPicker
            label={t('duty.addViewerUnit')}
            onPick={(name, id) => { if (id !== undefined && !value.units.some((u) => u.id === id)) onChange({ ...value, units: [...value.units, { id, name }] }); }}
          />
          {value.units.map((unit) => (
            <Button key={unit.id} size="small" aria-label={t('duty.viewerOut', { name: unit.name })} onClick={() => { onChange({ ...value, units: value.units.filter((u) => u.id !== unit.id) }); }}>
              {unit.name} ×
            </Button>
          ))}
        </span>
      </Form.Item>
    </>
  );
}
