/*
 * kit/marked-text.ts -- the words of a plan, found by their byte offsets.
 *
 * The server counts bytes of UTF-8, the browser counts UTF-16 units; here one is made of the other.
 */

export interface Range {
  from: number;
  to: number;
}

export interface Context {
  before: string;
  words: string;
  after: string;
  /** Whether text of the document was left out before and after. */
  cutBefore: boolean;
  cutAfter: boolean;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** AT moved back to the beginning of its character. */
function floor(bytes: Uint8Array, at: number): number {
  let place = Math.max(0, Math.min(at, bytes.length));
  while (place > 0 && isContinuation(bytes[place])) place -= 1;
  return place;
}

/** The words at RANGE in TEXT with about AROUND bytes on both sides. */
export function contextOf(text: string, range: Range, around: number): Context {
  const bytes = new TextEncoder().encode(text);
  const decode = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const from = floor(bytes, range.from);
  const to = Math.max(from, floor(bytes, range.to));
  const start = floor(bytes, from - around);
  const end = floor(bytes, to + around);
  return {
    before: decode(start, from),
    words: decode(from, to),
    after: decode(to, end),
    cutBefore: start > 0,
    cutAfter: end < bytes.length,
  };
}
