/* plan/document-form.tsx -- what a document is: its title, number, issuer, date and kind, in a window. */
import { Form, Input, Modal, Select } from 'antd';
import type { ReactNode } from 'react';
import type { DocumentFields } from '../api/types';
import { DayField } from '../kit/day-field';
import { ProblemNote } from '../kit/problem-note';
import { useWords } from '../words/lang';
import { DOCUMENT_KINDS } from './document-kinds';

interface DocumentFormProps {
  title: string;
  okText: string;
  initial: DocumentFields;
  /** The head is that of a plan, which its draft has: only the kind is changed here. */
  kindOnly?: boolean;
  note?: ReactNode;
  pending: boolean;
  error: unknown;
  onSubmit: (fields: DocumentFields) => void;
  onClose: () => void;
}

const orNull = (text: string | null | undefined): string | null => text?.trim() || null;

export function DocumentForm({ title, okText, initial, kindOnly = false, note, pending, error, onSubmit, onClose }: DocumentFormProps) {
  const { t } = useWords();
  const [form] = Form.useForm<DocumentFields>();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText={t('act.cancel')}
      confirmLoading={pending}
      onOk={() => { form.submit(); }}
      onCancel={onClose}
      width={600}
    >
      {error ? (
        <div className="xj-form-note">
          <ProblemNote error={error} />
        </div>
      ) : null}
      {note ? <p className="xj-faint">{note}</p> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(values) => {
          const head = kindOnly
            ? { title: initial.title, doc_no: initial.doc_no, issuer: initial.issuer, issued_on: initial.issued_on }
            : { title: values.title.trim(), doc_no: orNull(values.doc_no), issuer: orNull(values.issuer), issued_on: orNull(values.issued_on) };
          onSubmit({ ...head, kind: values.kind });
        }}
      >
        {kindOnly ? null : (
          <>
            <Form.Item name="title" label={t('document.title')} rules={[{ required: true, whitespace: true, message: t('setup.missing') }]}>
              <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} autoFocus onKeyDown={(event) => { if (event.key === 'Enter') event.preventDefault(); }} />
            </Form.Item>
            <Form.Item name="doc_no" label={t('document.docNo')}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="issuer" label={t('document.issuer')}>
              <Input maxLength={300} />
            </Form.Item>
            <Form.Item name="issued_on" label={t('document.issuedOn')}>
              <DayField max="9998-12-31" />
            </Form.Item>
          </>
        )}
        <Form.Item name="kind" label={t('document.kind')}>
          <Select options={DOCUMENT_KINDS.map((kind) => ({ value: kind, label: t(`documentKind.${kind}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
