/* org/password-shown.tsx -- a new password, shown once: it is nowhere else. */
import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import { copyText } from '../kit/copy';
import { useWords } from '../words/lang';

export interface MadePassword {
  name: string;
  /** Null where the answer came a second time: then it was shown before, or is lost. */
  password: string | null;
}

export function PasswordShown({ made, onClose }: { made: MadePassword; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { name, password } = made;
  return (
    <Modal
      open
      title={t('person.passwordOf', { name })}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('person.passwordNoted')}
        </Button>
      }
    >
      {password === null ? (
        <Alert type="warning" showIcon title={t('person.passwordLost')} />
      ) : (
        <>
          <p className="xj-password">
            <output aria-label={t('person.password')}>{password}</output>{' '}
            <Button
              size="small"
              icon={<CopyOutlined />}
              onClick={() => {
                void copyText(password).then((done) => {
                  if (done) message.success(t('person.copied'));
                  else message.error(t('act.notCopied'));
                });
              }}
            >
              {t('person.copy')}
            </Button>
          </p>
          <p>{t('person.passwordOnce')}</p>
        </>
      )}
    </Modal>
  );
}
