import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { AccountErasure } from '../delete-account/account-erasure';
import { EraseUser, ExportUser } from '../contracts';
import { PersonalExport } from '../export-my-data/personal-export';
import { ActsOnUsers } from './act-on-users.handler';

@CommandHandler(EraseUser)
export class EraseUserHandler implements ICommandHandler<EraseUser> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly erasure: AccountErasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, reason, adminId }: EraseUser): Promise<void> {
    this.acts.notYourself(userId, adminId);
    await this.acts.on(userId, 'auth.user-erased', reason, async () => {
      await this.erasure.erase(userId);
      await this.audit.eraseAddressesOf(userId);
      return {};
    });
  }
}

@CommandHandler(ExportUser)
export class ExportUserHandler implements ICommandHandler<ExportUser> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly exports: PersonalExport,
  ) {}

  async execute({ userId, reason }: ExportUser): Promise<Record<string, unknown>> {
    await this.acts.on(userId, 'auth.data-exported', reason, () => Promise.resolve({}));
    return Object.fromEntries(Object.entries(await this.exports.of(userId)));
  }
}
