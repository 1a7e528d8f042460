import { randomBytes } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { IdentityProof } from '../access/identity-proof';
import { AuthRepository } from '../auth.repository';
import { base32, totpUri } from '../domain/totp';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SecondFactorVault } from '../second-factor/second-factor-vault';
import type { NewSecondFactorDto } from './begin-second-factor.dto';

/**
 * Makes a secret for an authenticator app. It is asked for at sign-in only after a first code has confirmed it; begun again,
 * the secret before is forgotten.
 * @throws DomainError `auth.recent-proof-needed` (forbidden); `auth.second-factor-enabled` (conflict).
 */
export class BeginSecondFactor extends Command<NewSecondFactorDto> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/** Bytes, as RFC 4226 recommends. */
const secretBytes = 20;

@CommandHandler(BeginSecondFactor)
export class BeginSecondFactorHandler implements ICommandHandler<BeginSecondFactor> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly users: AuthRepository,
    private readonly factors: SecondFactorRepository,
    private readonly vault: SecondFactorVault,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: BeginSecondFactor): Promise<NewSecondFactorDto> {
    await this.proof.requireRecent(userId, sessionId);
    const secret = randomBytes(secretBytes);
    const account = await this.uow.asService('begin a second factor', async () => {
      if (!(await this.factors.begin(userId, this.vault.seal(userId, secret))))
        throw new DomainError('conflict', 'auth.second-factor-enabled', 'Turn the second factor off first.');
      await this.audit.record({
        action: 'auth.second-factor-begun',
        targetType: 'user',
        targetId: userId,
        userId,
      });
      return this.users.findAccount(userId);
    });
    return { secret: base32(secret), uri: totpUri(secret, account?.email ?? '') };
  }
}
