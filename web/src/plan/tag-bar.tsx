/* plan/tag-bar.tsx -- what can be done with the marked tasks: tags are set and removed on all of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Modal, Progress, Select } from 'antd';
import { useRef, useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import type { TaskFilters, TaskOrder } from '../api/types';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { tagsQuery } from './ledger-query';
import type { Marks } from './marks';
import { allTaskRows } from './tasks-query';

/** What opens stays inside the dialog, for those who hear the page. */
const inside = (node: HTMLElement): HTMLElement => node.parentElement ?? document.body;

const PIECE = 500;
const TAG_MAX = 50;
const CHANGES_MAX = 20;

interface Work {
  add: string[];
  remove: string[];
}

interface Props {
  marks: Marks;
  /** How many the filters let through. */
  count: number | undefined;
  filters: TaskFilters;
  order: TaskOrder;
}

export function TagBar({ marks, count, filters, order }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const n = marks.all ? (count ?? 0) : marks.ids.size;
  if (n === 0) return null;
  return (
    <div className="xj-mark-bar xj-no-print" role="region" aria-label={t('marks.label')}>
      <span role="status">{t('marks.count', { n })}</span>
      {!marks.all && count !== undefined && count > n ? (
        <Button type="link" size="small" onClick={() => { marks.setAll(true); }}>
          {t('marks.all', { n: count })}
        </Button>
      ) : null}
      <Button size="small" type="primary" onClick={() => { setOpen(true); }}>
        {t('tags.act')}
      </Button>
      <Button size="small" onClick={marks.clear}>
        {t('marks.clear')}
      </Button>
      {open ? <TagDialog marks={marks} n={n} filters={filters} order={order} onClose={() => { setOpen(false); }} /> : null}
    </div>
  );
}

function TagDialog({ marks, n, filters, order, onClose }: Omit<Props, 'count'> & { n: number; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const known = useQuery(tagsQuery);
  const [work, setWork] = useState<Work>({ add: [], remove: [] });
  const [done, setDone] = useState(0);
  // each piece has a key of its own, the same when the whole is tried again
  const key = useRef(newKey());
  const act = useMutation({
    mutationFn: async ({ add, remove }: Work) => {
      const ids = marks.all
        ? (await allTaskRows(queries, filters, order, new AbortController().signal, () => undefined)).map((row) => row.id)
        : [...marks.ids];
      for (let at = 0; at < ids.length; at += PIECE) {
        await data(
          api.POST('/api/v1/tasks/tags', {
            params: { header: { 'Idempotency-Key': `${key.current}-${at}` } },
            body: { tasks: ids.slice(at, at + PIECE), add, remove },
          }),
        );
        setDone(Math.min(ids.length, at + PIECE));
      }
      return ids.length;
    },
    onSuccess: (tagged) => {
      message.success(t('tags.done', { n: tagged }));
      marks.clear();
      onClose();
    },
    onError: () => { key.current = newKey(); },
    onSettled: () => {
      for (const name of ['tasks', 'tags']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
  const items = known.data?.items ?? [];
  // what many plans are sorted by; any other word will do
  const suggested = t('tags.suggested').split(t('list.comma'));
  const options = [...new Set([...suggested, ...items])].map((value) => ({ value, label: value }));
  const clean = (values: string[]): string[] =>
    [...new Set(values.map((v) => v.trim().slice(0, TAG_MAX)).filter(Boolean))].slice(0, CHANGES_MAX);
  const both = work.add.some((tag) => work.remove.includes(tag));
  const nothing = work.add.length + work.remove.length === 0;
  return (
    <Modal
      open
      title={t('tags.title', { n })}
      okText={t('tags.save')}
      okButtonProps={{ disabled: nothing || both, loading: act.isPending }}
      onOk={() => { act.mutate(work); }}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="xj-faint">{t('tags.what')}</p>
      <Form layout="vertical">
        <Form.Item label={t('tags.add')} htmlFor="tags-add" help={t('tags.addHelp')}>
          <Select
            id="tags-add"
            mode="tags"
            getPopupContainer={inside}
            autoFocus
            tokenSeparators={[',', '，', '、', ' ']}
            value={work.add}
            onChange={(add: string[]) => { setWork({ ...work, add: clean(add) }); }}
            options={options}
          />
        </Form.Item>
        <Form.Item
          label={t('tags.remove')}
          htmlFor="tags-remove"
          validateStatus={both ? 'error' : ''}
          help={both ? t('tags.both') : undefined}
        >
          <Select
            id="tags-remove"
            mode="multiple"
            getPopupContainer={inside}
            value={work.remove}
            onChange={(remove: string[]) => { setWork({ ...work, remove: clean(remove) }); }}
            options={items.map((value) => ({ value, label: value }))}
            notFoundContent={t('tags.none')}
          />
        </Form.Item>
      </Form>
      {act.isPending && n > PIECE ? <Progress percent={Math.round((done / n) * 100)} aria-label={t('tags.title', { n })} /> : null}
      {act.error ? <ProblemNote error={act.error} /> : null}
    </Modal>
  );
}
