/** One bad field of an input. */
export interface FieldFault {
  /** JSON pointer to the field. */
  path: string;
  message: string;
}

/** What a failed call is known to be, as the API's problem+json says it or as the SDK found it. */
export interface ProblemFacts {
  /** Stable `module.kebab-code`: branch on it. The SDK's own begin with `sdk.`. */
  code: string;
  /** HTTP status; 0 when no answer came. */
  status: number;
  title: string;
  detail: string;
  /** Leads the operator to the logs; empty when the answer named none. */
  requestId: string;
  faults: FieldFault[];
  /** Milliseconds that the server asks to wait before another try; null when it said nothing. */
  retryAfterMs: number | null;
}

/**
 * The one error that a call throws (an abort apart, which rejects with the signal's reason). The SDK's own codes:
 * `sdk.unreachable` (no answer), `sdk.timeout` (none in time), `sdk.unexpected-answer` (an error that is no problem+json,
 * a proxy's for instance), `sdk.deadline` (what was waited for did not happen in time), `sdk.webhook-refused` (see
 * `verifyWebhook`).
 */
export class InbriefProblem extends Error implements ProblemFacts {
  override readonly name = 'InbriefProblem';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly faults: FieldFault[];
  readonly retryAfterMs: number | null;

  constructor(facts: Partial<ProblemFacts> & Pick<ProblemFacts, 'code' | 'detail'>, options?: ErrorOptions) {
    super(`${facts.code}: ${facts.detail}`, options);
    this.code = facts.code;
    this.detail = facts.detail;
    this.status = facts.status ?? 0;
    this.title = facts.title ?? '';
    this.requestId = facts.requestId ?? '';
    this.faults = facts.faults ?? [];
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }

  /** Whether a thrown value is a problem, with this code if one is given. */
  static is(error: unknown, code?: string): error is InbriefProblem {
    return error instanceof InbriefProblem && (code === undefined || error.code === code);
  }
}

/** Reads an answer that is no success; it never throws, whatever the body holds. */
export async function problemFrom(response: Response): Promise<InbriefProblem> {
  const { status } = response;
  const requestId = response.headers.get('x-request-id') ?? '';
  const retryAfterMs = retryAfterOf(response.headers);
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new InbriefProblem({ requestId, ...body, status, retryAfterMs });
  const detail = `The server answered ${status} without saying why.`;
  return new InbriefProblem({ code: 'sdk.unexpected-answer', detail, status, requestId, retryAfterMs });
}

/** `Retry-After` in milliseconds from now; it is a number of seconds or an HTTP date. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | null {
  const value = headers.get('retry-after');
  if (!value) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function isProblem(body: unknown): body is Partial<ProblemFacts> & Pick<ProblemFacts, 'code' | 'detail'> {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}
