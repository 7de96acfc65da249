/* duty/why-dialog.tsx -- a step that needs a reason; FIRST is one that may be taken as it is.  CHILDREN are asked for with it. */
import { Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useWords } from '../words/lang';
import { Refused } from './parts';

export function WhyDialog(props: { title: string; first?: string; error: Error | null; busy: boolean; onDo: (why: string) => void; onClose: () => void; children?: ReactNode }) {
  const { t } = useWords();
  const [why, setWhy] = useState(props.first ?? '');
  const id = useId();
  return (
    <Modal
      open
      title={props.title}
      okText={t('act.confirm')}
      okButtonProps={{ disabled: why.trim() === '' }}
      cancelText={t('act.cancel')}
      confirmLoading={props.busy}
      onOk={() => { props.onDo(why.trim()); }}
      onCancel={props.onClose}
    >
      <Refused error={props.error} />
      {props.children}
      <label htmlFor={id}>{t('duty.why')}</label>
      <Input.TextArea id={id} autoFocus rows={3} maxLength={2000} value={why} onChange={(event) => { setWhy(event.target.value); }} />
    </Modal>
  );
}
