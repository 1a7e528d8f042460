import type { SigningKey } from '../signing-key';
import { issuer } from '../oauth/identity';
import { makeAccount } from '../oauth/account';

/** What a push's bearer token says of itself. */
export interface PushTokenClaims {
  aud: string;
  email: string;
  iss?: string;
  emailVerified?: boolean;
  /** Seconds from `now`; negative for a token that is already over. Default 3,600. */
  expiresIn?: number;
}

/** The OIDC token with which Pub/Sub signs in at a push endpoint. `now` is in epoch ms. */
export function pushToken(key: SigningKey, claims: PushTokenClaims, now: number): string {
  const issuedAt = Math.floor(now / 1000);
  const { sub } = makeAccount(claims.email);
  const life = claims.expiresIn ?? 3_600;
  return key.signJwt({
    aud: claims.aud,
    azp: sub,
    email: claims.email,
    email_verified: claims.emailVerified ?? true,
    exp: issuedAt + life,
    iat: Math.min(issuedAt, issuedAt + life),
    iss: claims.iss ?? issuer,
    sub,
  });
}
