/* search/marks.ts -- where the words of a search stand in a text. */

/** TEXT in one form of brackets, width and case; each unit stays one unit, so places are the same. */
function fold(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[〔【〖[{]/g, '(')
    .replace(/[〕】〗\]}]/g, ')')
    .replace(/[A-Z]/g, (c) => c.toLowerCase());
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** TEXT cut where WORDS stand in it. */
export function marked(text: string, words: string): Piece[] {
  const needle = fold(words.trim());
  const folded = fold(text);
  const pieces: Piece[] = [];
  let from = 0;
  while (needle !== '') {
    const at = folded.indexOf(needle, from);
    if (at < 0) break;
    if (at > from) pieces.push({ text: text.slice(from, at), hit: false });
    pieces.push({ text: text.slice(at, at + needle.length), hit: true });
    from = at + needle.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false });
  return pieces;
}
