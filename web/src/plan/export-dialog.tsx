/* plan/export-dialog.tsx -- the list as a file: under which heads, in which form. */
import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { sessionQuery } from '../api/calls';
import type { TaskFilters, TaskOrder } from '../api/types';
import { DownloadButton } from '../kit/download-button';
import { today } from '../words/dates';
import { useWords } from '../words/lang';
import { queryString, type ListColumn } from './filters';
import { HeadsDialog } from './heads-dialog';
import { headsQuery } from './ledger-query';

interface Props {
  filters: TaskFilters;
  order: TaskOrder;
  columns: readonly ListColumn[];
  disabled: boolean;
}

export function ExportButton(props: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<DownloadOutlined />} disabled={props.disabled} onClick={() => { setOpen(true); }}>
        {t('export.act')}
      </Button>
      {open ? <ExportDialog {...props} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}

function ExportDialog({ filters, order, columns, onClose }: Props & { onClose: () => void }) {
  const w = useWords();
  const { t } = w;
  const heads = useQuery(headsQuery);
  const session = useQuery(sessionQuery);
  const mayKeep = session.data?.rights.some((r) => r.right === 'ledger.share') ?? false;
  const [form, setForm] = useState('list');
  const [editing, setEditing] = useState(false);
  const items = heads.data?.items ?? [];
  const head = items.find((h) => `head ${h.id}` === form);
  const csv = form === 'csv';
  const sheet = form === 'sheet' || head?.form === 'sheet';
  const query = {
    ...filters,
    order,
    lang: w.lang,
    ...(head ? { head: head.id } : {}),
    ...(form === 'columns' ? { columns: columns.join(',') } : {}),
    ...(form === 'sheet' ? { form } : {}),
  };
  const name = head?.name ?? t(sheet ? 'export.form.sheet' : 'tasks.heading');
  return (
    <Modal
      open
      title={t('export.title')}
      onCancel={onClose}
      footer={
        <>
          {mayKeep ? <Button onClick={() => { setEditing(true); }}>{t('heads.manage')}</Button> : null}
          <DownloadButton
            label={t('export.download')}
            url={`/api/v1/tasks/export.${csv ? 'csv' : 'xlsx'}?${queryString(query)}`}
            name={`${name} ${today()}.${csv ? 'csv' : 'xlsx'}`}
          />
        </>
      }
    >
      <Radio.Group
        className="xj-forms"
        aria-label={t('export.title')}
        value={form}
        onChange={(event) => { setForm(String(event.target.value)); }}
      >
        <Radio value="list">{t('export.form.list')}</Radio>
        <Radio value="columns">{t('export.form.columns')}</Radio>
        <Radio value="sheet">{t('export.form.sheet')}</Radio>
        {items.map((h) => (
          <Radio key={h.id} value={`head ${h.id}`}>
            {t('export.form.head', { name: h.name, form: t(`heads.form.${h.form}`) })}
          </Radio>
        ))}
        <Radio value="csv">{t('export.form.csv')}</Radio>
      </Radio.Group>
      <p className="xj-faint">{t(sheet ? 'export.help.sheet' : csv ? 'export.help.csv' : 'export.help.list')}</p>
      {editing ? <HeadsDialog onClose={() => { setEditing(false); }} /> : null}
    </Modal>
  );
}
