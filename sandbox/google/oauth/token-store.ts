import { randomBytes } from 'node:crypto';
import type { GoogleSettings } from '../settings';
import { answersChallenge, type AuthorizationRequest } from './authorization-request';
import { invalidGrant, OAuthError } from './oauth-error';
import type { AccessToken, AuthorizationCode, IssuedTokens, RefreshToken } from './tokens';

const codeLifeMs = 10 * 60_000;
const idleLimitMs = 182 * 86_400_000;

type Policy = Pick<GoogleSettings, 'accessTokenSeconds' | 'refreshTokenSeconds' | 'refreshTokenLimit'>;

/** Codes, tokens and remembered grants of all accounts, under Google's rules. */
export class TokenStore {
  private codes = new Map<string, AuthorizationCode>();
  private access = new Map<string, AccessToken>();
  private refreshTokens = new Map<string, RefreshToken>();
  private grants = new Map<string, Set<string>>();

  constructor(
    private readonly policy: Policy,
    private readonly now: () => number,
  ) {}

  /** Scopes that the account has granted the client so far. */
  granted(clientId: string, email: string): ReadonlySet<string> {
    return this.grants.get(`${clientId} ${email}`) ?? new Set();
  }

  /** Remembers a consent and gives out a single-use code for it. */
  issueCode(request: AuthorizationRequest, email: string, scopes: string[]): string {
    const before = this.granted(request.clientId, email);
    const firstConsent = before.size === 0 || request.prompt.includes('consent');
    const newScopes = scopes.some((scope) => !before.has(scope));
    const all = new Set([...before, ...scopes]);
    this.grants.set(`${request.clientId} ${email}`, all);
    const code = `4/0A${randomBytes(32).toString('base64url')}`;
    this.codes.set(code, {
      email,
      request,
      scopes: request.includeGranted ? [...all] : scopes,
      // Google asks again, and so gives a refresh token again, when the scopes grow.
      withRefreshToken: request.offline && (firstConsent || newScopes),
      expiresAt: this.now() + codeLifeMs,
      issued: undefined,
    });
    return code;
  }

  /** Exchanges a code, once. A second try revokes what the first one gave. Throws {@link OAuthError}. */
  redeem(code: string, clientId: string, redirectUri: string, verifier: string | undefined): IssuedTokens {
    const found = this.codes.get(code);
    if (!found) throw invalidGrant(code.startsWith('4/') ? 'Bad Request' : 'Malformed auth code.');
    if (found.issued) {
      this.drop(found.issued);
      throw invalidGrant('Bad Request');
    }
    if (found.expiresAt <= this.now() || found.request.clientId !== clientId)
      throw invalidGrant('Bad Request');
    if (found.request.redirectUri !== redirectUri)
      throw new OAuthError(400, 'redirect_uri_mismatch', 'Bad Request');
    const { challenge } = found.request;
    if (challenge && verifier === undefined) throw invalidGrant('Missing code verifier.');
    if (challenge && !answersChallenge(challenge, verifier ?? ''))
      throw invalidGrant('Invalid code verifier.');
    const refresh = found.withRefreshToken
      ? this.issueRefreshToken(clientId, found.email, found.scopes)
      : undefined;
    const access = this.issueAccessToken(clientId, found.email, found.scopes, refresh?.token);
    found.issued = { access, refresh, nonce: found.request.nonce };
    return found.issued;
  }

  /** Issues tokens with no consent page: for set-ups that are not about consent. */
  mint(clientId: string, email: string, scopes: string[]): IssuedTokens {
    this.grants.set(`${clientId} ${email}`, new Set([...this.granted(clientId, email), ...scopes]));
    const refresh = this.issueRefreshToken(clientId, email, scopes);
    return { access: this.issueAccessToken(clientId, email, scopes, refresh.token), refresh };
  }

