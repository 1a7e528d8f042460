import { Logger } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { type GmailConnection, GmailRepository } from '../gmail.repository';
import { GoogleOAuth } from '../google/google-oauth';
import { TokenVault } from '../tokens/token-vault';

/**
 * Ends a connection: tokens are wiped at once, then the grant is revoked at Google as far as Google can be reached. A
 * connection that is ended already stays so.
 * @throws DomainError `gmail.connection-unknown` (not-found).
 */
export class DisconnectGmail extends Command<void> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {
    super();
  }
}

@CommandHandler(DisconnectGmail)
export class DisconnectGmailHandler implements ICommandHandler<DisconnectGmail> {
  private readonly logger = new Logger(DisconnectGmailHandler.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly vault: TokenVault,
    private readonly google: GoogleOAuth,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, connectionId }: DisconnectGmail): Promise<void> {
    const row = await this.uow.asService('disconnect a mailbox', async () => {
      const found = await this.repository.find(userId, connectionId);
      if (!found) throw new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
      if (found.status === 'disconnected') return found;
      await this.repository.disconnect(connectionId);
      const target = { targetType: 'gmail-connection', targetId: connectionId, userId };
      const changes = { from: found.status };
      await this.audit.record({ action: 'gmail.disconnected', ...target, changes });
      return found;
    });
    await this.revoke(row);
  }

  /** Without tokens nobody here can use the grant any more: that Google still lists it is no reason to fail. */
  private async revoke(row: GmailConnection): Promise<void> {
    if (!row.refreshTokenCipher) return;
    try {
      await this.google.revoke(this.vault.open(row.refreshTokenCipher, 'refresh_token', row));
    } catch (error) {
      this.logger.warn({ err: error, connectionId: row.id }, 'Google could not be told to revoke a grant');
    }
  }
}
