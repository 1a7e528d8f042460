import { randomUUID } from 'node:crypto';

/** One GET inside a batch. */
export interface BatchRequest {
  /** Comes back with the answer; letters, digits and hyphens. */
  id: string;
  /** Path and query. */
  target: string;
}

/** The answer to one call of a batch. */
export interface BatchAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed JSON, or text where it is none. */
  body: unknown;
}

/** Writes GET calls as one multipart/mixed body. */
export function writeBatch(requests: readonly BatchRequest[]): { contentType: string; body: string } {
  const boundary = `batch-${randomUUID()}`;
  const parts = requests.map(({ id, target }) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      `Content-ID: <m-${id}>`,
      '',
      `GET ${target}`,
      '',
      '',
    ].join('\r\n'),
  );
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

/**
 * The answers of a batch by their requests' ids. They come in any order, and some may be missing: position means
 * nothing.
 */
export function readBatch(contentType: string, text: string): Map<string, BatchAnswer> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const answers = new Map<string, BatchAnswer>();
  if (boundary === undefined) return answers;
  for (const piece of text.split(`--${boundary}`).slice(1)) {
    const [outer = '', inner = '', ...rest] = piece.split(/\r?\n\r?\n/);
    const id = /^content-id:\s*<?(?:response-)?m-([^>\r\n]+?)>?\s*$/im.exec(outer)?.[1];
    const status = /^HTTP\/\d(?:\.\d)? (\d{3})/m.exec(inner)?.[1];
    if (id === undefined || status === undefined) continue;
    answers.set(id, {
      status: Number(status),
      headers: headersOf(inner),
      body: parsed(rest.join('\n\n').trim()),
    });
  }
  return answers;
}

function headersOf(head: string): Record<string, string> {
  const lines = [...head.matchAll(/^([\w-]+):[ \t]*(.*?)\r?$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
