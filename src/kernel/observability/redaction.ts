/** What stands in a log line in place of a secret or of somebody's mail. */
export const redacted = '[redacted]';

const maxDepth = 6;

/** Names of secrets, however they are written together. Numbers under such a name (token counts) are none. */
const secretName =
  /passw|secret|token|authorization|cookie|apikey|signature|credential|verifier|recoverycode|otp$/;
/** Names under which mail, or whatever a caller sent, would travel. */
const contentName =
  /^(body|rawbody|text|html|subject|snippet|content|prompt|payload|raw|summary|email|name|headers)$/;

/** A copy that is safe to log: values under telling names are gone, and errors are reduced to their facts. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return errorFacts(value, depth);
  if (value instanceof Date) return value;
  if (depth >= maxDepth || ArrayBuffer.isView(value)) return redacted;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      isTelling(key, child) ? redacted : redact(child, depth + 1),
    ]),
  );
}

/**
 * What is logged of an error. Its other properties stay out: HTTP clients hang the request on it, bearer token included. An
 * answer of somebody else's is told by its type, status and code alone: its words may quote what was sent, mail included.
 */
export function errorFacts(error: Error, depth = 0): Record<string, unknown> {
  const { code, kind, status } = error as Error & { code?: unknown; kind?: unknown; status?: unknown };
  const words = isAnswer(error) ? redacted : error.message;
  return {
    type: error.name,
    message: words,
    stack: words === error.message ? error.stack : error.stack?.replace(error.message, redacted),
    ...(typeof code === 'string' && { code }),
    ...(typeof kind === 'string' && { kind }),
    ...(typeof status === 'number' && { status }),
    ...(error.cause instanceof Error && depth < maxDepth && { cause: errorFacts(error.cause, depth + 1) }),
  };
}

/** Whether an HTTP client made the error of an answer that it got. */
function isAnswer(error: Error): boolean {
  return 'status' in error || 'statusCode' in error || 'response' in error;
}

function isTelling(key: string, value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return false;
  const name = key.toLowerCase().replace(/[^a-z]/g, '');
  return secretName.test(name) || contentName.test(name);
}

/**
 * Secrets that are known by their own shape, wherever in a line they stand: in a message, a stack, a URL. What a line must hold to
 * have one is looked for first: most lines have none, and each pattern would read all of them.
 */
const secretShapes: readonly [needle: string, shape: RegExp, instead: string][] = [
  [' ', /\b(bearer|basic)\s+[\w\-.~+/=]+/gi, `$1 ${redacted}`],
  ['eyJ', /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, redacted],
  ['k_', /\b(sk|rk|pk)_(live|test)_\w+/g, redacted],
  ['whsec_', /\bwhsec_[\w+/=-]+/g, redacted],
  ['sk-ant-', /\bsk-ant-[\w-]+/g, redacted],
  ['ya29.', /\bya29\.[\w.-]+/g, redacted],
  ['1//', /\b1\/\/[\w-]{10,}/g, redacted],
  ['GOCSPX-', /\bGOCSPX-[\w-]+/g, redacted],
  ['ib', /\bib[ks]_[\w-]{20,}/g, redacted],
  ['$argon2', /\$argon2id?\$[\w$=,+/-]+/g, redacted],
  ['@', /(\w+:\/\/[^\s:/@"]+):[^\s@"]+@/g, `$1:${redacted}@`],
  [
    '=',
    /([?&](?:code|state|token|access_token|refresh_token|client_secret|key)=)[^&\s"]+/gi,
    `$1${redacted}`,
  ],
  ['@', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, redacted],
];

/** A finished log line without the secrets that their shape gives away; JSON stays JSON. */
export function redactLine(line: string): string {
  return secretShapes.reduce(
    (text, [needle, shape, instead]) => (text.includes(needle) ? text.replace(shape, instead) : text),
    line,
  );
}
