/* kit/changed-text.tsx -- one side of a text that changed, the words that differ marked. */
import { textChange } from './text-change';

export function OldText({ old, now }: { old: string; now: string }) {
  const { head, oldMiddle, tail } = textChange(old, now);
  return (
    <>
      {head}
      {oldMiddle ? <del>{oldMiddle}</del> : null}
      {tail}
    </>
  );
}

export function NewText({ old, now }: { old: string; now: string }) {
  const { head, newMiddle, tail } = textChange(old, now);
  return (
    <>
      {head}
      {newMiddle ? <ins>{newMiddle}</ins> : null}
      {tail}
    </>
  );
}
