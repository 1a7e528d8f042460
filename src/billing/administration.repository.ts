import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { FindStripeEvents, PaymentFilter, PaymentView, RevenueDay, StripeEventView } from './contracts';

/** Payments and events over all tenants, for administrators. Every method joins the ambient unit of work (service). */
@Injectable()
export class BillingAdministrationRepository {
  constructor(private readonly uow: UnitOfWork) {}

  payments({ userId, status, id }: PaymentFilter, limit: number, before?: string): Promise<PaymentView[]> {
    return this.uow.db.$queryRaw<PaymentView[]>`
      select id, user_id as "userId", kind, status, failure_code as "failureCode", package_id as "packageId",
        credits::float8 as credits, amount_minor::float8 as "amountMinor", refunded_minor::float8 as "refundedMinor",
        disputed_minor::float8 as "disputedMinor", currency, checkout_session_id as "checkoutSessionId",
        payment_intent_id as "paymentIntentId", created_at as "createdAt", paid_at as "paidAt"
      from stripe_payments
      where (${userId ?? null}::uuid is null or user_id = ${userId ?? null}::uuid)
        and (${status ?? null}::text is null or status = ${status ?? null})
        and (${id ?? null}::text is null or ${id ?? null} in (id::text, checkout_session_id, payment_intent_id))
        and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
      order by id desc limit ${limit}`;
  }

  events(
    { id, type, open }: FindStripeEvents['filter'],
    limit: number,
    before?: string,
  ): Promise<StripeEventView[]> {
    return this.uow.db.$queryRaw<StripeEventView[]>`
      select id, type, object_id as "objectId", attempts, outcome, last_error as "lastError",
        received_at as "receivedAt", processed_at as "processedAt"
      from stripe_events
      where (${id ?? null}::text is null or ${id ?? null} in (id, object_id))
        and (${type ?? null}::text is null or type = ${type ?? null})
        and (${open ?? false} = false or processed_at is null)
        and (${before ?? null}::text is null
          or (received_at, id) < (select b.received_at, b.id from stripe_events b where b.id = ${before ?? null}))
      order by received_at desc, id desc limit ${limit}`;
  }

  /** Makes an event due again; answers what it was, or undefined when there is none. */
  async replay(id: string): Promise<{ emptied: boolean } | undefined> {
    const [event] = await this.uow.db.$queryRaw<{ emptied: boolean }[]>`
      select payload = '{}'::jsonb as emptied from stripe_events where id = ${id} for update`;
    if (event && !event.emptied)
      await this.uow.db.$executeRaw`
        update stripe_events set processed_at = null, outcome = null, attempts = 0, available_at = now() where id = ${id}`;
    return event;
  }

  revenue(from: string, to: string): Promise<RevenueDay[]> {
    return this.uow.db.$queryRaw<RevenueDay[]>`
      select (paid_at at time zone 'utc')::date::text as day, currency,
        sum(amount_minor - refunded_minor - disputed_minor)::float8 as "amountMinor"
      from stripe_payments where (paid_at at time zone 'utc')::date between ${from}::date and ${to}::date
      group by 1, 2 order by 1, 2`;
  }
}
