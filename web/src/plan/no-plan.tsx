/* plan/no-plan.tsx -- a draft that is no plan after all: its file is set aside, what was done on it is thrown away. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { Version } from '../api/types';
import { problemWords } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { useMayChange } from './may-change';

export function NoPlan({ version }: { version: Version }) {
  const w = useWords();
  const { t } = w;
  const { modal, message, notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayChange = useMayChange();
  const { summary } = version;
  const act = useMutation({
    mutationFn: async () => {
      await api.POST('/api/v1/versions/{version}/aside', {
        params: { path: { version: summary.id }, header: { 'If-Match': `"${summary.version}"`, 'Idempotency-Key': newKey() } },
        body: {},
      });
    },
    onSuccess: () => {
      message.success(t('noPlan.done'));
      // the draft is gone: what showed it is left before it is asked for again
      void navigate('/documents');
      for (const name of ['asides', 'documents', 'tasks']) void queries.invalidateQueries({ queryKey: [name] });
    },
    onError: (error) => {
      const { title, advice } = problemWords(w, asProblem(error));
      notification.warning({ title, description: advice });
      for (const name of ['document', 'version']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
  if (!mayChange) return null;
  return (
    <Button
      loading={act.isPending}
      onClick={() => {
        void modal.confirm({
          title: t('noPlan.title'),
          content: t('noPlan.what', { tasks: summary.counts.tasks }),
          okText: t('noPlan.act'),
          cancelText: t('act.cancel'),
          onOk: () => { act.mutate(); },
        });
      }}
    >
      {t('noPlan.act')}
    </Button>
  );
}
