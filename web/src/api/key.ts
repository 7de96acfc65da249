/*
 * api/key.ts -- idempotency keys: one for each act of a person, the same when it is sent again.
 *
 * crypto.randomUUID exists on secure origins only, and a city's server often stands in an intranet
 * without TLS; getRandomValues exists everywhere.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
