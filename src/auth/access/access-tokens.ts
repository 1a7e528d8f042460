import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { EnvDto } from '../../kernel/config/env.dto';
import { accessTokenAlgorithm, AccessTokenKeys, accessTokenType } from './access-token-keys';

/** Who an access token is for. */
export const accessTokenAudience = 'inbrief-api';

/** What an access token says: whose it is and under which session; never what its bearer may do. */
export interface AccessTokenClaims {
  readonly sub: string;
  readonly sid: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** Makes access tokens. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly env: EnvDto,
    private readonly jwt: JwtService,
    private readonly keys: AccessTokenKeys,
  ) {}

  /** Seconds that a token lives. */
  get ttlSeconds(): number {
    return this.env.ACCESS_TOKEN_TTL_SECONDS;
  }

  /** A signed token for this user's session. */
  sign(userId: string, sessionId: string): string {
    const kid = this.keys.signingKid;
    return this.jwt.sign(
      { sid: sessionId },
      {
        privateKey: this.keys.byKid(kid),
        algorithm: accessTokenAlgorithm,
        header: { alg: accessTokenAlgorithm, typ: accessTokenType, kid },
        issuer: this.env.PUBLIC_URL,
        audience: accessTokenAudience,
        subject: userId,
        expiresIn: this.ttlSeconds,
      },
    );
  }
}
