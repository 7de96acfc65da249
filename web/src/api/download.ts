/*
 * api/download.ts -- fetch a file with its progress and hand it to the browser's downloads.
 */
import { guardedFetch } from './client';
import { Problem } from './problem';

/** Fetch URL into a Blob; onProgress gets the bytes so far.  An abort is the problem `cancelled`. */
export async function download(url: string, signal: AbortSignal, onProgress: (got: number) => void): Promise<Blob> {
  const reply = await guardedFetch(new Request(new URL(url, location.href), { signal }));
  const reader = reply.body?.getReader();
  if (!reader) return reply.blob();
  const parts: BlobPart[] = [];
  let got = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      got += value.byteLength;
      onProgress(got);
    }
  } catch {
    throw new Problem(signal.aborted ? 'cancelled' : 'network');
  }
  return new Blob(parts, { type: reply.headers.get('Content-Type') ?? 'application/octet-stream' });
}

/** Let the browser save BLOB as NAME. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // the download has its own hold on the blob once it has begun
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
