/* kit/title.ts -- the tab's title: the page's own, then the product. */
import { useEffect } from 'react';
import { useWords } from '../words/lang';

export function useTitle(title: string): void {
  const { t } = useWords();
  const full = title ? `${title} - ${t('app.name')}` : t('app.name');
  useEffect(() => {
    document.title = full;
  }, [full]);
}
