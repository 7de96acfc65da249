/*
 * kit/item-drawer.tsx -- one item beside its list.
 *
 * Not modal: the list stays in reach, and j and k walk through it while the item follows.  Escape
 * closes it, and the focus goes back to where it was.
 */
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/lang';
import { useKeys } from './keys';

export function ItemDrawer(props: { label: string; onClose: () => void; children: ReactNode }) {
  const { t } = useWords();
  const box = useRef<HTMLElement>(null);
  useKeys([{ key: 'Escape', says: 'keys.close', run: props.onClose }]);

  useEffect(() => {
    const before = document.activeElement;
    // from a row the focus stays there, so that the keys of the list go on working
    if (!(before instanceof HTMLElement && before.closest('[role="row"]'))) box.current?.focus();
    return () => {
      if (!document.activeElement || document.activeElement === document.body) {
        document.querySelector<HTMLElement>('[role="row"][aria-selected="true"]')?.focus({ preventScroll: true });
      }
    };
  }, []);

  return (
    <section ref={box} className="xj-drawer" role="dialog" aria-modal="false" aria-label={props.label} tabIndex={-1}>
      <Button
        className="xj-drawer-close"
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('act.close')}
        title={t('act.closeEsc')}
        onClick={props.onClose}
      />
      {props.children}
    </section>
  );
}
