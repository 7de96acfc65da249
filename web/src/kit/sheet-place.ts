/* kit/sheet-place.ts -- where in a workbook something stands, as people name it. */

/** 1 → A, 27 → AA. */
export function columnName(col: number): string {
  let name = '';
  for (let n = col; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** F4; without a column 4. */
export function cellName(row: number, col: number): string {
  return `${columnName(col)}${row}`;
}
