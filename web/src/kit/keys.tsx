/*
 * kit/keys.tsx -- single keys for pages, out of the way of typing.
 *
 * A page says which keys it knows with useKeys; `?` shows those of the page in one dialog.  Keys are
 * left alone in fields, in open dialogs and with Ctrl, Alt or Meta.
 */
import { Modal } from 'antd';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../words/lang';
import type { Key } from '../words/words';

export interface PageKey {
  /** As KeyboardEvent.key gives it. */
  key: string;
  says: Key;
  run: () => void;
}

interface Registry {
  add: (keys: readonly PageKey[]) => () => void;
  help: () => void;
}

const Context = createContext<Registry | null>(null);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]:not([data-keys])') !== null;
}

export function KeysProvider({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [shown, setShown] = useState<readonly PageKey[] | null>(null);
  const sets = useRef<(readonly PageKey[])[]>([]);

  const registry = useMemo<Registry>(
    () => ({
      add: (keys) => {
        sets.current.push(keys);
        return () => {
          sets.current = sets.current.filter((set) => set !== keys);
        };
      },
      help: () => {
        setShown(sets.current.flat());
      },
    }),
    [],
  );

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (isTyping(event.target) || dialogOpen()) return;
      // Enter belongs to whatever has the focus: a link, a button, a row
      if (event.key === 'Enter' && event.target !== document.body) return;
      if (event.key === '?') {
        event.preventDefault();
        registry.help();
        return;
      }
      const found = sets.current.flat().findLast((k) => k.key === event.key);
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [registry]);

  return (
    <Context value={registry}>
      {children}
      <Modal
        open={shown !== null}
        title={t('keys.title')}
        footer={null}
        onCancel={() => {
          setShown(null);
        }}
      >
        <dl className="xj-keys">
          {[...(shown ?? []), { key: '?', says: 'keys.help' as const }, { key: 'Esc', says: 'keys.close' as const }].map(
            (k) => (
              <div key={k.key}>
                <dt>
                  <kbd>{k.key}</kbd>
                </dt>
                <dd>{t(k.says)}</dd>
              </div>
            ),
          )}
        </dl>
      </Modal>
    </Context>
  );
}

function useRegistry(): Registry {
  const registry = use(Context);
  if (!registry) throw new Error('keys used outside KeysProvider');
  return registry;
}

/** Make KEYS work while the calling part is shown. */
export function useKeys(keys: readonly PageKey[]): void {
  const registry = useRegistry();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const names = keys.map((k) => `${k.key}\t${k.says}`).join('\n');
  useEffect(() => {
    const stable = names
      .split('\n')
      .filter(Boolean)
      .map((line): PageKey => {
        const [key = '', says = ''] = line.split('\t');
        return {
          key,
          says: says as Key,
          run: () => {
            latest.current.find((k) => k.key === key)?.run();
          },
        };
      });
    return registry.add(stable);
  }, [registry, names]);
}

/** Show the keys of the page. */
export function useKeysHelp(): () => void {
  return useRegistry().help;
}
