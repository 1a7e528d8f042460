import type { Account } from './account';
import { emailScope, profileScope } from './scopes';

export const issuer = 'https://accounts.google.com';

interface TokenFacts {
  clientId: string;
  scopes: readonly string[];
  nonce?: string;
  /** Epoch ms. */
  now: number;
  lifeSeconds: number;
}

/** The claims of an ID token, as far as the granted scopes allow. */
export function identityClaims(account: Account, facts: TokenFacts): Record<string, unknown> {
  const issuedAt = Math.floor(facts.now / 1000);
  return {
    iss: issuer,
    azp: facts.clientId,
    aud: facts.clientId,
    sub: account.sub,
    ...(facts.scopes.includes(emailScope) && { email: account.email, email_verified: true }),
    ...(facts.scopes.includes(profileScope) && profileClaims(account)),
    ...(facts.nonce !== undefined && { nonce: facts.nonce }),
    iat: issuedAt,
    exp: issuedAt + facts.lifeSeconds,
  };
}

/** OpenID Connect's user information (v3). */
export function openIdUserInfo(account: Account, scopes: readonly string[]): Record<string, unknown> {
  return {
    sub: account.sub,
    ...(scopes.includes(profileScope) && profileClaims(account)),
    ...(scopes.includes(emailScope) && { email: account.email, email_verified: true }),
  };
}

/** The same in the words of the older v2 interface. */
export function userInfoV2(account: Account, scopes: readonly string[]): Record<string, unknown> {
  return {
    id: account.sub,
    ...(scopes.includes(emailScope) && { email: account.email, verified_email: true }),
    ...(scopes.includes(profileScope) && profileClaims(account)),
  };
}

function profileClaims(account: Account): Record<string, string> {
  const [given = account.name, ...family] = account.name.split(' ');
  return {
    name: account.name,
    given_name: given,
    ...(family.length > 0 && { family_name: family.join(' ') }),
    picture: `https://lh3.example.com/a/${account.sub}=s96-c`,
  };
}
