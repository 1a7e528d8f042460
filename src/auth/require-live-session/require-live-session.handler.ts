import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { SessionCheck } from '../access/session-check';
import { ApiKeyRepository } from '../api-key.repository';
import { RequireLiveSession } from '../contracts';

@QueryHandler(RequireLiveSession)
export class RequireLiveSessionHandler implements IQueryHandler<RequireLiveSession> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionCheck,
    private readonly keys: ApiKeyRepository,
  ) {}

  async execute({ userId, sessionId }: RequireLiveSession): Promise<void> {
    if (await this.sessions.standingOf(userId, sessionId)) return;
    // What an API key began carries the key's id.
    const byKey = await this.uow.readAsService('look for a live key', () =>
      this.keys.isLive(userId, sessionId),
    );
    if (!byKey)
      throw new DomainError(
        'forbidden',
        'auth.session-ended',
        'The session in which this was begun has ended',
      );
  }
}
