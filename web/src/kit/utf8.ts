/* kit/utf8.ts -- where a file stops being UTF-8, so that a person can find the place. */

/** How many bytes the character at AT has, or 0 where it is not one of UTF-8. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  // overlong forms, surrogates, and what lies beyond Unicode
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** The first line of BYTES (from 1) that is not UTF-8, or null where all of it is. */
export function firstBadLine(bytes: Uint8Array): number | null {
  let line = 1;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at);
    if (length === 0) return line;
    if (bytes[at] === 0x0a) line += 1;
    at += length;
  }
  return null;
}
