/* plan/document-edit.tsx -- change the kind of a document, or the head of one that is no plan. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { DocumentFields, PlanDocument } from '../api/types';
import { useWords } from '../words/lang';
import { DocumentForm } from './document-form';
import { documentQuery } from './document-query';

export function DocumentEdit({ document }: { document: PlanDocument }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [seen, setSeen] = useState<PlanDocument | null>(null);
  const change = useMutation({
    mutationFn: (body: DocumentFields) =>
      data(
        api.PATCH('/api/v1/documents/{document}', {
          params: {
            path: { document: document.id },
            header: { 'If-Match': `"${seen?.version ?? document.version}"`, 'Idempotency-Key': newKey() },
          },
          body,
        }),
      ),
    onSuccess: () => {
      void message.success(t('document.changed'));
      setSeen(null);
    },
    onError: async (error) => {
      // what was typed stays; a second press goes against what stands now, which is shown behind the window
      if (asProblem(error).code === 'stale') setSeen(await queries.query({ ...documentQuery(document.id), staleTime: 0 }));
    },
    onSettled: () => {
      for (const name of ['documents', 'document']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
  return (
    <>
      <Button
        size="small"
        type="link"
        onClick={() => {
          change.reset();
          setSeen(document);
        }}
      >
        {document.plan ? t('document.changeKind') : t('document.change')}
      </Button>
      {seen ? (
        <DocumentForm
          title={document.plan ? t('document.changeKind') : t('document.change')}
          okText={t('document.save')}
          initial={seen}
          kindOnly={document.plan}
          note={document.plan ? t('document.headInDraft') : undefined}
          pending={change.isPending}
          error={change.error}
          onSubmit={(fields) => { change.mutate(fields); }}
          onClose={() => { setSeen(null); }}
        />
      ) : null}
    </>
  );
}
