import { ApiError, entityNotFound, forbidden, insufficientScope, unauthenticated } from '../api-error';
import type { GoogleState } from '../google-state';
import { gmailScopes } from '../oauth/scopes';
import type { CallContext, GmailCall } from './call';
import { applyFields, parseFields } from './fields';
import { listHistory } from './history-calls';
import { createLabel, getLabel, listLabels } from './label-calls';
import { getProfile, stopWatching, watchMailbox } from './mailbox-calls';
import {
  batchModifyMessages,
  deleteMessage,
  modifyMessage,
  trashMessage,
  untrashMessage,
} from './messages-change';
import { getAttachment, getMessage, getThread } from './messages-get';
import { listMessages } from './messages-list';

/** One call as it comes over HTTP or inside a batch. */
export interface ApiRequest {
  verb: string;
  /** Path and query. */
  url: string;
  authorization: string | undefined;
  body: unknown;
}

/** Its answer; `body` is JSON text, empty with 204. */
export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const calls: readonly GmailCall[] = [
  getMessage,
  listMessages,
  listHistory,
  getProfile,
  getAttachment,
  batchModifyMessages,
  modifyMessage,
  trashMessage,
  untrashMessage,
  deleteMessage,
  getThread,
  listLabels,
  getLabel,
  createLabel,
  watchMailbox,
  stopWatching,
];
const routes = calls.map((call) => ({ call, segments: call.path.split('/') }));
const base = '/gmail/v1/users/';

/** Answers one Gmail call: finds the method, checks token, scope, user and quota, and masks the answer's fields. */
export function answerGmail(state: GoogleState, request: ApiRequest): ApiResponse {
  try {
    const [pathname = '', search = ''] = request.url.split('?');
    const { call, path } = route(request.verb, pathname);
    const query = new URLSearchParams(search);
    const mask = query.get('fields');
    const fields = mask === null ? undefined : parseFields(mask);
    const result = call.answer(authorize(state, request, call, path, query));
    if (result === undefined) return { status: 204, headers: {}, body: '' };
    return json(200, applyFields(result, fields));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(error.code, error.body(), error.headers);
  }
}

function route(verb: string, pathname: string): { call: GmailCall; path: Record<string, string> } {
  const given = pathname.startsWith(base) ? pathname.slice(base.length).split('/') : [];
  for (const { call, segments } of routes) {
    if (call.verb !== verb || segments.length !== given.length) continue;
    const path = match(segments, given);
    if (path) return { call, path };
  }
  throw entityNotFound();
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const path: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) path[segment.slice(1, -1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return path;
}

function authorize(
  state: GoogleState,
  request: ApiRequest,
  call: GmailCall,
  path: Record<string, string>,
  query: URLSearchParams,
): CallContext {
  const given =
    /^Bearer (.+)$/i.exec(request.authorization ?? '')?.[1] ?? query.get('access_token') ?? undefined;
  const token = state.tokens.introspect(given ?? '');
  const mailbox = token && state.mailboxes.get(token.email);
  if (!token || !mailbox) throw unauthenticated(given !== undefined);
  if (!call.scopes.some((scope) => token.scopes.includes(scope)))
    throw insufficientScope(`gmail.users.${call.id}`);
  const user = path.userId ?? 'me';
  if (user !== 'me' && user.toLowerCase() !== token.email)
    throw forbidden(`Delegation denied for ${token.email}`);
  const now = state.clock.now();
  state.quota.charge(token.email, call.id, now);
  return {
    mailbox,
    path,
    query,
    body: request.body,
    metadataOnly: token.scopes.includes(gmailScopes.metadata),
    now,
    largeTextBytes: state.settings.largeTextBytes,
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): ApiResponse {
  const type = { 'content-type': 'application/json; charset=UTF-8', ...headers };
  return { status, headers: type, body: JSON.stringify(body) };
}
