/* plan/publish.tsx -- put a draft in force; with open warnings, only with a reason. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, data } from '../api/client';
import { newKey } from '../api/key';
import { asProblem } from '../api/problem';
import type { PlanDocument, Version } from '../api/types';
import { useDraft } from '../kit/draft';
import { problemWords, ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { openPairs, pairCountsQuery } from './pairs-query';
import { documentName } from './parts';

const REMARKS_MAX = 2000;

function pairsPath(version: Version): string {
  return `/documents/${version.document.id}?version=${version.summary.id}&tab=pairs`;
}

/** What the draft takes the place of, how many rows of it still wait for a decision, and the way there. */
function PairsNote({ version, onLeave }: { version: Version; onLeave: () => void }) {
  const { t } = useWords();
  const { data: list } = useQuery(pairCountsQuery(version.summary.id));
  if (!list?.before) return null;
  const open = openPairs(list.counts);
  return (
    <>
      {list.before.other ? (
        <Alert
          type="warning"
          showIcon
          title={t('publish.takesTitle', { title: documentName(list.before, list.before) })}
          description={t('publish.takesWhat')}
        />
      ) : null}
      <p className="xj-pad">
        {open > 0 ? t('pairs.openAll', { n: open }) : t('pairs.allDecided')}{' '}
        <Link to={pairsPath(version)} onClick={onLeave}>
          {t('pairs.link')}
        </Link>
      </p>
    </>
  );
}

/** The number of a version of DOCUMENT that is in force and newer than version NO, or null. */
export function newerInForce(document: PlanDocument | undefined, no: number): number | null {
  return document?.versions.find((v) => v.state === 'published' && v.no > no)?.no ?? null;
}

/** NEWER is the number of a newer version that is in force, which this one would replace. */
export function PublishButton({ version, newer }: { version: Version; newer: number | null }) {
  const w = useWords();
  const { t } = w;
  const { message, notification } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { summary } = version;
  const [open, setOpen] = useState(false);
  const [missing, setMissing] = useState(false);
  const [remarks, setRemarks] = useDraft(`publish.${summary.id}`);
  // one act, one key: a second press after a lost answer publishes nothing twice
  const key = useRef(newKey());
  const needed = summary.counts.warnings > 0;

  const refresh = (): void => {
    for (const name of ['documents', 'document', 'version', 'check', 'tasks']) void queries.invalidateQueries({ queryKey: [name] });
  };
  /** Whether another version came into force since the rows were paired: then they are paired anew first. */
  const isOvertaken = async (): Promise<boolean> =>
    (await queries.query({ ...pairCountsQuery(summary.id), staleTime: 0 })).overtaken;
  const act = useMutation({
    mutationFn: async (text: string) => {
      const path = { version: summary.id };
      let at = summary.version;
      if (newer !== null && (await isOvertaken())) {
        // its rows were paired with what was in force when it came: they are paired with what is now
        const paired = await data(
          api.POST('/api/v1/versions/{version}/pairs', {
            params: { path, header: { 'If-Match': `"${at}"`, 'Idempotency-Key': `${key.current}-pair` } },
            body: {},
          }),
        );
        at = paired.summary.version;
      }
      return data(
        api.POST('/api/v1/versions/{version}/publish', {
          params: { path, header: { 'If-Match': `"${at}"`, 'Idempotency-Key': key.current } },
          body: { ...(text ? { remarks: text } : {}), ...(newer === null ? {} : { replace_newer: true }) },
        }),
      );
    },
    onSuccess: () => {
      setRemarks('');
      setOpen(false);
      // the message stands outside the router: no Link in it
      message.success(
        <>
          {t('publish.done')}{' '}
          <Button size="small" type="link" onClick={() => void navigate(`/documents/${version.document.id}/settle`)}>
            {t('settle.link')}
          </Button>
        </>,
        6,
      );
      refresh();
    },
    onError: async (error) => {
      const problem = asProblem(error);
      if (!problem.mayPass) key.current = newKey();
      if (problem.status !== 409) return;
      // somebody else was first: what stands now is shown, and why; asked before the window closes, which ends its queries
      const overtaken = problem.code === 'conflict' && (await isOvertaken());
      setOpen(false);
      refresh();
      if (overtaken) {
        notification.warning({ title: t('pairs.againTitle'), description: t('pairs.againWhy') });
        void navigate(pairsPath(version));
        return;
      }
      const { title, advice } = problemWords(w, problem);
      notification.warning({ title, description: advice });
    },
  });
  const send = (): void => {
    const text = remarks.trim();
    if (needed && !text) setMissing(true);
    else if (!act.isPending) act.mutate(text);
  };

  return (
    <>
      <Button type="primary" onClick={() => { setOpen(true); }}>
        {t('publish.act')}
      </Button>
      <Modal
        open={open}
        title={t('publish.title', { no: summary.no })}
        okText={newer === null ? t('publish.act') : t('publish.replaceAct', { no: summary.no })}
        okButtonProps={{ loading: act.isPending, danger: newer !== null }}
        onOk={send}
        onCancel={() => { setOpen(false); }}
        destroyOnHidden
      >
        {newer === null ? null : (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t('publish.replaceTitle', { newer, no: summary.no })}
            description={t('publish.replaceWhat', { newer, no: summary.no })}
          />
        )}
        <p className="xj-pad">{t('publish.what', { tasks: summary.counts.tasks })}</p>
        <PairsNote version={version} onLeave={() => { setOpen(false); }} />
        <Form layout="vertical">
          <Form.Item
            label={needed ? t('publish.remarksNeeded', { n: summary.counts.warnings }) : t('publish.remarks')}
            htmlFor="publish-remarks"
            required={needed}
            validateStatus={missing ? 'error' : ''}
            help={missing ? t('publish.remarksMissing') : t('publish.remarksHelp')}
          >
            <Input.TextArea
              id="publish-remarks"
              rows={4}
              autoFocus
              showCount
              maxLength={REMARKS_MAX}
              aria-invalid={missing}
              value={remarks}
              onChange={(event) => {
                setRemarks(event.target.value);
                setMissing(false);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && event.ctrlKey) send();
              }}
            />
          </Form.Item>
        </Form>
        {act.error ? <ProblemNote error={act.error} /> : null}
      </Modal>
    </>
  );
}
