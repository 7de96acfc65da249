/* plan/find-text.ts -- where words stand in the lines of a text. */

export interface Hit {
  /** Of the line, from 0. */
  line: number;
  /** UTF-16 units of the line. */
  from: number;
  to: number;
}

export const HITS_MAX = 2000;

/** The places of WORDS in LINES in any case of letters, at most HITS_MAX; none where WORDS is blank. */
export function findWords(lines: readonly { text: string }[], words: string): Hit[] {
  const wanted = words.trim().toLowerCase();
  const hits: Hit[] = [];
  if (wanted === '') return hits;
  lines.forEach(({ text }, line) => {
    const lower = text.toLowerCase();
    // letters that change their length with their case would shift the places
    const searched = lower.length === text.length ? lower : text;
    for (let at = searched.indexOf(wanted); at >= 0 && hits.length < HITS_MAX; at = searched.indexOf(wanted, at + wanted.length)) {
      hits.push({ line, from: at, to: at + wanted.length });
    }
  });
  return hits;
}
