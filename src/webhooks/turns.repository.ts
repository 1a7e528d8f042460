import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { SendOutcome } from './sending/webhook-sender';
import type { SealedSecrets } from './secret-vault';

/** A delivery whose attempt has begun: nobody else begins one before the lease ends. */
export interface ClaimedDelivery extends SealedSecrets {
  /** Of the delivery; `id` is the endpoint's. */
  deliveryId: string;
  eventId: string;
  eventType: string;
  payload: string;
  url: string;
  /** The number of this attempt; its outcome counts while no later one has begun. */
  attempt: number;
  /** Attempts of this round, this one included. */
  tries: number;
  begunAt: Date;
}

/** Who is already busy, so that no user and no endpoint takes every place. */
export interface Busy {
  endpoints: string[];
  users: string[];
}

/** How an outcome leaves a delivery. */
export type Settlement =
  { state: 'delivered' } | { state: 'failed'; errorCode: string } | { delayMs: number; errorCode: string };

/** The worker's side of `webhook_deliveries`: whose turn it is, and what came of it (service). */
@Injectable()
export class TurnsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Begins one attempt each for up to `limit` users who have something due, drawn by lot, each with what one of their endpoints has
   * waited for longest. Leaps from endpoint to endpoint in the index, so that a long queue costs as much as a short one.
   */
  claim(limit: number, busy: Busy, leaseMs: number): Promise<ClaimedDelivery[]> {
    return this.uow.readAsService(
      'begin webhook deliveries',
      () => this.uow.db.$queryRaw<ClaimedDelivery[]>`
      with recursive waiting (endpoint_id) as (
        (select endpoint_id from webhook_deliveries where state = 'pending' order by endpoint_id limit 1)
        union all
        select (select endpoint_id from webhook_deliveries
                where state = 'pending' and endpoint_id > w.endpoint_id order by endpoint_id limit 1)
        from waiting w where w.endpoint_id is not null
      ), due as (
        select distinct on (d.user_id) d.id from waiting w cross join lateral (
          select id, user_id from webhook_deliveries
          where state = 'pending' and endpoint_id = w.endpoint_id and next_attempt_at <= now()
          order by next_attempt_at limit 1) d
        where w.endpoint_id <> all(${busy.endpoints}::uuid[]) and d.user_id <> all(${busy.users}::uuid[])
        order by d.user_id, random()
      ), turns as (
        select id from webhook_deliveries where id in (select id from due order by random() limit ${limit})
          and state = 'pending' and next_attempt_at <= now() for update skip locked
      )
      update webhook_deliveries d
      set attempts = d.attempts + 1, next_attempt_at = now() + ${leaseMs} * interval '1 millisecond'
      from webhook_endpoints e
      where d.id in (select id from turns) and e.id = d.endpoint_id
      returning d.id as "deliveryId", d.event_id as "eventId", d.event_type as "eventType", d.payload, d.begun_at as "begunAt",
        d.attempts as attempt, d.attempts - d.attempts_before as tries, e.id, e.user_id as "userId", e.url,
        e.secret_cipher as "secretCipher", e.previous_secret_cipher as "previousSecretCipher",
        e.previous_secret_until as "previousSecretUntil"`,
    );
  }

  /** Writes down what came of an attempt; false, and nothing, when a later attempt has begun or the endpoint is gone. */
  async settle(claimed: ClaimedDelivery, outcome: SendOutcome, settlement: Settlement): Promise<boolean> {
    const { deliveryId, attempt, userId } = claimed;
    if ((await this.move(deliveryId, attempt, settlement)) === 0) return false;
    const { startedAt, latencyMs, status, errorCode, responseHead } = outcome;
    await this.uow.db.webhookAttempt.create({
      data: { deliveryId, attempt, userId, startedAt, latencyMs, status, errorCode, responseHead },
    });
    return true;
  }

  /** Deliveries whose next attempt is due, and how long the oldest of them is, in seconds. */
  async backlog(): Promise<{ due: number; oldestDueSeconds: number }> {
    const [row] = await this.uow.db.$queryRaw<{ due: number; oldestDueSeconds: number }[]>`
      select count(*)::int as due,
        coalesce(extract(epoch from now() - min(next_attempt_at)), 0)::float8 as "oldestDueSeconds"
      from webhook_deliveries where state = 'pending' and next_attempt_at <= now()`;
    return row ?? { due: 0, oldestDueSeconds: 0 };
  }

  private move(deliveryId: string, attempt: number, settlement: Settlement): Promise<number> {
    if ('delayMs' in settlement)
      return this.uow.db.$executeRaw`
        update webhook_deliveries set error_code = ${settlement.errorCode},
          next_attempt_at = now() + ${settlement.delayMs} * interval '1 millisecond'
        where id = ${deliveryId}::uuid and attempts = ${attempt}`;
    const errorCode = settlement.state === 'failed' ? settlement.errorCode : null;
    return this.uow.db.$executeRaw`
      update webhook_deliveries set state = ${settlement.state}, finished_at = now(), error_code = ${errorCode}
      where id = ${deliveryId}::uuid and attempts = ${attempt}`;
  }
}
