/*
 * api/problem.ts -- what can go wrong between the page and the server, as one kind of error.
 *
 * A Problem carries the server's code (src/base/errors.def), or one of our own for what never
 * reached it.  The words that people read are chosen by the code, in words/.
 */
import { ERROR_CODES, type ErrorCode } from './errors.gen';

/** Codes of our own: no answer at all, an answer that is not ours, a stop by the user, a file not worth sending. */
export type LocalCode = 'network' | 'not_ours' | 'cancelled' | 'file_empty' | 'file_too_large';
export type ProblemCode = ErrorCode | LocalCode;

export interface FieldProblem {
  at: string;
  message: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly fields: FieldProblem[];

  constructor(
    code: ProblemCode,
    more: { status?: number; detail?: string; requestId?: string; fields?: FieldProblem[] } = {},
  ) {
    super(more.detail ?? code);
    this.code = code;
    this.status = more.status ?? 0;
    this.detail = more.detail ?? '';
    this.requestId = more.requestId ?? '';
    this.fields = more.fields ?? [];
  }

  /** Whether the same request may succeed later, unchanged. */
  get mayPass(): boolean {
    return (
      this.code === 'network' ||
      this.code === 'unavailable' ||
      this.code === 'db_busy' ||
      this.code === 'db_lost' ||
      this.code === 'timeout' ||
      this.code === 'too_many' ||
      this.status === 502 ||
      this.status === 504
    );
  }
}

const KNOWN: ReadonlySet<string> = new Set(ERROR_CODES);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The problem that BODY, the text of a reply with STATUS, tells. */
export function readProblem(status: number, body: string): Problem {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return new Problem('not_ours', { status });
  }
  if (!isRecord(json)) return new Problem('not_ours', { status });
  const code = text(json['code']);
  const list = Array.isArray(json['fields']) ? json['fields'] : [];
  return new Problem(KNOWN.has(code) ? (code as ErrorCode) : 'not_ours', {
    status,
    detail: text(json['detail']) || text(json['title']),
    requestId: text(json['request_id']),
    fields: list.filter(isRecord).map((f) => ({ at: text(f['at']), message: text(f['message']) })),
  });
}

/** The problem that the server names CODE, outside of a reply. */
export function problemOf(code: string, detail: string): Problem {
  return new Problem(KNOWN.has(code) ? (code as ErrorCode) : 'not_ours', { detail });
}

/** Any thrown thing as a Problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return new Problem('cancelled');
  return new Problem('not_ours', { detail: thrown instanceof Error ? thrown.message : '' });
}
