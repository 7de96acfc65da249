/* org/first-passwords.tsx -- the passwords of accounts that an import made: shown once, printed as slips to cut apart. */
import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import type { DirectoryImported } from '../api/types';
import { useWords } from '../words/lang';

export function FirstPasswords({ imported }: { imported: DirectoryImported }) {
  const { t } = useWords();
  if (imported.accounts === 0) return null;
  if (imported.passwords === null) return <Alert type="warning" showIcon title={t('roster.passwordsLost')} />;
  return (
    <section aria-label={t('roster.passwords')}>
      <div className="xj-roster-act xj-no-print">
        <span>{t('roster.passwordsOnce', { n: imported.accounts })}</span>
        <Button icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
          {t('roster.print')}
        </Button>
      </div>
      <ul className="xj-slips">
        {imported.passwords.map((slip) => (
          <li key={slip.account}>
            <b>{slip.name}</b> <span className="xj-faint">{slip.unit}</span>
            <dl>
              <dt>{t('person.account')}</dt>
              <dd>{slip.account}</dd>
              <dt>{t('roster.firstPassword')}</dt>
              <dd className="xj-mono">{slip.password}</dd>
            </dl>
            <span className="xj-faint">{t('roster.slipAdvice', { address: location.origin })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
