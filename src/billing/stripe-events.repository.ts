import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** An event as Stripe sent it. */
export interface NewStripeEvent {
  id: string;
  type: string;
  objectId: string | null;
  livemode: boolean;
  account: string | null;
  apiVersion: string | null;
  payload: object;
  occurredAt: Date;
  /** False for a type that nobody acts upon: it is stored, and left. */
  handled: boolean;
}

/** An event that waits to be acted upon. */
export interface DueStripeEvent {
  id: string;
  type: string;
  payload: { data: { object: Record<string, unknown> } };
  attempts: number;
}

const longestRetryMs = 120_000;

/** All reads and writes of `stripe_events`. */
@Injectable()
export class StripeEventsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Stores an event; false when it is known already. */
  async add(event: NewStripeEvent, source: 'webhook' | 'poll'): Promise<boolean> {
    const added = await this.uow.db.$executeRaw`
      insert into stripe_events
        (id, type, object_id, livemode, account, api_version, payload, source, occurred_at, processed_at, outcome)
      values (${event.id}, ${event.type}, ${event.objectId}, ${event.livemode}, ${event.account}, ${event.apiVersion},
        ${JSON.stringify(event.payload)}::jsonb, ${source}, ${event.occurredAt},
        case when ${event.handled} then null else now() end, case when ${event.handled} then null else 'unhandled' end)
      on conflict (id) do nothing`;
    return added > 0;
  }

  /** Empties the raw events that name a user's customer or one of their payments; that they came stays. */
  async emptyThoseOf(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      with named (id) as (
        select stripe_customer_id from billing_accounts where user_id = ${userId}::uuid
        union select checkout_session_id from stripe_payments where user_id = ${userId}::uuid
        union select payment_intent_id from stripe_payments where user_id = ${userId}::uuid
      )
      update stripe_events e set payload = '{}'
      where e.processed_at is not null
        and exists (select from named where named.id is not null and strpos(e.payload::text, named.id) > 0)`;
  }

  /** Claims due events for `leaseMs`; one whose worker dies becomes due again by itself. */
  claim(limit: number, leaseMs: number): Promise<DueStripeEvent[]> {
    return this.uow.rows<DueStripeEvent>(Prisma.sql`
      update stripe_events set attempts = attempts + 1, available_at = now() + ${leaseMs} * interval '1 millisecond'
      where id in (
        select id from stripe_events where processed_at is null and available_at <= now()
        order by available_at limit ${limit} for update skip locked)
      returning id, type, payload, attempts`);
  }

  async markProcessed(id: string, outcome: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update stripe_events set processed_at = now(), outcome = ${outcome}, last_error = null
      where id = ${id} and processed_at is null`;
  }

  /** Events that wait to be acted upon, and for how long the oldest has. */
  async backlog(): Promise<{ open: number; lagSeconds: number }> {
    const [row] = await this.uow.db.$queryRaw<{ open: number; lagSeconds: number }[]>`
      select count(*)::int as open, coalesce(extract(epoch from now() - min(received_at)), 0)::float8 as "lagSeconds"
      from stripe_events where processed_at is null`;
    return row ?? { open: 0, lagSeconds: 0 };
  }

  /** Puts an event off; it is tried for ever, and is a violation (I16) while it waits for over five minutes. */
  async putOff({ id, attempts }: DueStripeEvent, error: string): Promise<void> {
    const delayMs = Math.min(longestRetryMs, 500 * 2 ** (attempts - 1));
    await this.uow.db.$executeRaw`
      update stripe_events set last_error = ${error}, available_at = now() + ${delayMs} * interval '1 millisecond'
      where id = ${id} and processed_at is null`;
  }
}
