import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { v7 as uuidv7, validate as isUuid } from 'uuid';
import { EnvDto } from '../../kernel/config/env.dto';
import type { Principal } from '../../kernel/http/principal';
import { accessTokenAlgorithm, AccessTokenKeys } from './access-token-keys';
import { accessTokenAudience, type AccessTokenClaims } from './access-tokens';
import { SessionCheck } from './session-check';
import { VerifiedTokens } from './verified-tokens';

/**
 * Turns a bearer access token into a principal: signature by our own ring, algorithm pinned, issuer, audience, type and
 * expiry checked; then the session, the account and the role as the database has them at this moment.
 */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy) {
  /** Passport keeps strategies per process; a name of its own keeps two applications in one process apart. */
  readonly guardName = `access-token:${uuidv7()}`;

  constructor(
    env: EnvDto,
    keys: AccessTokenKeys,
    private readonly verified: VerifiedTokens,
    private readonly sessions: SessionCheck,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keyProvider(keys),
      algorithms: [accessTokenAlgorithm],
      issuer: env.PUBLIC_URL,
      audience: accessTokenAudience,
      passReqToCallback: true,
    });
    passport.use(this.guardName, this);
  }

  /** Runs behind the signature check. Null means 401. */
  async validate(
    { headers }: FastifyRequest,
    { sub = '', sid = '', exp, nbf }: Partial<AccessTokenClaims> & { nbf?: unknown },
  ): Promise<Principal | null> {
    if (!isUuid(sub) || !isUuid(sid) || typeof exp !== 'number' || nbf !== undefined) return null;
    this.verified.keep(headers.authorization, { sub, sid, exp });
    return (await this.principalOf({ sub, sid })) ?? null;
  }

  /** Whom the claims of a token that passed name, while session and account are good. */
  async principalOf({ sub, sid }: Pick<AccessTokenClaims, 'sub' | 'sid'>): Promise<Principal | undefined> {
    const standing = await this.sessions.standingOf(sub, sid);
    return standing && { userId: sub, sessionId: sid, ...standing };
  }
}

function keyProvider(keys: AccessTokenKeys): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    const key = keys.forToken(token);
    // jsonwebtoken takes a KeyObject; passport-jwt's types are older than that.
    if (key) done(null, key as KeyObject & Buffer);
    else done(new Error('Not an access token of ours'));
  };
}
