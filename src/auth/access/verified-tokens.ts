import { Injectable } from '@nestjs/common';
import { measureCache } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import type { AccessTokenClaims } from './access-tokens';

const mostTokens = 20_000;

/**
 * Access tokens whose signature this process has checked. What a signed text says never changes and the key ring is the
 * process's own, so the only thing that makes an entry stale is the token's expiry, which every lookup holds against the clock.
 * Whether session and account are still good is asked of the database each time.
 */
@Injectable()
export class VerifiedTokens {
  /** By Authorization header, in the order in which they came. */
  private readonly claims = new Map<string, AccessTokenClaims>();
  private readonly onLookup;

  constructor(metrics: Metrics) {
    this.onLookup = measureCache(metrics, 'access-token');
  }

  /** What the token says, where it was checked before and has not expired since. */
  find(authorization: string | undefined): AccessTokenClaims | undefined {
    if (authorization === undefined) return undefined;
    const claims = this.claims.get(authorization);
    const isGood = claims !== undefined && claims.exp > Date.now() / 1_000;
    this.onLookup(isGood);
    if (claims && !isGood) this.claims.delete(authorization);
    return isGood ? claims : undefined;
  }

  /** Notes a token that passed every check. */
  keep(authorization: string | undefined, claims: AccessTokenClaims): void {
    if (authorization === undefined) return;
    this.claims.set(authorization, claims);
    if (this.claims.size > mostTokens) this.claims.delete(this.claims.keys().next().value ?? '');
  }
}
