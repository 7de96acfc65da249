/*
 * api/pieces.ts -- send a large file in pieces that go on where the line broke (tus 1.0).
 *
 * What is durable on the server is asked for before each beginning, so that a broken line, a closed
 * lid or a page opened anew costs one piece.  An upload of the same name and length that this person
 * has open is gone on with.
 */
import { api, data, guardedFetch } from './client';
import { newKey } from './key';
import { asProblem, Problem } from './problem';

export const PIECE = 4 << 20;
const TUS = '1.0.0';

export interface PiecesOptions {
  signal: AbortSignal;
  /** Bytes that are durable. */
  onProgress: (sent: number) => void;
  /** The line is down; it is tried again. */
  onWaiting: (waiting: boolean) => void;
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Problem('cancelled'));
    }, { once: true });
  });
}

async function open(file: File): Promise<{ id: number; offset: number }> {
  const { items } = await data(api.GET('/api/v1/uploads'));
  const known = items.find((item) => item.name === file.name && item.length === file.size);
  if (known) return known;
  const added = await data(
    api.POST('/api/v1/uploads', {
      params: {
        header: {
          'Tus-Resumable': TUS,
          'Upload-Length': file.size,
          'Upload-Metadata': `filename ${base64(file.name)}`,
          'Idempotency-Key': newKey(),
        },
      },
    }),
  );
  return { id: added.id, offset: 0 };
}

async function sendPiece(id: number, file: File, offset: number, signal: AbortSignal): Promise<number> {
  const reply = await guardedFetch(
    new Request(new URL(`/api/v1/uploads/${id}`, location.href), {
      method: 'PATCH',
      headers: { 'Tus-Resumable': TUS, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) },
      body: file.slice(offset, offset + PIECE),
      signal,
    }),
  );
  return Number(reply.headers.get('Upload-Offset'));
}

/** Send FILE; resolves to the upload's id once all of it is durable. */
export async function sendPieces(file: File, options: PiecesOptions): Promise<number> {
  let upload = await open(file);
  let wait = 1000;
  while (upload.offset < file.size) {
    options.onProgress(upload.offset);
    try {
      upload = { id: upload.id, offset: await sendPiece(upload.id, file, upload.offset, options.signal) };
      wait = 1000;
      options.onWaiting(false);
    } catch (thrown) {
      const problem = asProblem(thrown);
      // a conflict says that another offset is durable by now: asked for below, as after a broken line
      if (!problem.mayPass && problem.status !== 409) throw problem;
      options.onWaiting(true);
      await pause(wait, options.signal);
      wait = Math.min(wait * 2, 15_000);
      upload = await data(api.GET('/api/v1/uploads/{upload}', { params: { path: { upload: upload.id } } })).catch(() => upload);
    }
  }
  options.onProgress(file.size);
  return upload.id;
}
