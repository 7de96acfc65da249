/* duty/county-choice.tsx -- which counties take part: chosen one by one, or none. */
import { Button } from 'antd';
import { useState } from 'react';
import type { UnitRef } from '../api/types';
import { UnitPicker } from '../kit/unit-picker';
import { useWords } from '../words/lang';

export function CountyChoice({ onSay }: { onSay: (counties: number[]) => void }) {
  const { t } = useWords();
  const [units, setUnits] = useState<UnitRef[]>([]);
  return (
    <>
      <UnitPicker label={t('settle.addCounty')} onPick={(name, id) => { if (id !== undefined && !units.some((u) => u.id === id)) setUnits([...units, { id, name }]); }} />
      {units.map((unit) => (
        <Button key={unit.id} size="small" aria-label={t('unit.takeOut', { name: unit.name })} onClick={() => { setUnits(units.filter((u) => u.id !== unit.id)); }}>
          {unit.name} ×
        </Button>
      ))}
      <Button size="small" type="primary" onClick={() => { onSay(units.map((unit) => unit.id)); }}>
        {units.length === 0 ? t('settle.noCounties') : t('settle.theseCounties', { n: units.length })}
      </Button>
    </>
  );
}
