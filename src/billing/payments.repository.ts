import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { CreditPackage } from './domain/credit-package';
import type { PaymentStatus } from './domain/settlement';

/** A purchase with the terms it was made on. Amounts are in minor currency units. */
export interface Payment {
  id: string;
  userId: string;
  kind: 'checkout' | 'auto_top_up';
  packageId: string;
  credits: number;
  amountMinor: number;
  currency: string;
  validityDays: number | null;
  status: PaymentStatus;
  failureCode: string | null;
  requestHash: string | null;
  checkoutSessionId: string | null;
  checkoutUrl: string | null;
  checkoutExpiresAt: Date | null;
  paymentIntentId: string | null;
  refundedMinor: number;
  disputedMinor: number;
  keyGeneration: number;
  createdAt: Date;
  paidAt: Date | null;
}

/** What a new purchase brings along. */
export interface NewPayment {
  userId: string;
  package: CreditPackage;
  idempotencyKey: string;
  requestHash: string;
  /** When the page to pay on closes. */
  checkoutExpiresAt: Date;
}

type Row = Prisma.StripePaymentGetPayload<object>;

/** All reads and writes of `stripe_payments`. */
@Injectable()
export class PaymentsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Begins a purchase, or answers the one that this user began under the same key. */
  async begin({
    userId,
    package: terms,
    idempotencyKey,
    requestHash,
    checkoutExpiresAt,
  }: NewPayment): Promise<{ payment: Payment; isNew: boolean }> {
    const added = await this.uow.db.$executeRaw`
      insert into stripe_payments (id, user_id, package_id, credits, amount_minor, currency, validity_days, idempotency_key,
        request_hash, checkout_expires_at, look_at)
      values (${uuidv7()}::uuid, ${userId}::uuid, ${terms.id}, ${terms.credits}, ${terms.amountMinor}, ${terms.currency},
        ${terms.validityDays}, ${idempotencyKey}, ${requestHash}, ${checkoutExpiresAt}, now() + interval '10 minutes')
      on conflict (user_id, idempotency_key) do nothing`;
    const where = { userId, idempotencyKey };
    const payment = toPayment(await this.uow.db.stripePayment.findFirstOrThrow({ where }));
    return { payment, isNew: added === 1 };
  }

  /** Begins an automatic purchase; undefined while one is in flight or the day's cap is reached. */
  async beginTopUp(userId: string, terms: CreditPackage, dailyCap: number): Promise<string | undefined> {
    const [row] = await this.uow.db.$queryRaw<{ id: string }[]>`
      insert into stripe_payments (id, user_id, kind, package_id, credits, amount_minor, currency, validity_days)
      select ${uuidv7()}::uuid, ${userId}::uuid, 'auto_top_up', ${terms.id}, ${terms.credits}, ${terms.amountMinor},
        ${terms.currency}, ${terms.validityDays}::integer
      where (select count(*) from stripe_payments where user_id = ${userId}::uuid and kind = 'auto_top_up'
        and created_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc') < ${dailyCap}
      on conflict (user_id) where kind = 'auto_top_up' and status in ('created', 'open', 'processing') do nothing
      returning id`;
    return row?.id;
  }

  /** Every purchase of a user, the oldest first. */
  async listAll(userId: string) {
    const rows = await this.uow.db.stripePayment.findMany({
      where: { userId },
      select: {
        id: true,
        kind: true,
        packageId: true,
        credits: true,
        amountMinor: true,
        currency: true,
        status: true,
        createdAt: true,
        paidAt: true,
      },
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => ({
      ...row,
      credits: Number(row.credits),
      amountMinor: Number(row.amountMinor),
    }));
  }

  async find(id: string): Promise<Payment | undefined> {
    const row = await this.uow.db.stripePayment.findFirst({ where: { id } });
    return row ? toPayment(row) : undefined;
  }

  /** The payment that one of Stripe's ids, or the id in its metadata, belongs to. */
  async findIdBy(paymentId: string | undefined, stripeIds: string[]): Promise<string | undefined> {
    const row = await this.uow.db.stripePayment.findFirst({
      where: {
        OR: [
          ...(paymentId === undefined ? [] : [{ id: paymentId }]),
          { checkoutSessionId: { in: stripeIds } },
          { paymentIntentId: { in: stripeIds } },
        ],
      },
      select: { id: true },
    });
    return row?.id;
  }

  /** The payment, locked until the transaction ends. */
  async lock(id: string): Promise<Payment> {
    await this.uow.db.$queryRaw`select from stripe_payments where id = ${id}::uuid for update`;
    return toPayment(await this.uow.db.stripePayment.findFirstOrThrow({ where: { id } }));
  }

  /** Notes the page to pay on, once. */
  async open(id: string, sessionId: string, url: string): Promise<void> {
    await this.uow.db.stripePayment.updateMany({
      where: { id, checkoutSessionId: null },
      data: { checkoutSessionId: sessionId, checkoutUrl: url },
    });
    await this.uow.db.stripePayment.updateMany({
      where: { id, status: 'created' },
      data: { status: 'open' },
    });
  }

  async settle(
    id: string,
    change: Pick<Payment, 'status' | 'failureCode' | 'checkoutSessionId' | 'paymentIntentId' | 'paidAt'>,
  ): Promise<void> {
    await this.uow.db.stripePayment.update({ where: { id }, data: change });
  }

  /** What refunds and disputes hold of it at this moment, in minor currency units. */
  async noteReclaimed(
    id: string,
    { refunded, disputed }: { refunded: number; disputed: number },
  ): Promise<void> {
    await this.uow.db.stripePayment.updateMany({
      where: { id, NOT: { refundedMinor: refunded, disputedMinor: disputed } },
      data: { refundedMinor: refunded, disputedMinor: disputed },
    });
  }

  /** A payment that no request of ours can bring about any more. */
  async fail(id: string, failureCode: string): Promise<boolean> {
    const { count } = await this.uow.db.stripePayment.updateMany({
      where: { id, status: { in: ['created', 'open'] } },
      data: { status: 'failed', failureCode },
    });
    return count > 0;
  }

  /** Stripe would repeat its last answer for ever: the next request takes another idempotency key. */
  async nextKeyGeneration(id: string, generation: number): Promise<void> {
    await this.uow.db.stripePayment.updateMany({
      where: { id, keyGeneration: generation },
      data: { keyGeneration: generation + 1 },
    });
  }

  /** Closes a checkout that Stripe never made a page for, once it is too late for one. */
  async abandon(id: string): Promise<void> {
    await this.uow.db.stripePayment.updateMany({
      where: { id, status: 'created', checkoutSessionId: null, checkoutExpiresAt: { lt: new Date() } },
      data: { status: 'expired' },
    });
  }

  /** Claims unsettled payments that are due for a look; the next one is due in an hour, for a charge in a minute. */
  async claimDue(limit: number): Promise<Payment[]> {
    const rows = await this.uow.rows<{ id: string }>(Prisma.sql`
      update stripe_payments
      set look_at = now() + case kind when 'auto_top_up' then interval '1 minute' else interval '1 hour' end
      where id in (
        select id from stripe_payments where status in ('created', 'open', 'processing') and look_at <= now()
        order by look_at limit ${limit} for update skip locked)
      returning id`);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    return (await this.uow.db.stripePayment.findMany({ where: { id: { in: ids } } })).map(toPayment);
  }
}

function toPayment(row: Row): Payment {
  return {
    ...row,
    kind: row.kind as Payment['kind'],
    status: row.status as PaymentStatus,
    credits: Number(row.credits),
    amountMinor: Number(row.amountMinor),
    refundedMinor: Number(row.refundedMinor),
    disputedMinor: Number(row.disputedMinor),
  };
}
