import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import type { MyDataDto } from './export-my-data.dto';
import { PersonalExport } from './personal-export';

/**
 * Everything held about a user, over all modules; whole or not at all.
 * @throws DomainError `auth.recent-proof-needed` (forbidden).
 */
export class ExportMyData extends Command<MyDataDto> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(ExportMyData)
export class ExportMyDataHandler implements ICommandHandler<ExportMyData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly exports: PersonalExport,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: ExportMyData): Promise<MyDataDto> {
    await this.proof.requireRecent(userId, sessionId);
    const data = await this.exports.of(userId);
    await this.uow.asUser(userId, () =>
      this.audit.record({ action: 'auth.data-exported', targetType: 'user', targetId: userId, userId }),
    );
    return data;
  }
}
