/*
 * plan/views-bar.tsx -- saved views of the register: one's own and those that the office shares.
 *
 * A view that is opened is spelled out in the address; its name stands there too, so that what is
 * changed since can be saved under it.
 */
import { DownOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Dropdown, Form, Input, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { sessionQuery } from '../api/calls';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { LedgerView } from '../api/types';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { readSaved } from './filters';
import { isChanged, ledgerQuery, viewContent, viewSearch, withView } from './ledger-query';

const NAME_MAX = 60;

/** Save what is seen under a new name, or another name for VIEW. */
function NameDialog({ view, onClose }: { view: LedgerView | null; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const session = useQuery(sessionQuery);
  const mayShare = session.data?.rights.some((r) => r.right === 'ledger.share') ?? false;
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(false);
  const key = useRef(newKey());
  const act = useMutation({
    mutationFn: () =>
      view
        ? data(
            api.PATCH('/api/v1/ledger/views/{view}', {
              params: { path: { view: view.id }, header: { 'If-Match': `"${view.version}"`, 'Idempotency-Key': key.current } },
              body: { name: name.trim() },
            }),
          )
        : data(
            api.POST('/api/v1/ledger/views', {
              params: { header: { 'Idempotency-Key': key.current } },
              body: { name: name.trim(), shared, ...viewContent(search) },
            }),
          ),
    onSuccess: (made) => {
      queries.setQueryData(ledgerQuery.queryKey, (old) => old && withView(old, made));
      message.success(t(view ? 'views.renamed' : 'views.saved', { name: made.name }));
      if (!view) setSearch(viewSearch(made), { replace: true });
      onClose();
    },
    onError: () => { key.current = newKey(); },
    onSettled: () => { void queries.invalidateQueries({ queryKey: ledgerQuery.queryKey }); },
  });
  const send = (): void => {
    if (name.trim() && !act.isPending) act.mutate();
  };
  return (
    <Modal
      open
      title={t(view ? 'views.rename' : 'views.saveAs')}
      okText={t('act.save')}
      okButtonProps={{ disabled: name.trim() === '', loading: act.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('views.name')} htmlFor="view-name" help={view ? undefined : t('views.what')}>
          <Input
            id="view-name"
            autoFocus
            maxLength={NAME_MAX}
            value={name}
            onChange={(event) => { setName(event.target.value); }}
            onPressEnter={send}
          />
        </Form.Item>
        {!view && mayShare ? (
          <Checkbox checked={shared} onChange={(event) => { setShared(event.target.checked); }}>
            {t('views.share')}
          </Checkbox>
        ) : null}
      </Form>
      {act.error ? <ProblemNote error={act.error} /> : null}
    </Modal>
  );
}

export function ViewsBar() {
  const w = useWords();
  const { t } = w;
  const { message, modal, notification } = App.useApp();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const ledger = useQuery(ledgerQuery);
  const session = useQuery(sessionQuery);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const mayShare = session.data?.rights.some((r) => r.right === 'ledger.share') ?? false;
  const views = ledger.data?.views ?? [];
  const desk = ledger.data?.desk;
  const view = views.find((v) => v.id === readSaved(search)) ?? null;
  const mayChange = view !== null && (!view.shared || mayShare);
  const changed = view !== null && isChanged(view, search);

  const refused = (thrown: unknown): void => {
    const { title, advice } = problemWords(w, asProblem(thrown));
    notification.error({ title, description: advice });
    void queries.invalidateQueries({ queryKey: ledgerQuery.queryKey });
  };
  const act = async (run: () => Promise<unknown>, says: string): Promise<void> => {
    try {
      await run();
      await queries.invalidateQueries({ queryKey: ledgerQuery.queryKey });
      message.success(says);
    } catch (thrown) {
      refused(thrown);
    }
  };
  const header = (of: LedgerView) => ({ 'If-Match': `"${of.version}"`, 'Idempotency-Key': newKey() });
  const save = (of: LedgerView): Promise<void> =>
    act(
      async () => {
        const made = await data(
          api.PATCH('/api/v1/ledger/views/{view}', {
            params: { path: { view: of.id }, header: header(of) },
            body: viewContent(search),
          }),
        );
        queries.setQueryData(ledgerQuery.queryKey, (old) => old && withView(old, made));
      },
      t('views.saved', { name: of.name }),
    );
  const setDefault = (id: number | null): Promise<void> =>
    act(
      () =>
        data(
          api.PUT('/api/v1/ledger/desk', {
            params: { header: { 'Idempotency-Key': newKey() } },
            body: { view: id, columns: desk?.columns ?? [] },
          }),
        ),
      t('views.defaultSet'),
    );
  const remove = (of: LedgerView): void => {
    void modal.confirm({
      title: t('views.removeTitle', { name: of.name }),
      content: t(of.shared ? 'views.removeShared' : 'views.removeWhat'),
      okText: t('views.remove'),
      okButtonProps: { danger: true },
      onOk: () =>
        act(async () => {
          const reply = await api.DELETE('/api/v1/ledger/views/{view}', { params: { path: { view: of.id }, header: header(of) } });
          setSearch((old) => {
            const next = new URLSearchParams(old);
            next.delete('saved');
            return next;
          }, { replace: true });
          return reply;
        }, t('views.removed')),
    });
  };
  const open = (id: number | null): void => {
    const chosen = views.find((v) => v.id === id);
    const programme = search.get('programme');
    setSearch(chosen ? viewSearch(chosen) : new URLSearchParams(programme ? { programme } : { cols: '' }));
  };
  const group = (shared: boolean) => ({
    label: t(shared ? 'views.shared' : 'views.own'),
    options: views
      .filter((v) => v.shared === shared)
      .map((v) => ({ value: v.id, label: v.id === desk?.view ? t('views.isDefault', { name: v.name }) : v.name })),
  });
  const items = [
    { key: 'new', label: t('views.saveAs'), onClick: () => { setNaming('new'); } },
    ...(view !== null && mayChange
      ? [
          { key: 'save', label: t('views.save', { name: view.name }), disabled: !changed, onClick: () => void save(view) },
          { key: 'rename', label: t('views.rename'), onClick: () => { setNaming('rename'); } },
          { key: 'remove', label: t('views.remove'), danger: true, onClick: () => { remove(view); } },
        ]
      : []),
    ...(view !== null && desk?.view !== view.id
      ? [{ key: 'default', label: t('views.setDefault'), onClick: () => void setDefault(view.id) }]
      : []),
    ...(desk?.view ? [{ key: 'noDefault', label: t('views.noDefault'), onClick: () => void setDefault(null) }] : []),
  ];
  return (
    <>
      <Select
        aria-label={t('views.label')}
        className="xj-views"
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        allowClear={view !== null}
        placeholder={t('views.none')}
        value={view?.id ?? null}
        onChange={(id: number | null | undefined) => { open(id ?? null); }}
        options={[group(false), group(true)].filter((g) => g.options.length > 0)}
        notFoundContent={t('views.empty')}
      />
      {changed ? <span className="xj-faint" role="status">{t('views.changed')}</span> : null}
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button icon={<DownOutlined />} iconPlacement="end">
          {t('views.menu')}
        </Button>
      </Dropdown>
      {naming ? <NameDialog view={naming === 'rename' ? view : null} onClose={() => { setNaming(null); }} /> : null}
    </>
  );
}
