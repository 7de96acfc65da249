/*
 * api/client.ts -- the one way to the server.
 *
 * Calls are openapi-fetch's, typed by api/openapi.yaml.  What every call needs is done here, once:
 * the session's token, waiting for a renewed session, problems as errors.
 */
import createClient, { type FetchResponse } from 'openapi-fetch';
import { Problem, readProblem } from './problem';
import type { paths } from './schema.gen';
import { csrfToken, keepCsrf, sessionNumber, waitForSession } from './session';
import type { Session } from './types';

const SESSION = '/api/v1/session';

/** Fetch REQUEST; a request that gets no answer is the problem `network`. */
async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw new Problem('cancelled');
    throw new Problem('network');
  }
}

/** Ask for the session anew and keep its token; nobody signed in is the problem itself. */
export async function refreshSession(): Promise<Session> {
  const reply = await reach(new Request(new URL(SESSION, location.href)));
  const body = await reply.text();
  if (!reply.ok) throw readProblem(reply.status, body);
  const session = JSON.parse(body) as Session;
  keepCsrf(session.csrf);
  return session;
}

/*
 * What to do with a refusal of what was sent in session number SENT_IN before anybody sees it: true
 * where the request may go again.  A session that ran out waits for the dialog; a token that no longer
 * fits is asked for anew, once.
 */
export async function mend(problem: Problem, url: string, attempt: number, sentIn: number): Promise<boolean> {
  if (new URL(url, location.href).pathname === SESSION) return false;
  if (problem.code === 'unauthenticated') {
    await waitForSession(sentIn);
    return true;
  }
  if (problem.code === 'bad_csrf' && attempt === 0) {
    await refreshSession();
    return true;
  }
  return false;
}

/** A fetch that carries the token, waits at the gate, and throws a Problem for every refusal. */
export async function guardedFetch(request: Request): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const sent = request.clone();
    const sentIn = sessionNumber();
    if (sent.method !== 'GET') sent.headers.set('X-CSRF-Token', csrfToken());
    const reply = await reach(sent);
    if (reply.ok || reply.status === 304) return reply;
    const problem = readProblem(reply.status, await reply.text());
    if (!(await mend(problem, request.url, attempt, sentIn))) throw problem;
  }
}

export const api = createClient<paths>({ baseUrl: '', fetch: guardedFetch });

/** The data of a call; guardedFetch has thrown for everything else. */
export async function data<R extends Record<string | number, unknown>, I, M extends `${string}/${string}`>(
  call: Promise<FetchResponse<R, I, M>>,
): Promise<NonNullable<FetchResponse<R, I, M>['data']>> {
  const { data: found } = await call;
  if (found === undefined || found === null) throw new Problem('not_ours');
  return found;
}
