import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../database/unit-of-work';

/** Whose key it is, and for what. */
export interface KeyPlace {
  readonly userId: string;
  readonly operation: string;
  readonly key: string;
}

/** The first answer to a key; `answer` is sealed. */
export interface KeptAnswer {
  readonly requestHash: string;
  readonly status: number | null;
  readonly answer: Uint8Array | null;
}

/** Keys and the answers they were given. Every statement is a transaction of its own. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Takes the key for one call: a new or expired one, or one whose call has not answered within its lock, because its process
   * died. Answers the token to finish it with; undefined while the key is somebody's.
   */
  async claim(
    { userId, operation, key }: KeyPlace,
    requestHash: string,
    lockMs: number,
    keepMs: number,
  ): Promise<string | undefined> {
    const [row] = await this.uow.readAsUser(
      userId,
      () => this.uow.db.$queryRaw<{ claim: string }[]>`
        insert into idempotency_keys as kept (user_id, operation, key, request_hash, claim, locked_until, expires_at)
        values (${userId}::uuid, ${operation}, ${key}, ${requestHash}, ${uuidv7()}::uuid,
          now() + ${lockMs} * interval '1 millisecond', now() + ${keepMs} * interval '1 millisecond')
        on conflict (user_id, operation, key) do update set request_hash = excluded.request_hash, claim = excluded.claim,
          locked_until = excluded.locked_until, created_at = now(), expires_at = excluded.expires_at, status = null, answer = null
        where kept.expires_at <= now()
          or (kept.status is null and kept.locked_until <= now() and kept.request_hash = excluded.request_hash)
        returning claim`,
    );
    return row?.claim;
  }

  find({ userId, operation, key }: KeyPlace): Promise<KeptAnswer | null> {
    return this.uow.readAsUser(userId, () =>
      this.uow.db.idempotencyKey.findFirst({
        where: { userId, operation, key, expiresAt: { gt: new Date() } },
        select: { requestHash: true, status: true, answer: true },
      }),
    );
  }

  /** Keeps the answer, if the claim still stands. */
  async finish(
    { userId, operation, key }: KeyPlace,
    claim: string,
    status: number,
    answer: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    await this.uow.readAsUser(userId, () =>
      this.uow.db.idempotencyKey.updateMany({
        where: { userId, operation, key, claim, status: null },
        data: { status, answer, lockedUntil: null },
      }),
    );
  }

  /** Frees the key, if the claim still stands: the call did nothing, so the next one may. */
  async release({ userId, operation, key }: KeyPlace, claim: string): Promise<void> {
    await this.uow.readAsUser(userId, () =>
      this.uow.db.idempotencyKey.deleteMany({ where: { userId, operation, key, claim, status: null } }),
    );
  }

  /** Forgets every key of a user, in the ambient unit of work. */
  async forget(userId: string): Promise<void> {
    await this.uow.db.idempotencyKey.deleteMany({ where: { userId } });
  }

  /** Forgets what has expired. */
  async purge(): Promise<void> {
    await this.uow.readAsService('purge idempotency keys', () =>
      this.uow.db.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date() } } }),
    );
  }
}
