import { ApiError, entityNotFound, invalidArgument } from '../api-error';
import type { Mailbox } from './mailbox';
import type { StoredMessage } from './stored-message';

/** What a Gmail method gets to work with, once token, scope, user and quota are checked. */
export interface CallContext {
  mailbox: Mailbox;
  /** Path parameters by name. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** The token carries gmail.metadata, which narrows every broader scope beside it, as Gmail does. */
  metadataOnly: boolean;
  now: number;
  largeTextBytes: number;
}

/** One method of the API: where it is, who may call it, what it does. Undefined means an empty 204. */
export interface GmailCall {
  /** Id without `gmail.users.`, as in the quota table. */
  id: string;
  verb: string;
  /** Below `/gmail/v1/users/`; parts in braces are parameters. */
  path: string;
  scopes: readonly string[];
  answer(context: CallContext): unknown;
}

/** A whole number from the query, held between 1 and `most`. Throws 400 for anything else. */
export function countParameter(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d+$/.test(text)) {
    const place = { location: name, locationType: 'parameter' };
    throw new ApiError(
      400,
      'INVALID_ARGUMENT',
      'invalidParameter',
      `Invalid value for ${name}: ${text}`,
      place,
    );
  }
  return Math.min(Math.max(Number(text), 1), most);
}

/** The message that the path names. Throws 400 for an id of the wrong shape and 404 when there is none. */
export function requireMessage({ mailbox, path }: CallContext, name = 'id'): StoredMessage {
  const id = path[name] ?? '';
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
  const message = mailbox.find(id);
  if (!message) throw entityNotFound();
  return message;
}

/** The request's body as an object. Throws 400 for any other JSON. */
export function bodyObject(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body))
    throw invalidArgument('Invalid JSON payload received.');
  return body as Record<string, unknown>;
}

/** A list of strings in a body; empty when absent. Throws 400 for anything else. */
export function stringList(body: Record<string, unknown>, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw invalidArgument(`Invalid value at '${name}'`);
  }
  return value;
}
