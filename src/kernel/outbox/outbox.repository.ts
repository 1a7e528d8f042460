import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';

/** A claimed message. */
export interface OutboxMessage {
  id: string;
  type: string;
  payload: object;
  attempts: number;
  traceparent: string | null;
}

@Injectable()
export class OutboxRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Claims up to `limit` due messages for `leaseMs`. Committed ones only, so none is passed over, whatever the order of
   * commits; a claim that its relay does not live to finish becomes due again by itself.
   */
  claim(limit: number, leaseMs: number): Promise<OutboxMessage[]> {
    return this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$queryRaw<OutboxMessage[]>`
        update outbox_messages set attempts = attempts + 1, available_at = now() + ${leaseMs} * interval '1 millisecond'
        where id in (
          select id from outbox_messages
          where published_at is null and dead_at is null and available_at <= now()
          order by available_at limit ${limit} for update skip locked)
        returning id, type, payload, attempts, traceparent`,
    );
  }

  /** Keeps a claim for another `leaseMs`. */
  async renew(ids: string[], leaseMs: number): Promise<void> {
    await this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$executeRaw`
        update outbox_messages set available_at = now() + ${leaseMs} * interval '1 millisecond'
        where id = any(${ids}::uuid[]) and published_at is null`,
    );
  }

  async markPublished(ids: string[]): Promise<void> {
    await this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$executeRaw`
        update outbox_messages set published_at = now(), last_error = null
        where id = any(${ids}::uuid[]) and published_at is null`,
    );
  }

  /** Puts a message off; without a delay it is dead: it waits for an admin's replay. */
  async markFailed(id: string, error: string, delayMs: number | undefined): Promise<void> {
    await this.uow.readAsService(
      'relay the outbox',
      () => this.uow.db.$executeRaw`
        update outbox_messages
        set last_error = ${error}, available_at = now() + ${delayMs ?? 0} * interval '1 millisecond',
            dead_at = case when ${delayMs === undefined} then now() end
        where id = ${id}::uuid and published_at is null`,
    );
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
