import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { idleSince } from '../domain/session-policy';
import { SessionRepository } from '../session.repository';
import type { SessionDto } from './list-sessions.dto';

/** The sessions of a user that can still be used, the last used first; at most 100. */
export class ListSessions extends Query<SessionDto[]> {
  constructor(
    readonly userId: string,
    /** The session that asks. */
    readonly sessionId: string,
  ) {
    super();
  }
}

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  async execute({ userId, sessionId }: ListSessions): Promise<SessionDto[]> {
    const rows = await this.uow.readAsUser(userId, () => this.sessions.listLive(userId, idleSince()));
    return rows.map(({ createdAt, lastUsedAt, expiresAt, ...session }) => ({
      ...session,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: session.id === sessionId,
    }));
  }
}
