/* shell/offline.tsx -- says that the network is gone, and that nothing is lost. */
import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useWords } from '../words/lang';

export function OfflineBanner() {
  const { t } = useWords();
  const online = useSyncExternalStore(
    (tell) => onlineManager.subscribe(tell),
    () => onlineManager.isOnline(),
  );
  if (online) return null;
  return (
    <div className="xj-offline" role="status">
      {t('offline.what')}
    </div>
  );
}
