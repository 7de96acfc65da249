/*
 * plan/check/field.tsx -- one field of a row: text is kept in this browser while it is typed, sent
 * when the field is left.
 */
import { Button, Input, Select } from 'antd';
import { useId, useState, type ReactNode, type Ref } from 'react';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useDraft } from '../../kit/draft';
import { useWords } from '../../words/lang';

/** A label above its control. */
export function Field(props: { label: string; htmlFor?: string; children: ReactNode; wide?: boolean; note?: ReactNode }) {
  return (
    <div className={props.wide ? 'xj-field xj-field-wide' : 'xj-field'}>
      {props.htmlFor ? <label htmlFor={props.htmlFor}>{props.label}</label> : <span className="xj-label">{props.label}</span>}
      <div>{props.children}</div>
      {props.note}
    </div>
  );
}

interface TextProps {
  /** Names what is typed, for this browser. */
  name: string;
  label: string;
  value: string;
  max: number;
  rows?: number;
  /** Where an empty text is no value. */
  required?: boolean;
  disabled?: boolean;
  input?: Ref<TextAreaRef>;
  onFocus: () => void;
  /** Where the cursor is, in UTF-16 units. */
  onCursor?: (at: number) => void;
  /** True where it was stored: then the draft is forgotten. */
  commit: (text: string) => Promise<boolean>;
  after?: ReactNode;
}

export function TextField({ name, label, value, max, rows = 1, required = false, disabled = false, input, onFocus, onCursor, commit, after }: TextProps) {
  const { t } = useWords();
  const id = useId();
  const [draft, setDraft] = useDraft(name);
  const [busy, setBusy] = useState(false);
  const shown = draft === '' ? value : draft;
  const missing = required && draft !== '' && draft.trim() === '';

  const store = async (): Promise<void> => {
    if (draft === '' || missing || busy) return;
    const text = draft.trim();
    if (text === value) {
      setDraft('');
      return;
    }
    setBusy(true);
    if (await commit(text)) setDraft('');
    setBusy(false);
  };
  return (
    <Field
      wide
      label={label}
      htmlFor={id}
      note={
        missing ? <p className="xj-bad">{t('check.required')}</p> : draft !== '' && !busy ? <p className="xj-faint">{t('check.unsaved')}</p> : null
      }
    >
      <Input.TextArea
        id={id}
        ref={input ?? null}
        autoSize={{ minRows: rows, maxRows: 10 }}
        maxLength={max}
        disabled={disabled}
        aria-invalid={missing}
        status={missing ? 'error' : ''}
        value={shown}
        onFocus={onFocus}
        onSelect={(event) => { onCursor?.(event.currentTarget.selectionStart); }}
        // an emptied field is one blank: '' says that nothing was typed
        onChange={(event) => { setDraft(event.target.value === '' ? ' ' : event.target.value); }}
        onBlur={(event) => {
          onCursor?.(event.currentTarget.selectionStart);
          void store();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== '') {
            event.stopPropagation();
            setDraft('');
          } else if (event.key === 'Enter' && (event.ctrlKey || rows === 1)) {
            event.preventDefault();
            void store();
          }
        }}
      />
      {after}
    </Field>
  );
}

/** A choice of few words. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onFocus?: () => void;
  onChange: (value: T) => void;
  width?: number;
}) {
  return (
    <Select<T>
      size="small"
      aria-label={props.label}
      value={props.value}
      options={[...props.options]}
      style={{ width: props.width ?? 120 }}
      popupMatchSelectWidth={false}
      onChange={props.onChange}
      {...(props.onFocus ? { onFocus: props.onFocus } : {})}
    />
  );
}

/** Take an item of a list out. */
export function TakeOut(props: { label: string; onClick: () => void }) {
  return (
    <Button size="small" type="text" aria-label={props.label} title={props.label} onClick={props.onClick}>
      ×
    </Button>
  );
}
