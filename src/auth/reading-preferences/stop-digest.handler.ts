import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { StopDigest } from '../contracts';
import { PreferencesRepository } from '../preferences.repository';

@CommandHandler(StopDigest)
export class StopDigestHandler implements ICommandHandler<StopDigest> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferencesRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId }: StopDigest): Promise<void> {
    return this.uow.asService('stop a digest', async () => {
      await this.preferences.stopDigest(userId);
      await this.audit.record({
        action: 'auth.profile-updated',
        targetType: 'user',
        targetId: userId,
        userId,
        changes: { fields: ['preferences.digest'] },
      });
    });
  }
}
