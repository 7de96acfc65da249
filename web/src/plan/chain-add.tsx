/* plan/chain-add.tsx -- a window in which a document is linked to one that it rests on. */
import { Form, Modal, Select } from 'antd';
import type { DocumentRelation } from '../api/types';
import { useWords } from '../words/lang';
import type { Said } from './chain-tab';
import { DOCUMENT_RELATIONS } from './document-kinds';
import { DocumentPick } from './document-pick';

interface ChainAddProps {
  document: number;
  pending: boolean;
  onSay: (said: Said) => void;
  onClose: () => void;
}

export function ChainAdd({ document, pending, onSay, onClose }: ChainAddProps) {
  const { t } = useWords();
  const [form] = Form.useForm<{ other: number; relation: DocumentRelation }>();
  return (
    <Modal
      open
      title={t('chain.addTitle')}
      okText={t('chain.addAct')}
      cancelText={t('act.cancel')}
      confirmLoading={pending}
      onOk={() => { form.submit(); }}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ relation: 'carries_out' }}
        onFinish={({ other, relation }) => { onSay({ other, link: { relation } }); }}
      >
        <Form.Item name="relation" label={t('chain.relation')}>
          <Select options={DOCUMENT_RELATIONS.map((relation) => ({ value: relation, label: t(`chain.relation.${relation}`) }))} />
        </Form.Item>
        <Form.Item name="other" label={t('chain.other')} rules={[{ required: true, message: t('chain.otherMissing') }]}>
          <DocumentPick label={t('chain.other')} except={document} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
