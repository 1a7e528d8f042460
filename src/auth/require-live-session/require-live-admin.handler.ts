import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../kernel/errors/domain-error';
import { SessionCheck } from '../access/session-check';
import { RequireLiveAdmin } from '../contracts';

@QueryHandler(RequireLiveAdmin)
export class RequireLiveAdminHandler implements IQueryHandler<RequireLiveAdmin> {
  constructor(private readonly sessions: SessionCheck) {}

  async execute({ userId, sessionId }: RequireLiveAdmin): Promise<void> {
    const role = await this.sessions.liveRole(userId, sessionId);
    if (!role)
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'Valid credentials are needed.');
    if (role !== 'admin')
      throw new DomainError('forbidden', 'auth.forbidden', 'The credentials do not allow this.');
  }
}
