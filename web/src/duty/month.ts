/* duty/month.ts -- the days of a month as a calendar shows them: weeks from Monday. */

/** "2026-06" where TEXT is a month, else null. */
export function asMonth(text: string | null): string | null {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && Number(text.slice(0, 4)) >= 2000 ? text : null;
}

/** The month N after MONTH, or before it. */
export function addMonths(month: string, n: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + n, 1)).toISOString().slice(0, 7);
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The first and the last day of MONTH. */
export function endsOf(month: string): { first: string; last: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { first: `${month}-01`, last: iso(Date.UTC(year, number, 0)) };
}

/** The weeks that MONTH touches, each of seven days from Monday; days of other months, too. */
export function weeksOf(month: string): string[][] {
  const { first, last } = endsOf(month);
  const day = 86_400_000;
  const start = Date.parse(first);
  let at = start - ((new Date(start).getUTCDay() + 6) % 7) * day;
  const weeks: string[][] = [];
  while (iso(at) <= last) {
    weeks.push(Array.from({ length: 7 }, (_, i) => iso(at + i * day)));
    at += 7 * day;
  }
  return weeks;
}
