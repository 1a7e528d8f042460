import { reasonOf } from '../../kernel/diagnosis/finding';

const patienceMs = 8_000;

/** What came back from one call, followed nowhere. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The body as JSON; an empty object where it is none. */
  json: Record<string, unknown>;
}

/** One plain HTTP call. @throws Error saying why there was no answer, without the address's query. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...init,
    });
  } catch (error) {
    throw new Error(`${new URL(url).host}: ${reasonOf(error)}`);
  }
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A base URL without the slash at its end. */
export const trimmed = (url: string): string => url.replace(/\/+$/, '');

/** A field of an answer, where it is a text. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
