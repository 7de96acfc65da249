/*
 * api/session.ts -- whether somebody is signed in, as far as requests are concerned.
 *
 * Who is signed in is a reply of the server and lives in the query cache; here stand only the
 * token that changes carry and the gate at which requests wait while a session that ran out is
 * renewed in a dialog, so that no page has to know about it.
 */
let csrf = '';
let renewals = 0;
let gate: { passed: Promise<void>; open: () => void } | null = null;
const listeners = new Set<() => void>();

function changed(): void {
  for (const tell of listeners) tell();
}

export function csrfToken(): string {
  return csrf;
}

/** Keep TOKEN for the changes to come. */
export function keepCsrf(token: string): void {
  csrf = token;
}

/** How many times somebody has signed in again: which session a request is sent in. */
export function sessionNumber(): number {
  return renewals;
}

/**
 * Wait until somebody has signed in again behind session number SENT_IN; the first to wait makes the
 * dialog show.  Where they have already, a refusal was only late, and nobody is asked.
 */
export function waitForSession(sentIn: number): Promise<void> {
  if (sentIn !== renewals) return Promise.resolve();
  if (!gate) {
    let open = (): void => undefined;
    const passed = new Promise<void>((resolve) => {
      open = resolve;
    });
    gate = { passed, open };
    changed();
  }
  return gate.passed;
}

/** Somebody has signed in: let the waiting requests go. */
export function sessionRenewed(): void {
  renewals += 1;
  gate?.open();
  gate = null;
  changed();
}

export function sessionExpired(): boolean {
  return gate !== null;
}

/** Call TELL whenever sessionExpired may have changed; returns what ends it. */
export function onSessionChange(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
