import { createHash } from 'node:crypto';
import type { RegisteredClient } from '../settings';
import { isKnownScope, parseScopes } from './scopes';

/** The query of the authorization endpoint, checked. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  nonce: string | undefined;
  challenge: { value: string; method: 'S256' | 'plain' } | undefined;
  offline: boolean;
  prompt: string[];
  includeGranted: boolean;
  loginHint: string | undefined;
}

/** Why Google shows an error page and does not redirect: the client or the request cannot be trusted. */
export class AuthorizationRefused extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads and checks an authorization request. Throws {@link AuthorizationRefused}. */
export function readAuthorization(
  query: URLSearchParams,
  clients: readonly RegisteredClient[],
): AuthorizationRequest {
  const client = clients.find((entry) => entry.clientId === query.get('client_id'));
  if (!client) throw new AuthorizationRefused(401, 'invalid_client', 'The OAuth client was not found.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client.redirectUris.includes(redirectUri)) {
    const message = `The redirect URI in the request, ${redirectUri}, is not registered for the client.`;
    throw new AuthorizationRefused(400, 'redirect_uri_mismatch', message);
  }
  const type = query.get('response_type');
  if (type === null) throw missing('response_type');
  if (type !== 'code')
    throw new AuthorizationRefused(400, 'unsupported_response_type', `No support for: ${type}`);
  const scopes = parseScopes(query.get('scope') ?? '');
  if (scopes.length === 0) throw missing('scope');
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  if (unknown.length > 0) {
    throw new AuthorizationRefused(
      400,
      'invalid_scope',
      `Some requested scopes are unknown: ${unknown.join(', ')}`,
    );
  }
  return {
    clientId: client.clientId,
    redirectUri,
    scopes,
    state: query.get('state') ?? undefined,
    nonce: query.get('nonce') ?? undefined,
    challenge: readChallenge(query),
    offline: query.get('access_type') === 'offline',
    prompt: (query.get('prompt') ?? '').split(' ').filter((word) => word !== ''),
    includeGranted: query.get('include_granted_scopes') === 'true',
    loginHint: query.get('login_hint') ?? undefined,
  };
}

/** Whether the verifier (RFC 7636) answers the challenge. */
export function answersChallenge(
  challenge: NonNullable<AuthorizationRequest['challenge']>,
  verifier: string,
): boolean {
  if (challenge.method === 'plain') return challenge.value === verifier;
  return createHash('sha256').update(verifier).digest('base64url') === challenge.value;
}

function readChallenge(query: URLSearchParams): AuthorizationRequest['challenge'] {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (value === null) {
    if (query.has('code_challenge_method')) throw missing('code_challenge');
    return undefined;
  }
  if (method !== 'S256' && method !== 'plain') {
    throw new AuthorizationRefused(400, 'invalid_request', `Invalid code_challenge_method: ${method}`);
  }
  if (!/^[\w.~-]{43,128}$/.test(value)) {
    throw new AuthorizationRefused(400, 'invalid_request', 'Invalid code_challenge');
  }
  return { value, method };
}

function missing(name: string): AuthorizationRefused {
  return new AuthorizationRefused(400, 'invalid_request', `Missing required parameter: ${name}`);
}
