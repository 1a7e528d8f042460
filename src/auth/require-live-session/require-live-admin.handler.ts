import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../kernel/errors/domain-error';
import { SessionCheck } from '../access/session-check';
import { RequireLiveAdmin } from '../contracts';

@QueryHandler(RequireLiveAdmin)
export class RequireLiveAdminHandler implements IQueryHandler<RequireLiveAdmin> {
  constructor(private readonly sessions: SessionCheck) {}

  async execute({ userId, sessionId }: RequireLiveAdmin): Promise<void> {
    const standing = await this.sessions.standingOf(userId, sessionId);
    if (!standing)
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'Valid credentials are needed.');
    if (standing.role !== 'admin')
      throw new DomainError('forbidden', 'auth.forbidden', 'The credentials do not allow this.');
  }
}
