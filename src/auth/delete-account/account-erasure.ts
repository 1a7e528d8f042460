import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdempotencyRepository } from '../../kernel/http/idempotency/idempotency.repository';
import { Outbox } from '../../kernel/outbox/outbox';
import { GuessLimiter } from '../access/guess-limiter';
import { ApiKeyRepository } from '../api-key.repository';
import { AuthRepository } from '../auth.repository';
import { UserDeleted } from '../contracts';
import { CredentialRepository } from '../credential.repository';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SessionRepository } from '../session.repository';

/** Takes a person out of the house, whoever asked for it. */
@Injectable()
export class AccountErasure {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly credentials: CredentialRepository,
    private readonly factors: SecondFactorRepository,
    private readonly keys: ApiKeyRepository,
    private readonly answers: IdempotencyRepository,
    private readonly guesses: GuessLimiter,
  ) {}

  /** Joins the caller's transaction (service). Guesses at the freed address are forgotten after the commit. */
  async erase(userId: string): Promise<void> {
    const email = await this.users.anonymise(userId);
    await this.sessions.removeAll(userId);
    await this.credentials.deleteTokens(userId);
    await this.factors.remove(userId);
    await this.keys.removeAll(userId);
    await this.answers.forget(userId);
    await this.outbox.publish(new UserDeleted(userId));
    await this.guesses.succeed(`password:${email}`);
    await this.guesses.succeed(`reset-mail:${email}`);
  }
}
