import { Injectable } from '@nestjs/common';
import { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';

/** A claimed message. */
export interface OutboxMessage {
  id: string;
  type: string;
  payload: object;
  attempts: number;
  traceparent: string | null;
  requestId: string | null;
  occurredAt: Date;
}

/** A message that was given up after its last attempt. Its payload stays inside. */
export interface DeadLetter {
  id: string;
  type: string;
  subjectId: string | null;
  userId: string | null;
  attempts: number;
  lastError: string | null;
  occurredAt: Date;
  deadAt: Date;
}

@Injectable()
export class OutboxRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Claims up to `limit` due messages for `leaseMs`. Committed ones only, so none is passed over, whatever the order of
   * commits; a claim that its relay does not live to finish becomes due again by itself.
   */
  claim(limit: number, leaseMs: number): Promise<OutboxMessage[]> {
    return this.uow.readAsService('relay the outbox', () =>
      this.uow.rows<OutboxMessage>(Prisma.sql`
        update outbox_messages set attempts = attempts + 1, available_at = now() + ${leaseMs} * interval '1 millisecond'
        where id in (
          select id from outbox_messages
          where published_at is null and dead_at is null and available_at <= now()
          order by available_at limit ${limit} for update skip locked)
        returning id, type, payload, attempts, traceparent, request_id as "requestId", occurred_at as "occurredAt"`),
    );
  }

  /** Keeps a claim for another `leaseMs`. */
  async renew(ids: string[], leaseMs: number): Promise<void> {
    await this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$executeRaw`
        update outbox_messages set available_at = now() + ${leaseMs} * interval '1 millisecond'
        where id = any(${ids}::uuid[])`,
    );
  }

  async markPublished(ids: string[]): Promise<void> {
    await this.uow.readAsService('relay the outbox', () =>
      this.uow.run(Prisma.sql`
        update outbox_messages set published_at = coalesce(published_at, now()), last_error = null
        where id = any(${ids}::uuid[])`),
    );
  }

  /** Puts a message off; without a delay it is dead: it waits for an admin's replay. */
  async markFailed(id: string, error: string, delayMs: number | undefined): Promise<void> {
    await this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$executeRaw`
        update outbox_messages
        set last_error = case when published_at is null then ${error} end,
            available_at = now() + ${delayMs ?? 0} * interval '1 millisecond',
            dead_at = case when published_at is null and ${delayMs === undefined} then now() end
        where id = ${id}::uuid`,
    );
  }

  /** Messages that were given up, the newest first, below the id `before`. */
  dead(limit: number, before: string | undefined): Promise<DeadLetter[]> {
    return this.uow.readAsService(
      'look at dead letters',
      () => this.uow.db.$queryRaw<DeadLetter[]>`
        select id, type, subject_id as "subjectId", user_id as "userId", attempts, last_error as "lastError",
          occurred_at as "occurredAt", dead_at as "deadAt"
        from outbox_messages
        where dead_at is not null and published_at is null and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
        order by id desc limit ${limit}`,
    );
  }

  /** Makes a dead message due again, with fresh attempts; false when it is not dead. In the ambient transaction. */
  async raise(id: string): Promise<boolean> {
    const raised = await this.uow.db.$executeRaw`
      update outbox_messages set dead_at = null, attempts = 0, available_at = now()
      where id = ${id}::uuid and dead_at is not null and published_at is null`;
    return raised > 0;
  }

  /** Settles a dead message without its consequences; it is forgotten in a week. In the ambient transaction. */
  async bury(id: string, reason: string): Promise<boolean> {
    const buried = await this.uow.db.$executeRaw`
      update outbox_messages set published_at = now(), last_error = ${`dropped: ${reason}`}
      where id = ${id}::uuid and dead_at is not null and published_at is null`;
    return buried > 0;
  }

  /** What waits for the relay: how much, since when (ms), and how much was given up. */
  async backlog(): Promise<{ waiting: number; lagMs: number; dead: number }> {
    const [row] = await this.uow.readAsService(
      'measure the outbox',
      () => this.uow.db.$queryRaw<{ waiting: number; lagMs: number; dead: number }[]>`
        select count(*) filter (where dead_at is null)::int as waiting, count(*) filter (where dead_at is not null)::int as dead,
          coalesce(extract(epoch from now() - min(occurred_at) filter (where dead_at is null)) * 1000, 0)::float8 as "lagMs"
        from outbox_messages where published_at is null`,
    );
    return row ?? { waiting: 0, lagMs: 0, dead: 0 };
  }

  /** Forgets messages that were published a week ago. */
  async purgePublished(): Promise<void> {
    await this.uow.readAsService(
      'purge the outbox',
      () => this.uow.db.$executeRaw`
        delete from outbox_messages where published_at < now() - interval '7 days'`,
    );
  }
}
