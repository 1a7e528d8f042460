import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../kernel/database/unit-of-work';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a mailed token is good for. */
export type TokenPurpose = 'verify-email' | 'reset-password';

/** Failed guesses that cost nothing, and the longest wait after the many that followed, in seconds. */
const freeGuesses = 5;
const longestWaitSeconds = 300;

/** Mailed tokens and counted guesses. Every method joins the ambient unit of work (service). */
@Injectable()
export class CredentialRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Makes a mailed token the only one of its purpose. */
  async replaceToken(
    userId: string,
    purpose: TokenPurpose,
    tokenHash: Bytes,
    expiresAt: Date,
  ): Promise<void> {
    await this.uow.db.oneTimeToken.deleteMany({ where: { userId, purpose, usedAt: null } });
    await this.uow.db.oneTimeToken.create({ data: { id: uuidv7(), userId, purpose, tokenHash, expiresAt } });
  }

  /** Uses a mailed token up; answers whose it was, or undefined when it is unknown, used or too old. */
  async useToken(purpose: TokenPurpose, tokenHash: Bytes): Promise<string | undefined> {
    const now = new Date();
    const used = await this.uow.db.oneTimeToken.updateManyAndReturn({
      where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
      select: { userId: true },
    });
    return used[0]?.userId;
  }

  async deleteTokens(userId: string): Promise<void> {
    await this.uow.db.oneTimeToken.deleteMany({ where: { userId } });
  }

  /**
   * Counts a guess before it is checked, so that parallel ones cannot all go first. After the free ones each doubles the
   * wait until the next. Answers false, and counts nothing, while the wait lasts; a day without guesses forgets them all.
   */
  async countGuess(subjectHash: Bytes): Promise<boolean> {
    const rows = await this.uow.db.$queryRaw<unknown[]>`
      insert into guess_counters as c (subject_hash, failures, blocked_until, expires_at)
      values (${subjectHash}, 1, now(), now() + interval '1 day')
      on conflict (subject_hash) do update set
        failures = case when c.expires_at <= now() then 1 else c.failures + 1 end,
        blocked_until = case when c.expires_at <= now() or c.failures + 1 < ${freeGuesses}::int then now()
          else now() + least(power(2, least(c.failures + 1 - ${freeGuesses}::int, 20)), ${longestWaitSeconds}::int)
            * interval '1 second' end,
        expires_at = now() + interval '1 day'
      where c.blocked_until <= now()
      returning 1`;
    return rows.length > 0;
  }

  /** When the next guess is let in; in the past when none is held up. */
  async blockedUntil(subjectHash: Bytes): Promise<Date> {
    const row = await this.uow.db.guessCounter.findFirst({ where: { subjectHash } });
    return row?.blockedUntil ?? new Date(0);
  }

  async forgetGuesses(subjectHash: Bytes): Promise<void> {
    await this.uow.db.guessCounter.deleteMany({ where: { subjectHash } });
  }

  /** Forgets tokens past their use and guesses that no longer count. */
  async purge(): Promise<void> {
    const now = new Date();
    await this.uow.db.oneTimeToken.deleteMany({ where: { expiresAt: { lt: now } } });
    await this.uow.db.guessCounter.deleteMany({ where: { expiresAt: { lt: now } } });
  }
}
