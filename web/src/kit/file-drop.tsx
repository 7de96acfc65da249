/* kit/file-drop.tsx -- a place to drop files on, with a button for those who do not drag. */
import { InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/lang';

interface Props {
  hint: string;
  accept: string;
  disabled?: boolean;
  /** One file is taken. */
  single?: boolean;
  onFiles: (files: File[]) => void;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The whole window takes the drop: a file that misses a box must not open in place of the page.  True while files are held over it. */
export function useWindowDrop(disabled: boolean, onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = disabled ? 'none' : 'copy';
      setOver(!disabled);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (!disabled && files.length > 0) onFiles(files);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [disabled, onFiles]);

  return over;
}

export function FileDrop({ hint, accept, disabled = false, single = false, onFiles }: Props) {
  const { t } = useWords();
  const over = useWindowDrop(disabled, onFiles);
  const input = useRef<HTMLInputElement>(null);

  return (
    <div className={over ? 'xj-drop xj-drop-over' : 'xj-drop'} role="group" aria-label={t('drop.label')}>
      <InboxOutlined aria-hidden="true" />
      <span>
        {over ? t('drop.now') : t(single ? 'drop.hereOne' : 'drop.here')}
        <span className="xj-faint"> {hint}</span>
      </span>
      <Button type="primary" disabled={disabled} onClick={() => input.current?.click()}>
        {t('drop.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={!single}
        hidden
        accept={accept}
        aria-label={t('drop.choose')}
        onChange={(event) => {
          const files = Array.from(event.target.files ?? []);
          event.target.value = ''; // the same file may be chosen again
          if (files.length > 0) onFiles(files);
        }}
      />
    </div>
  );
}
