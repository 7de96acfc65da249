/* plan/columns-dialog.tsx -- which columns the list has, in which order; by mouse and by keyboard. */
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Checkbox, Modal } from 'antd';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useWords } from '../words/lang';
import { COLUMNS, USUAL_COLUMNS, type ListColumn } from './filters';

interface Props {
  shown: readonly ListColumn[];
  onSave: (columns: readonly ListColumn[]) => void;
  onClose: () => void;
}

/** Move what stands at FROM by STEP, within LIST. */
function moved(list: readonly ListColumn[], from: number, step: number): readonly ListColumn[] {
  const to = from + step;
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

export function ColumnsDialog({ shown, onSave, onClose }: Props) {
  const { t } = useWords();
  const [order, setOrder] = useState<readonly ListColumn[]>([...shown, ...COLUMNS.filter((c) => !shown.includes(c))]);
  const [chosen, setChosen] = useState<ReadonlySet<ListColumn>>(new Set(shown));
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);

  const move = (key: ListColumn, step: number): void => {
    const next = moved(order, order.indexOf(key), step);
    setOrder(next);
    setSaid(t('columns.moved', { name: t(`column.${key}`), n: next.indexOf(key) + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent, key: ListColumn): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(key, event.key === 'ArrowUp' ? -1 : 1);
    // the row is another element's place now: the focus goes with the column
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-column="${key}"] input`)?.focus());
  };
  const set = (key: ListColumn, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const columns = order.filter((key) => chosen.has(key));
  return (
    <Modal
      open
      title={t('columns.title')}
      okText={t('columns.save')}
      okButtonProps={{ disabled: columns.length === 0 }}
      onOk={() => {
        onSave(columns);
        onClose();
      }}
      onCancel={onClose}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <Button
            onClick={() => {
              setOrder([...USUAL_COLUMNS, ...COLUMNS.filter((c) => !USUAL_COLUMNS.includes(c))]);
              setChosen(new Set(USUAL_COLUMNS));
            }}
          >
            {t('columns.usual')}
          </Button>
          <CancelBtn />
          <OkBtn />
        </>
      )}
    >
      <p className="xj-faint">{t('columns.help')}</p>
      <ul className="xj-columns" ref={list} aria-label={t('columns.title')}>
        {order.map((key, i) => {
          const name = t(`column.${key}`);
          return (
            <li key={key} data-column={key}>
              <Checkbox
                checked={chosen.has(key)}
                onChange={(event) => { set(key, event.target.checked); }}
                onKeyDown={(event) => { onKeyDown(event, key); }}
              >
                {name}
              </Checkbox>
              <Button
                size="small"
                type="text"
                icon={<ArrowUpOutlined />}
                disabled={i === 0}
                aria-label={t('columns.up', { name })}
                onClick={() => { move(key, -1); }}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowDownOutlined />}
                disabled={i === order.length - 1}
                aria-label={t('columns.down', { name })}
                onClick={() => { move(key, 1); }}
              />
            </li>
          );
        })}
      </ul>
      <span className="xj-hidden" role="status">{said}</span>
    </Modal>
  );
}