  /** A new access token, for all scopes of the refresh token or some of them. Throws {@link OAuthError}. */
  refresh(token: string, clientId: string, wanted: string[]): IssuedTokens {
    const found = this.refreshTokens.get(token);
    if (!found)
      throw invalidGrant(token.startsWith('1//') ? 'Token has been expired or revoked.' : 'Bad Request');
    if (found.clientId !== clientId) throw new OAuthError(401, 'unauthorized_client', 'Unauthorized');
    if (found.expiresAt <= this.now() || found.lastUsedAt + idleLimitMs <= this.now()) {
      this.refreshTokens.delete(token);
      throw invalidGrant('Token has been expired or revoked.');
    }
    if (wanted.some((scope) => !found.scopes.includes(scope))) {
      throw new OAuthError(400, 'invalid_scope', 'Some requested scopes were not granted.');
    }
    found.lastUsedAt = this.now();
    const scopes = wanted.length > 0 ? wanted : found.scopes;
    return { access: this.issueAccessToken(clientId, found.email, scopes, token) };
  }

  /** The access token, if it is live. */
  introspect(token: string): AccessToken | undefined {
    const found = this.access.get(token);
    return found && found.expiresAt > this.now() ? found : undefined;
  }

  /** Ends the whole grant behind an access or refresh token, as Google does; false for a dead or unknown one. */
  revoke(token: string): boolean {
    const found = this.introspect(token) ?? this.refreshTokens.get(token);
    if (!found) return false;
    this.revokeGrants(found.email, found.clientId);
    return true;
  }

  /** Ends every token and grant of an account (a password change, an administrator), for one client or all. */
  revokeGrants(email: string, clientId?: string): void {
    const hit = (entry: { email: string; clientId: string }): boolean =>
      entry.email === email && (clientId === undefined || entry.clientId === clientId);
    for (const [token, entry] of this.access) if (hit(entry)) this.access.delete(token);
    for (const [token, entry] of this.refreshTokens) if (hit(entry)) this.refreshTokens.delete(token);
    for (const key of this.grants.keys()) {
      const [grantClient = '', grantEmail = ''] = key.split(' ');
      if (hit({ email: grantEmail, clientId: grantClient })) this.grants.delete(key);
    }
  }

  /** Lets the access tokens of an account expire; its refresh tokens live on. */
  expireAccessTokens(email: string): void {
    for (const [token, entry] of this.access) if (entry.email === email) this.access.delete(token);
  }

  reset(): void {
    for (const map of [this.codes, this.access, this.refreshTokens, this.grants]) map.clear();
  }

  /** Counts of what lives, by account. */
  snapshot(): { email: string; clientId: string; grantedScopes: string[]; refreshTokens: number }[] {
    return [...this.grants].map(([key, scopes]) => {
      const [clientId = '', email = ''] = key.split(' ');
      return {
        email,
        clientId,
        grantedScopes: [...scopes],
        refreshTokens: this.liveRefreshTokens(clientId, email).length,
      };
    });
  }

  private issueAccessToken(
    clientId: string,
    email: string,
    scopes: string[],
    refreshToken?: string,
  ): AccessToken {
    const token = `ya29.a0${randomBytes(48).toString('base64url')}`;
    const expiresAt = this.now() + this.policy.accessTokenSeconds * 1000;
    const made = { token, clientId, email, scopes, expiresAt, refreshToken };
    this.access.set(token, made);
    return made;
  }

  private issueRefreshToken(clientId: string, email: string, scopes: string[]): RefreshToken {
    const [oldest, ...others] = this.liveRefreshTokens(clientId, email);
    if (oldest && others.length + 1 >= this.policy.refreshTokenLimit) this.refreshTokens.delete(oldest.token);
    const token = `1//0${randomBytes(40).toString('base64url')}`;
    const life = this.policy.refreshTokenSeconds;
    const expiresAt = life === undefined ? Number.POSITIVE_INFINITY : this.now() + life * 1000;
    const made = { token, clientId, email, scopes, expiresAt, lastUsedAt: this.now() };
    this.refreshTokens.set(token, made);
    return made;
  }

  private liveRefreshTokens(clientId: string, email: string): RefreshToken[] {
    return [...this.refreshTokens.values()].filter(
      (entry) => entry.clientId === clientId && entry.email === email,
    );
  }

  private drop(issued: IssuedTokens): void {
    this.access.delete(issued.access.token);
    if (!issued.refresh) return;
    const { token } = issued.refresh;
    this.refreshTokens.delete(token);
    for (const [name, entry] of this.access) if (entry.refreshToken === token) this.access.delete(name);
  }
}
