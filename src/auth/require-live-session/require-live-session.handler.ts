import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../kernel/errors/domain-error';
import { RequireLiveSession } from '../contracts';
import { SessionRepository } from '../session.repository';

@QueryHandler(RequireLiveSession)
export class RequireLiveSessionHandler implements IQueryHandler<RequireLiveSession> {
  constructor(private readonly sessions: SessionRepository) {}

  async execute({ userId, sessionId }: RequireLiveSession): Promise<void> {
    if ((await this.sessions.liveRole(userId, sessionId)) === undefined)
      throw new DomainError(
        'forbidden',
        'auth.session-ended',
        'The session in which this was begun has ended',
      );
  }
}
