import { verify } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiError, unauthenticated } from '../api-error';
import type { GoogleState } from '../google-state';
import { issuer, openIdUserInfo, userInfoV2 } from './identity';
import { OAuthError } from './oauth-error';
import { emailScope } from './scopes';
import { answering, formOf, queryOf } from './token.routes';
import type { AccessToken } from './tokens';

const keyLife = 'public, max-age=19800, must-revalidate, no-transform';

/** Who somebody is: keys, user information, token information and the discovery document. */
export function serveIdentity(app: FastifyInstance, state: GoogleState): void {
  app.get('/oauth2/v3/certs', (_request, reply) =>
    reply.header('cache-control', keyLife).send({ keys: [state.key.jwk()] }),
  );
  app.get('/oauth2/v1/certs', (_request, reply) =>
    reply.header('cache-control', keyLife).send({ [state.key.kid]: state.key.certificatePem() }),
  );
  app.get('/.well-known/openid-configuration', (request) =>
    configuration(`${request.protocol}://${request.host}`),
  );

  for (const path of ['/oauth2/v3/userinfo', '/v1/userinfo']) {
    app.get(path, (request, reply) => userInfo(request, reply, state, openIdUserInfo));
  }
  for (const path of ['/oauth2/v2/userinfo', '/userinfo/v2/me']) {
    app.get(path, (request, reply) => userInfo(request, reply, state, userInfoV2));
  }

  const inspect = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    answering(reply, () => tokenInfo(request, state));
  app.get('/tokeninfo', inspect);
  app.post('/tokeninfo', inspect);
  app.post('/oauth2/v2/tokeninfo', (request, reply) => answering(reply, () => tokenInfoV2(request, state)));
}

function userInfo(
  request: FastifyRequest,
  reply: FastifyReply,
  state: GoogleState,
  describe: typeof userInfoV2,
): FastifyReply {
  const token = state.tokens.introspect(bearerOf(request) ?? '');
  const account = token && state.accounts.get(token.email);
  if (token && account) return reply.send(describe(account, token.scopes));
  const error: ApiError = unauthenticated(bearerOf(request) !== undefined);
  return reply.code(error.code).headers(error.headers).send(error.body());
}

function tokenInfo(request: FastifyRequest, state: GoogleState): unknown {
  const idToken = formOf(request).get('id_token') ?? queryOf(request).get('id_token');
  if (idToken !== null) return idTokenInfo(idToken, state);
  const token = liveToken(request, state);
  const account = state.accounts.get(token.email);
  return {
    azp: token.clientId,
    aud: token.clientId,
    sub: account?.sub,
    scope: token.scopes.join(' '),
    exp: String(Math.floor(token.expiresAt / 1000)),
    expires_in: String(secondsLeft(token, state)),
    ...(token.scopes.includes(emailScope) && { email: token.email, email_verified: 'true' }),
    access_type: token.refreshToken === undefined ? 'online' : 'offline',
  };
}

function tokenInfoV2(request: FastifyRequest, state: GoogleState): unknown {
  const token = liveToken(request, state);
  return {
    issued_to: token.clientId,
    audience: token.clientId,
    user_id: state.accounts.get(token.email)?.sub,
    scope: token.scopes.join(' '),
    expires_in: secondsLeft(token, state),
    ...(token.scopes.includes(emailScope) && { email: token.email, verified_email: true }),
  };
}

// All values come as strings here, numbers and booleans too.
function idTokenInfo(jwt: string, state: GoogleState): Record<string, string> {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const key = { key: state.key.jwk(), format: 'jwk' as const };
  const genuine = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  const claims = genuine
    ? (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<
        string,
        string | number | boolean
      >)
    : {};
  if (!genuine || Number(claims.exp) * 1000 <= state.clock.now()) throw invalidToken();
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)]));
}

function liveToken(request: FastifyRequest, state: GoogleState): AccessToken {
  const given =
    formOf(request).get('access_token') ?? queryOf(request).get('access_token') ?? bearerOf(request);
  const token = state.tokens.introspect(given ?? '');
  if (!token) throw invalidToken();
  return token;
}

function secondsLeft(token: AccessToken, state: GoogleState): number {
  return Math.floor((token.expiresAt - state.clock.now()) / 1000);
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function invalidToken(): OAuthError {
  return new OAuthError(400, 'invalid_token', 'Invalid Value');
}

function configuration(base: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${base}/o/oauth2/v2/auth`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/v1/userinfo`,
    revocation_endpoint: `${base}/revoke`,
    jwks_uri: `${base}/oauth2/v3/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      'aud',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'iss',
      'name',
      'picture',
      'sub',
    ],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  };
}
