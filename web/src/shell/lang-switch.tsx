import { Button } from 'antd';
import { useWords } from '../words/lang';

/** One press changes the language; the button names the other one, in itself. */
export function LangSwitch() {
  const { lang, setLang, t } = useWords();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      size="small"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t('lang.switch')}
      onClick={() => {
        setLang(other);
      }}
    >
      <span className="xj-wide-only">{t('lang.other')}</span>
      <span className="xj-narrow-only">{t('lang.otherShort')}</span>
    </Button>
  );
}
