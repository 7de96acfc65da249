/*
 * api/upload.ts -- send a file with its progress.
 *
 * fetch tells nothing of what was sent, so this is the one call over XMLHttpRequest.  It keeps the
 * client's rules: token, gate, problems.
 */
import { mend } from './client';
import { Problem, readProblem } from './problem';
import { csrfToken, sessionNumber } from './session';

export interface UploadOptions {
  key: string;
  /** Have it done as a job, behind the person's others. */
  later: boolean;
  signal: AbortSignal;
  /** Bytes sent so far; called with the whole size when the server begins to work. */
  onProgress: (sent: number) => void;
}

function sendOnce(url: string, file: Blob, options: UploadOptions): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const stop = (): void => {
      xhr.abort();
    };
    xhr.open('POST', url);
    xhr.setRequestHeader('Content-Type', 'application/octet-stream');
    xhr.setRequestHeader('X-CSRF-Token', csrfToken());
    xhr.setRequestHeader('Idempotency-Key', options.key);
    if (options.later) xhr.setRequestHeader('Prefer', 'respond-async');
    xhr.upload.onprogress = (event) => {
      options.onProgress(event.loaded);
    };
    xhr.upload.onload = () => {
      options.onProgress(file.size);
    };
    xhr.onload = () => {
      resolve({ status: xhr.status, body: xhr.responseText });
    };
    xhr.onerror = () => {
      reject(new Problem('network'));
    };
    xhr.onabort = () => {
      reject(new Problem('cancelled'));
    };
    xhr.onloadend = () => {
      options.signal.removeEventListener('abort', stop);
    };
    options.signal.addEventListener('abort', stop);
    if (options.signal.aborted) {
      reject(new Problem('cancelled'));
      return;
    }
    xhr.send(file);
  });
}

/** POST FILE to URL and return the parsed reply with its status. */
export async function upload(
  url: string,
  file: Blob,
  options: UploadOptions,
): Promise<{ status: number; json: unknown }> {
  for (let attempt = 0; ; attempt += 1) {
    const sentIn = sessionNumber();
    const reply = await sendOnce(url, file, options);
    if (reply.status >= 200 && reply.status < 300) return { status: reply.status, json: JSON.parse(reply.body) };
    const problem = readProblem(reply.status, reply.body);
    if (!(await mend(problem, url, attempt, sentIn))) throw problem;
  }
}
