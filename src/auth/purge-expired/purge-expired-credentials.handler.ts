import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { PurgeExpiredCredentials } from '../contracts';
import { CredentialRepository } from '../credential.repository';
import { SessionRepository } from '../session.repository';

/** Milliseconds that an ended session is kept, for its owner's list and for whoever looks into a theft. */
const keepEndedMs = 30 * 86_400_000;
/** Milliseconds that the audit log keeps addresses; what was done, and by whom, it keeps for good. */
const keepAddressesMs = 365 * 86_400_000;

@CommandHandler(PurgeExpiredCredentials)
export class PurgeExpiredCredentialsHandler implements ICommandHandler<PurgeExpiredCredentials> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly credentials: CredentialRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute(): Promise<void> {
    const endedBefore = new Date(Date.now() - keepEndedMs);
    const addressesBefore = new Date(Date.now() - keepAddressesMs);
    await this.uow.readAsService('purge expired credentials', async () => {
      await this.sessions.purge(endedBefore);
      await this.credentials.purge();
      await this.audit.eraseAddressesBefore(addressesBefore);
    });
  }
}
