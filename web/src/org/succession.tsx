/* org/succession.tsx -- what an area or a unit came from and became: said, and taken back. */
import { Button, Checkbox, Form, Input, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Successor } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';

export interface Said {
  successor: number;
  from_on: string;
  why: string;
  takes_open_work: boolean;
}

/** A table of one side; ONREMOVE is absent where nothing may be taken back. */
export function Successors(props: {
  title: string;
  items: readonly Successor[];
  link: (item: Successor) => ReactNode;
  onRemove?: ((item: Successor) => void) | undefined;
}) {
  const { t } = useWords();
  if (props.items.length === 0) return null;
  return (
    <table className="xj-table" aria-label={props.title}>
      <thead>
        <tr>
          <th scope="col">{props.title}</th>
          <th scope="col">{t('succession.fromOn')}</th>
          <th scope="col">{t('succession.why')}</th>
          {props.onRemove ? <th scope="col">{t('succession.acts')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {props.items.map((item) => (
          <tr key={item.id}>
            <td>{props.link(item)}</td>
            <td>{item.from_on}</td>
            <td>{item.why}</td>
            {props.onRemove ? (
              <td>
                <Popconfirm
                  title={t('succession.removeAsk')}
                  okText={t('succession.remove')}
                  cancelText={t('act.cancel')}
                  onConfirm={() => { props.onRemove?.(item); }}
                >
                  <Button size="small" type="link" aria-label={t('succession.removeOf', { name: item.name })}>
                    {t('succession.remove')}
                  </Button>
                </Popconfirm>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Saying a successor; FIELD chooses which. */
export function SayForm(props: {
  field: ReactNode;
  chosen: number | null;
  work: boolean; // whether open work may go along
  busy: boolean;
  error: unknown;
  onSay: (said: Said) => void;
}) {
  const { t } = useWords();
  const [fromOn, setFromOn] = useState('');
  const [why, setWhy] = useState('');
  const [takes, setTakes] = useState(props.work);
  const ready = props.chosen !== null && fromOn !== '' && why.trim() !== '';
  return (
    <Form layout="vertical" component="div">
      {props.error ? (
        <div className="xj-form-note">
          <ProblemNote error={props.error} />
        </div>
      ) : null}
      <Form.Item label={t('succession.next')}>{props.field}</Form.Item>
      <Form.Item label={t('succession.fromOn')} htmlFor="succession-on">
        <DayField id="succession-on" value={fromOn} onChange={(day) => { setFromOn(day ?? ''); }} />
      </Form.Item>
      <Form.Item label={t('succession.why')} htmlFor="succession-why" help={t('succession.whyHelp')}>
        <Input id="succession-why" maxLength={500} value={why} onChange={(event) => { setWhy(event.target.value); }} />
      </Form.Item>
      {props.work ? (
        <Form.Item>
          <Checkbox checked={takes} onChange={(event) => { setTakes(event.target.checked); }}>
            {t('succession.takes')}
          </Checkbox>
        </Form.Item>
      ) : null}
      <Button
        type="primary"
        disabled={!ready}
        loading={props.busy}
        onClick={() => {
          if (props.chosen !== null) props.onSay({ successor: props.chosen, from_on: fromOn, why: why.trim(), takes_open_work: takes });
        }}
      >
        {t('succession.say')}
      </Button>
    </Form>
  );
}
