/* plan/heads-dialog.tsx -- the heads that the office puts over its spreadsheets: kept, changed, deleted. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { Head, HeadColumn, HeadNew, LedgerColumn } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { Answer } from '../kit/states';
import { useWords, type Words } from '../words/lang';
import { headsQuery } from './ledger-query';

const KEYS: readonly LedgerColumn[] = [
  'number', 'document', 'action', 'no', 'title', 'text', 'lead', 'responsible', 'cooperate', 'units', 'kind', 'due', 'dates', 'deadline',
  'raw', 'strength', 'tags', 'targets', 'warnings', 'indicator', 'target', 'unit', 'role', 'blank',
];
const COLUMNS_MAX = 30;
const REPEATS = [0, 1, 2, 3];

function usual(w: Words): HeadNew {
  const keys: LedgerColumn[] = ['number', 'title', 'lead', 'responsible', 'deadline', 'blank'];
  return {
    name: '',
    form: 'list',
    title: '',
    subtitle: '',
    repeat: 1,
    columns: keys.map((key) => ({ key, title: w.t(`column.${key}`) })),
  };
}

function Columns({ columns, onChange }: { columns: readonly HeadColumn[]; onChange: (columns: HeadColumn[]) => void }) {
  const w = useWords();
  const { t } = w;
  const [adding, setAdding] = useState<LedgerColumn | null>(null);
  const set = (at: number, change: Partial<HeadColumn>): void => {
    onChange(columns.map((c, i) => (i === at ? { ...c, ...change } : c)));
  };
  const move = (at: number, step: number): void => {
    const next = [...columns];
    const [item] = next.splice(at, 1);
    if (item) next.splice(at + step, 0, item);
    onChange(next);
  };
  const left = KEYS.filter((key) => key === 'blank' || !columns.some((c) => c.key === key));
  return (
    <>
      <ol className="xj-head-columns" aria-label={t('heads.columns')}>
        {columns.map((column, i) => {
          const name = t(`column.${column.key}`);
          return (
            <li key={`${column.key} ${i}`}>
              <span className="xj-faint">{name}</span>
              <Input
                aria-label={t('heads.columnTitle', { name })}
                maxLength={40}
                value={column.title}
                status={column.title.trim() ? '' : 'error'}
                onChange={(event) => { set(i, { title: event.target.value }); }}
              />
              <InputNumber
                aria-label={t('heads.columnWidth', { name })}
                min={3}
                max={100}
                precision={0}
                placeholder={t('heads.auto')}
                value={column.width ?? null}
                onChange={(width) => {
                  const { key, title } = column;
                  onChange(columns.map((c, at) => (at === i ? { key, title, ...(width === null ? {} : { width }) } : c)));
                }}
              />
              <Button type="text" icon={<ArrowUpOutlined />} disabled={i === 0} aria-label={t('columns.up', { name })} onClick={() => { move(i, -1); }} />
              <Button
                type="text"
                icon={<ArrowDownOutlined />}
                disabled={i === columns.length - 1}
                aria-label={t('columns.down', { name })}
                onClick={() => { move(i, 1); }}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('heads.columnRemove', { name })}
                onClick={() => { onChange(columns.filter((_, at) => at !== i)); }}
              />
            </li>
          );
        })}
      </ol>
      <span className="xj-acts">
        <Select
          aria-label={t('heads.columnAdd')}
          placeholder={t('heads.columnAdd')}
          className="xj-head-add"
          value={adding}
          onChange={setAdding}
          options={left.map((key) => ({ value: key, label: t(`column.${key}`) }))}
        />
        <Button
          icon={<PlusOutlined />}
          disabled={adding === null || columns.length >= COLUMNS_MAX}
          onClick={() => {
            if (adding) onChange([...columns, { key: adding, title: t(`column.${adding}`) }]);
            setAdding(null);
          }}
        >
          {t('heads.add')}
        </Button>
      </span>
    </>
  );
}

/** One head in a form; HEAD null: a new one. */
function Editor({ head, onDone }: { head: Head | null; onDone: () => void }) {
  const w = useWords();
  const { t } = w;
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<HeadNew>(() => {
    if (!head) return usual(w);
    const { name, form, title, subtitle, repeat, columns } = head;
    return { name, form, title, subtitle, repeat, columns };
  });
  const set = (change: Partial<HeadNew>): void => { setDraft({ ...draft, ...change }); };
  const settled = (): void => { void queries.invalidateQueries({ queryKey: headsQuery.queryKey }); };
  const save = useMutation({
    mutationFn: () =>
      head
        ? data(
            api.PUT('/api/v1/ledger/heads/{head}', {
              params: { path: { head: head.id }, header: { 'If-Match': `"${head.version}"`, 'Idempotency-Key': newKey() } },
              body: draft,
            }),
          )
        : data(api.POST('/api/v1/ledger/heads', { params: { header: { 'Idempotency-Key': newKey() } }, body: draft })),
    onSuccess: (made) => {
      message.success(t('heads.saved', { name: made.name }));
      onDone();
    },
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (of: Head) =>
      api.DELETE('/api/v1/ledger/heads/{head}', {
        params: { path: { head: of.id }, header: { 'If-Match': `"${of.version}"`, 'Idempotency-Key': newKey() } },
      }),
    onSuccess: onDone,
    onSettled: settled,
  });
  const good = draft.name.trim() !== '' && draft.columns.length > 0 && draft.columns.every((c) => c.title.trim() !== '');
  return (
    <Form layout="vertical" onFinish={() => { save.mutate(); }}>
      <Form.Item label={t('heads.name')} htmlFor="head-name" required>
        <Input id="head-name" maxLength={60} value={draft.name} onChange={(e) => { set({ name: e.target.value }); }} />
      </Form.Item>
      <Form.Item label={t('heads.form')}>
        <Radio.Group aria-label={t('heads.form')} value={draft.form} onChange={(e) => { set({ form: e.target.value === 'sheet' ? 'sheet' : 'list' }); }}>
          <Radio value="list">{t('heads.form.list')}</Radio>
          <Radio value="sheet">{t('heads.form.sheet')}</Radio>
        </Radio.Group>
      </Form.Item>
      <Form.Item label={t('heads.title')} htmlFor="head-title">
        <Input id="head-title" maxLength={100} value={draft.title} onChange={(e) => { set({ title: e.target.value }); }} />
      </Form.Item>
      <Form.Item label={t('heads.subtitle')} htmlFor="head-subtitle">
        <Input id="head-subtitle" maxLength={100} value={draft.subtitle} onChange={(e) => { set({ subtitle: e.target.value }); }} />
      </Form.Item>
      <Form.Item label={t('heads.repeat')} htmlFor="head-repeat">
        <Select id="head-repeat" value={draft.repeat} onChange={(repeat: number) => { set({ repeat }); }} options={REPEATS.map((n) => ({ value: n, label: t(`heads.repeat.${n as 0 | 1 | 2 | 3}`) }))} />
      </Form.Item>
      <Form.Item label={t('heads.columns')}>
        <Columns columns={draft.columns} onChange={(columns) => { set({ columns }); }} />
      </Form.Item>
      {save.error ? <ProblemNote error={save.error} /> : null}
      {remove.error ? <ProblemNote error={remove.error} /> : null}
      <span className="xj-acts">
        <Button type="primary" htmlType="submit" disabled={!good} loading={save.isPending}>
          {t('act.save')}
        </Button>
        {head ? (
          <Button
            danger
            onClick={() => {
              void modal.confirm({
                title: t('heads.removeTitle', { name: head.name }),
                okText: t('heads.remove'),
                okButtonProps: { danger: true },
                onOk: () => remove.mutateAsync(head),
              });
            }}
          >
            {t('heads.remove')}
          </Button>
        ) : null}
      </span>
    </Form>
  );
}

export function HeadsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const heads = useQuery(headsQuery);
  const [shown, setShown] = useState<number | null>(null);
  return (
    <Modal open width={760} title={t('heads.which')} footer={null} onCancel={onClose}>
      <Answer query={heads}>
        {({ items }) => {
          const head = items.find((h) => h.id === shown) ?? null;
          return (
            <>
              <Select
                aria-label={t('heads.choose')}
                className="xj-head-which"
                value={head?.id ?? 0}
                onChange={(id: number) => { setShown(id === 0 ? null : id); }}
                options={[{ value: 0, label: t('heads.new') }, ...items.map((h) => ({ value: h.id, label: h.name }))]}
              />
              <Editor key={head ? `${head.id} ${head.version}` : `new ${items.length}`} head={head} onDone={() => { setShown(null); }} />
            </>
          );
        }}
      </Answer>
    </Modal>
  );
}
