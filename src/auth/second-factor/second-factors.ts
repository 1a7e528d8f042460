import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { GuessLimiter } from '../access/guess-limiter';
import { hashRecoveryCode } from '../domain/recovery-code';
import { matchTotp } from '../domain/totp';
import { SecondFactorRepository } from './second-factor.repository';
import { SecondFactorVault } from './second-factor-vault';

/** Asks for the second factor of users who have one. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly factors: SecondFactorRepository,
    private readonly vault: SecondFactorVault,
    private readonly guesses: GuessLimiter,
  ) {}

  /**
   * Lets a user pass who has no second factor, or whose code is right: a code of the app, good once, or a recovery code,
   * which is used up.
   * @throws DomainError `auth.second-factor-required` (unauthenticated) without a code; `auth.wrong-code`
   * (unauthenticated); `auth.too-many-attempts` (rate-limited).
   */
  async check(userId: string, code: string | undefined): Promise<void> {
    const factor = await this.uow.readAsService('check a second factor', () => this.factors.find(userId));
    if (!factor?.confirmedAt) return;
    if (code === undefined)
      throw new DomainError(
        'unauthenticated',
        'auth.second-factor-required',
        'Send a code of your app as well.',
      );
    await this.take(userId, factor.secret, code);
  }

  /** Checks a code against the app's secret, confirmed or not. @throws as `check`. */
  async take(userId: string, sealed: Uint8Array, code: string): Promise<void> {
    await this.guesses.attempt(`second-factor:${userId}`);
    const step = matchTotp(this.vault.open(userId, sealed), code);
    const taken = await this.uow.asService('use a second factor', () =>
      step === undefined
        ? this.factors.takeRecoveryCode(userId, hashRecoveryCode(code))
        : this.factors.takeStep(userId, step),
    );
    if (!taken)
      throw new DomainError('unauthenticated', 'auth.wrong-code', 'This code is wrong, or was used before.');
    await this.guesses.succeed(`second-factor:${userId}`);
  }
}
