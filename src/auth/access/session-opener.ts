import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { currentRequest } from '../../kernel/http/request-context';
import { sessionEnd } from '../domain/session-policy';
import { SessionRepository } from '../session.repository';
import { AccessTokens } from './access-tokens';
import type { TokensDto } from './tokens.dto';

const longestDevice = 300;

/** Begins sessions; who may have one is for the caller to decide. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** Opens a session for the device of the current call, in the ambient transaction (service). */
  async open(userId: string): Promise<{ sessionId: string; tokens: TokensDto }> {
    const sessionId = uuidv7();
    const refreshToken = createOpaqueToken();
    const request = currentRequest();
    await this.sessions.insert({
      id: sessionId,
      userId,
      device: request?.userAgent?.slice(0, longestDevice) ?? null,
      ipAddress: request?.ip ?? null,
      expiresAt: sessionEnd(),
      tokenHash: refreshToken.hash,
    });
    return { sessionId, tokens: this.tokensOf(userId, sessionId, refreshToken.token) };
  }

  /** The pair of tokens that a session is used with from now on. */
  tokensOf(userId: string, sessionId: string, refreshToken: string): TokensDto {
    return {
      accessToken: this.accessTokens.sign(userId, sessionId),
      refreshToken,
      expiresInSeconds: this.accessTokens.ttlSeconds,
    };
  }
}
