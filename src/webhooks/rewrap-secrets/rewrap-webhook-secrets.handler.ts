import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { type RewrapBatch, RewrapsSecrets } from '../../kernel/cqrs/rewraps-secrets';
import { rewrapSecrets, type StoredSecret } from '../../kernel/crypto/rewrap-secrets';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EndpointsRepository, type WebhookEndpoint } from '../endpoints.repository';
import { SecretVault } from '../secret-vault';

/** Endpoints of one transaction: their rows are locked no longer than this many updates take. */
const batchSize = 100;
const columns = ['secretCipher', 'previousSecretCipher'] as const;

/**
 * Re-wraps one batch of signing secrets under the current ring key, in one transaction, each only while the row still holds the
 * bytes that were read. Harmless to repeat.
 */
export class RewrapWebhookSecrets extends Command<RewrapBatch> {
  /** @param after the `next` of the batch before; from the start when absent. */
  constructor(readonly after?: string) {
    super();
  }
}

@RewrapsSecrets((after) => new RewrapWebhookSecrets(after))
@CommandHandler(RewrapWebhookSecrets)
export class RewrapWebhookSecretsHandler implements ICommandHandler<RewrapWebhookSecrets> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly vault: SecretVault,
    private readonly audit: AuditLog,
  ) {}

  execute({ after }: RewrapWebhookSecrets): Promise<RewrapBatch> {
    return this.uow.asService('rotate keys', async () => {
      const rows = await this.endpoints.listSecrets(after, batchSize);
      const batch = await rewrapSecrets(
        rows.flatMap((row) => this.secretsOf(row)),
        (ciphertext) => this.vault.rewrap(ciphertext),
      );
      if (batch.rewrapped > 0)
        await this.audit.record({
          action: 'webhooks.secrets-rewrapped',
          changes: { count: batch.rewrapped },
        });
      return rows.length < batchSize ? batch : { ...batch, next: rows.at(-1)?.id };
    });
  }

  private secretsOf(row: WebhookEndpoint): StoredSecret[] {
    return columns.flatMap((column) => {
      const ciphertext = row[column];
      if (!ciphertext) return [];
      const replace = (rewrapped: Uint8Array<ArrayBuffer>) =>
        this.endpoints.replaceSecret(row.id, column, ciphertext, rewrapped);
      return [{ rowId: `webhook_endpoints ${row.id} ${column}`, ciphertext, replace }];
    });
  }
}
