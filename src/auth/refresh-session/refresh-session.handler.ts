import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { createOpaqueToken, hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { currentRequest, identifyRequest } from '../../kernel/http/request-context';
import { SessionOpener } from '../access/session-opener';
import type { TokensDto } from '../access/tokens.dto';
import { coverSuccessor, uncoverSuccessor } from '../domain/refresh-token';
import { isIdle, isWithinGrace } from '../domain/session-policy';
import { type RefreshTokenRow, SessionRepository } from '../session.repository';

/**
 * Trades a refresh token for the session's next pair of tokens. Of parallel calls with one token a single one rotates, and
 * all of them get the same successor. A token that comes back after its grace was copied: the session ends.
 * @throws DomainError `auth.invalid-refresh-token` (unauthenticated), whatever the reason.
 */
export class RefreshSession extends Command<TokensDto> {
  constructor(readonly refreshToken: string) {
    super();
  }
}

@CommandHandler(RefreshSession)
export class RefreshSessionHandler implements ICommandHandler<RefreshSession> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly opener: SessionOpener,
    private readonly audit: AuditLog,
  ) {}

  async execute({ refreshToken }: RefreshSession): Promise<TokensDto> {
    // The refusal is thrown outside of the transaction: a revocation inside must commit.
    const tokens = await this.uow.asService('refresh a session', () => this.trade(refreshToken));
    if (!tokens) throw new DomainError('unauthenticated', 'auth.invalid-refresh-token', 'Sign in again.');
    return tokens;
  }

  private async trade(token: string): Promise<TokensDto | undefined> {
    const tokenHash = hashOpaqueToken(token);
    if (!(await this.sessions.lockByToken(tokenHash))) return undefined;
    const row = await this.sessions.findToken(tokenHash);
    if (!row || hasEnded(row)) return undefined;
    identifyRequest({ userId: row.userId, role: 'user' });
    if (row.retiredAt && !isWithinGrace(row.retiredAt)) {
      await this.sessions.revoke(row.userId, row.sessionId, 'refresh token reused');
      await this.audit.record({
        action: 'auth.refresh-token-reused',
        targetType: 'session',
        targetId: row.sessionId,
      });
      return undefined;
    }
    const live = row.retiredAt ? await this.latest(token, row) : await this.rotate(token, row);
    return this.opener.tokensOf(row.userId, row.sessionId, live);
  }

  private async rotate(token: string, { sessionId, userId }: RefreshTokenRow): Promise<string> {
    const next = createOpaqueToken();
    const successor = coverSuccessor(next.token, token);
    await this.sessions.retire(hashOpaqueToken(token), successor, sessionId, currentRequest()?.ip ?? null);
    await this.sessions.addToken(sessionId, userId, next.hash);
    await this.audit.record({ action: 'auth.session-refreshed', targetType: 'session', targetId: sessionId });
    return next.token;
  }

  /** Follows successors to the live token; more than one step only when a client rotates twice within the grace. */
  private async latest(token: string, row: RefreshTokenRow): Promise<string> {
    let live = token;
    for (
      let at: RefreshTokenRow | null = row;
      at?.successor;
      at = await this.sessions.findToken(hashOpaqueToken(live))
    )
      live = uncoverSuccessor(at.successor, live);
    return live;
  }
}

function hasEnded({ session }: RefreshTokenRow): boolean {
  const isOver = session.revokedAt !== null || session.expiresAt <= new Date() || isIdle(session.lastUsedAt);
  return isOver || session.user.status !== 'active';
}
