/* duty/intake-row.tsx -- a row of the return that a file answers: what is to be kept, to be mended by hand. */
import { Input } from 'antd';
import { useId } from 'react';
import type { IntakeFigure, ReportRow } from '../api/types';
import { useWords } from '../words/lang';
import { goodPercent, type Composed } from './intake-compose';
import { IntakeFigures } from './intake-figures';

const TEXT_MAX = 5000;

interface Props {
  row: ReportRow;
  said: Composed;
  changed: boolean;
  proposals: readonly (readonly IntakeFigure[])[];
  onChange: (part: Partial<Composed>) => void;
}

export function IntakeRow({ row, said, changed, proposals, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const bad = !goodPercent(said.percent);
  return (
    <li className={changed ? 'xj-intake-row xj-current' : 'xj-intake-row'} aria-label={row.title}>
      <h3>
        {row.no} {row.title} {row.text ? <span className="xj-faint">{row.on_behalf ? t('return.onBehalf', { by: row.changed_by ?? '' }) : t('intake.saidBefore')}</span> : null}
      </h3>
      <Input.TextArea
        aria-label={t('return.textOf', { title: row.title })}
        placeholder={t('intake.nothingYet')}
        maxLength={TEXT_MAX}
        autoSize={{ minRows: 1, maxRows: 8 }}
        disabled={row.state === 'accepted'}
        value={said.text}
        onChange={(event) => { onChange({ text: event.target.value }); }}
      />
      <IntakeFigures row={row} said={said.figures} proposals={proposals} onChange={(figures) => { onChange({ figures }); }} />
      <div className="xj-write-line">
        <label htmlFor={id}>{t('return.percent')}</label>
        <Input
          id={id}
          size="small"
          className="xj-percent"
          inputMode="numeric"
          suffix="%"
          status={bad ? 'error' : ''}
          aria-invalid={bad}
          value={said.percent}
          onChange={(event) => { onChange({ percent: event.target.value }); }}
        />
        {bad ? <span className="xj-bad">{t('return.noPercent')}</span> : null}
      </div>
      {(['difficulties', 'next_step'] as const).map((part) =>
        said[part] ? (
          <Input.TextArea
            key={part}
            aria-label={`${t(part === 'difficulties' ? 'return.difficulties' : 'return.nextStep')}${t('list.colon')}${row.title}`}
            maxLength={TEXT_MAX}
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={said[part]}
            onChange={(event) => { onChange({ [part]: event.target.value }); }}
          />
        ) : null,
      )}
    </li>
  );
}
