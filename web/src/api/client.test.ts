import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardedFetch } from './client';
import { newKey } from './key';
import { Problem, readProblem } from './problem';
import { keepCsrf, sessionExpired, sessionRenewed } from './session';

const ORIGIN = 'http://here.test';
type Answer = (request: Request) => Response;

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const refusal = (status: number, code: string): Response => json(status, { code, title: code, status, request_id: 'r1', type: 'about:blank' });

/** Let fetch give ANSWERS in turn; returns the requests that were made. */
function answering(...answers: Answer[]): Request[] {
  const made: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    made.push(request);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer(request)) : Promise.reject(new TypeError('nothing listens'));
  });
  return made;
}

const change = (): Request => new Request(`${ORIGIN}/api/v1/tasks/1`, { method: 'PATCH', body: '{"title":"x"}' });

beforeEach(() => {
  vi.stubGlobal('location', new URL(ORIGIN));
  keepCsrf('old');
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('guardedFetch', () => {
  it('carries the token with what changes something, and only then', async () => {
    const made = answering(() => json(200, {}), () => json(200, {}));
    await guardedFetch(change());
    await guardedFetch(new Request(`${ORIGIN}/api/v1/tasks`));
    expect(made.map((r) => r.headers.get('X-CSRF-Token'))).toEqual(['old', null]);
  });

  it('waits where the session ran out, and sends the same again with the new token', async () => {
    const made = answering(() => refusal(401, 'unauthenticated'), () => json(200, { done: true }));
    const waiting = guardedFetch(change());
    await vi.waitFor(() => { expect(sessionExpired()).toBe(true); });
    expect(made).toHaveLength(1);
    keepCsrf('new');
    sessionRenewed();
    expect(await (await waiting).json()).toEqual({ done: true });
    expect(made[1]?.headers.get('X-CSRF-Token')).toBe('new');
    expect(await made[1]?.text()).toBe('{"title":"x"}');
  });

  it('asks nobody again where a refusal comes late, behind a renewed session', async () => {
    const made = answering(() => refusal(401, 'unauthenticated'), () => {
      sessionRenewed(); // somebody signs in while this is under way
      return refusal(401, 'unauthenticated');
    }, () => json(200, { late: true }), () => json(200, { first: true }));
    const first = guardedFetch(new Request(`${ORIGIN}/api/v1/tasks`));
    await vi.waitFor(() => { expect(sessionExpired()).toBe(true); });
    const late = await guardedFetch(change());
    expect(sessionExpired()).toBe(false);
    expect(late.ok && (await first).ok).toBe(true);
    expect(made).toHaveLength(4);
  });

  it('asks for a fresh token once where the old one does not fit', async () => {
    const made = answering(() => refusal(403, 'bad_csrf'), () => json(200, { csrf: 'fresh' }), () => json(200, {}));
    await guardedFetch(change());
    expect(made[2]?.headers.get('X-CSRF-Token')).toBe('fresh');
  });

  it('gives up where the fresh token does not fit either', async () => {
    answering(() => refusal(403, 'bad_csrf'), () => json(200, { csrf: 'fresh' }), () => refusal(403, 'bad_csrf'));
    await expect(guardedFetch(change())).rejects.toMatchObject({ code: 'bad_csrf' });
  });

  it('does not wait for a session while signing in', async () => {
    answering(() => refusal(401, 'bad_credentials'));
    const signIn = new Request(`${ORIGIN}/api/v1/session`, { method: 'POST', body: '{}' });
    await expect(guardedFetch(signIn)).rejects.toMatchObject({ code: 'bad_credentials', status: 401 });
    expect(sessionExpired()).toBe(false);
  });

  it('names what never arrived', async () => {
    answering();
    await expect(guardedFetch(change())).rejects.toMatchObject({ code: 'network', mayPass: true });
  });
});

describe('readProblem', () => {
  it('keeps code, fields and request', () => {
    const problem = readProblem(400, '{"code":"bad_input","title":"t","request_id":"r9","fields":[{"at":"name","message":"m"},7]}');
    expect(problem).toMatchObject({ code: 'bad_input', requestId: 'r9', fields: [{ at: 'name', message: 'm' }] });
  });

  it.each(['<html>502</html>', '[]', 'null', '{"code":"made_up"}'])('is not ours: %s', (body) => {
    expect(readProblem(502, body).code).toBe('not_ours');
  });

  it('is an error', () => {
    expect(readProblem(404, '{"code":"not_found"}')).toBeInstanceOf(Problem);
  });
});

describe('newKey', () => {
  it('fits the contract and is new each time', () => {
    const keys = new Set(Array.from({ length: 100 }, newKey));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});
