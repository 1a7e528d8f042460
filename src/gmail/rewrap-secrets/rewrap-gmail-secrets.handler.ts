import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { type RewrapBatch, RewrapsSecrets } from '../../kernel/cqrs/rewraps-secrets';
import { rewrapSecrets, type StoredSecret } from '../../kernel/crypto/rewrap-secrets';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RewrapGmailSecrets } from '../contracts/commands';
import { SecretsRepository, type StoredCiphers } from '../secrets.repository';
import { TokenVault } from '../tokens/token-vault';

/** Mailboxes of one transaction: their rows are locked no longer than this many updates take. */
const batchSize = 100;
const columns = ['accessTokenCipher', 'refreshTokenCipher'] as const;

@RewrapsSecrets((after) => new RewrapGmailSecrets(after))
@CommandHandler(RewrapGmailSecrets)
export class RewrapGmailSecretsHandler implements ICommandHandler<RewrapGmailSecrets> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: SecretsRepository,
    private readonly vault: TokenVault,
    private readonly audit: AuditLog,
  ) {}

  execute({ after }: RewrapGmailSecrets): Promise<RewrapBatch> {
    return this.uow.asService('rotate keys', async () => {
      const rows = await this.repository.list(after, batchSize);
      const batch = await rewrapSecrets(
        rows.flatMap((row) => this.secretsOf(row)),
        (ciphertext) => this.vault.rewrap(ciphertext),
      );
      if (batch.rewrapped > 0)
        await this.audit.record({ action: 'gmail.secrets-rewrapped', changes: { count: batch.rewrapped } });
      return rows.length < batchSize ? batch : { ...batch, next: rows.at(-1)?.id };
    });
  }

  private secretsOf(row: StoredCiphers): StoredSecret[] {
    return columns.flatMap((column) => {
      const ciphertext = row[column];
      if (!ciphertext) return [];
      const replace = (rewrapped: Uint8Array<ArrayBuffer>) =>
        this.repository.replace(row.id, column, ciphertext, rewrapped);
      return [{ rowId: `gmail_connections ${row.id} ${column}`, ciphertext, replace }];
    });
  }
}
