import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { type RewrapBatch, RewrapsSecrets } from '../../kernel/cqrs/rewraps-secrets';
import { rewrapSecrets } from '../../kernel/crypto/rewrap-secrets';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RewrapAuthSecrets } from '../contracts';
import { SecondFactorVault } from '../second-factor/second-factor-vault';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';

/** Users of one transaction: their rows are locked no longer than this many updates take. */
const batchSize = 100;

@RewrapsSecrets((after) => new RewrapAuthSecrets(after))
@CommandHandler(RewrapAuthSecrets)
export class RewrapAuthSecretsHandler implements ICommandHandler<RewrapAuthSecrets> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: SecondFactorRepository,
    private readonly vault: SecondFactorVault,
    private readonly audit: AuditLog,
  ) {}

  execute({ after }: RewrapAuthSecrets): Promise<RewrapBatch> {
    return this.uow.asService('rotate keys', async () => {
      const rows = await this.repository.listSecrets(after, batchSize);
      const secrets = rows.map(({ userId, secret }) => ({
        rowId: `second_factors ${userId}`,
        ciphertext: secret,
        replace: (rewrapped: Uint8Array<ArrayBuffer>) =>
          this.repository.replaceSecret(userId, secret, rewrapped),
      }));
      const batch = await rewrapSecrets(secrets, (ciphertext) => this.vault.rewrap(ciphertext));
      if (batch.rewrapped > 0)
        await this.audit.record({ action: 'auth.secrets-rewrapped', changes: { count: batch.rewrapped } });
      return rows.length < batchSize ? batch : { ...batch, next: rows.at(-1)?.userId };
    });
  }
}
