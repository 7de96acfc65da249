/* duty/qr.ts -- a QR code's modules as one path of an SVG. */

/** The dark modules of LINES (1 is dark) as a path, shifted by QUIET; runs in a line are one box. */
export function squares(lines: readonly string[], quiet: number): string {
  return lines
    .flatMap((line, y) => Array.from(line.matchAll(/1+/g), (run) => `M${run.index + quiet} ${y + quiet}h${run[0].length}v1h-${run[0].length}z`))
    .join('');
}
