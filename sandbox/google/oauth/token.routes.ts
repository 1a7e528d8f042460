import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GoogleState } from '../google-state';
import type { RegisteredClient } from '../settings';
import { identityClaims } from './identity';
import { invalidRequest, OAuthError } from './oauth-error';
import { parseScopes } from './scopes';
import type { IssuedTokens } from './tokens';

/** The token endpoint and the revocation endpoint. */
export function serveTokens(app: FastifyInstance, state: GoogleState): void {
  app.post('/token', (request, reply) =>
    answering(reply, () => {
      const form = formOf(request);
      const client = authenticateClient(form, request.headers.authorization, state.clients);
      return tokenResponse(exchange(form, client, state), client, state);
    }),
  );

  app.post('/revoke', (request, reply) =>
    answering(reply, () => {
      const token = formOf(request).get('token') ?? queryOf(request).get('token');
      if (token === null) throw invalidRequest('Missing required parameter: token');
      if (!state.tokens.revoke(token)) throw new OAuthError(400, 'invalid_token', 'Token expired or revoked');
      return {};
    }),
  );
}

/** Sends what `work` returns, or its {@link OAuthError} with the right status. */
export function answering(reply: FastifyReply, work: () => unknown): FastifyReply {
  reply
    .header('cache-control', 'no-cache, no-store, max-age=0, must-revalidate')
    .header('pragma', 'no-cache');
  try {
    return reply.send(work());
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return reply.code(error.status).send(error.body());
  }
}

/** The form of a request; empty when it has none. */
export function formOf(request: FastifyRequest): URLSearchParams {
  if (request.body instanceof URLSearchParams) return request.body;
  const fields =
    typeof request.body === 'object' && request.body !== null ? Object.entries(request.body) : [];
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '');
}

function exchange(form: URLSearchParams, client: RegisteredClient, state: GoogleState): IssuedTokens {
  const grantType = form.get('grant_type');
  if (grantType === 'authorization_code') {
    const verifier = form.get('code_verifier') ?? undefined;
    return state.tokens.redeem(need(form, 'code'), client.clientId, need(form, 'redirect_uri'), verifier);
  }
  if (grantType === 'refresh_token') {
    return state.tokens.refresh(
      need(form, 'refresh_token'),
      client.clientId,
      parseScopes(form.get('scope') ?? ''),
    );
  }
  if (grantType === null) throw invalidRequest('Missing required parameter: grant_type');
  throw new OAuthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
}

function tokenResponse(issued: IssuedTokens, client: RegisteredClient, state: GoogleState): unknown {
  const { access, refresh, nonce } = issued;
  const lifeSeconds = state.settings.accessTokenSeconds;
  const account = state.accounts.get(access.email);
  const facts = {
    clientId: client.clientId,
    scopes: access.scopes,
    nonce,
    now: state.clock.now(),
    lifeSeconds,
  };
  const withIdentity = account && access.scopes.includes('openid');
  return {
    access_token: access.token,
    expires_in: lifeSeconds,
    ...(refresh && { refresh_token: refresh.token }),
    ...(refresh &&
      state.settings.refreshTokenSeconds !== undefined && {
        refresh_token_expires_in: state.settings.refreshTokenSeconds,
      }),
    scope: access.scopes.join(' '),
    token_type: 'Bearer',
    ...(withIdentity && { id_token: state.key.signJwt(identityClaims(account, facts)) }),
  };
}

function authenticateClient(
  form: URLSearchParams,
  authorization: string | undefined,
  clients: readonly RegisteredClient[],
): RegisteredClient {
  const [basicId, basicSecret] = basicCredentials(authorization);
  const clientId = form.get('client_id') ?? basicId;
  if (clientId === undefined) throw invalidRequest('Could not determine client ID from request.');
  const client = clients.find((entry) => entry.clientId === clientId);
  if (!client) throw new OAuthError(401, 'invalid_client', 'The OAuth client was not found.');
  const secret = form.get('client_secret') ?? basicSecret;
  if (secret === undefined) throw new OAuthError(400, 'invalid_request', 'client_secret is missing.');
  if (secret !== client.clientSecret) {
    throw new OAuthError(401, 'invalid_client', 'The provided client secret is invalid.');
  }
  return client;
}

function basicCredentials(authorization: string | undefined): string[] {
  if (!authorization?.startsWith('Basic ')) return [];
  return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':', 2).map(decodeURIComponent);
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw invalidRequest(`Missing required parameter: ${name}`);
  return value;
}
