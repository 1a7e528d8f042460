import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { ApiKeyRepository } from '../api-key.repository';

/**
 * Revokes an API key; it stops working at once.
 * @throws DomainError `auth.no-such-api-key` (not-found).
 */
export class RevokeApiKey extends Command<void> {
  constructor(
    readonly userId: string,
    readonly keyId: string,
  ) {
    super();
  }
}

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, keyId }: RevokeApiKey): Promise<void> {
    await this.uow.asUser(userId, async () => {
      if (!(await this.keys.revoke(userId, keyId)))
        throw new DomainError('not-found', 'auth.no-such-api-key', 'There is no such API key.');
      await this.audit.record({
        action: 'auth.api-key-revoked',
        targetType: 'api-key',
        targetId: keyId,
        userId,
      });
    });
  }
}
