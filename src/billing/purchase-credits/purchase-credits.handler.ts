import { createHash } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { packagesForSale } from '../billing.settings';
import { type Payment, PaymentsRepository } from '../payments.repository';
import { StripeClient } from '../stripe/stripe.client';
import { stripeFailed } from '../stripe/stripe-error';
import type { PurchaseDto, PurchasedDto } from './purchase-credits.dto';
import { allowedReturnUrl } from './return-urls';

/** A page to pay on lives this long; Stripe allows a day at most, and a retry must find some of it left. */
const checkoutLifeMs = 23 * 3_600_000;
/** Stripe opens no page that would close sooner. */
const shortestLifeMs = 31 * 60_000;

/**
 * Begins a purchase: a payment row, then a Checkout session for it. The same key and body always get the same answer,
 * however many ask at once and whatever got lost in between.
 * @throws DomainError `billing.unknown-package`, `billing.return-url`, `billing.idempotency-key-reused`,
 * `billing.checkout-closed` (gone), or one of the `stripe` policy's.
 */
export class PurchaseCredits extends Command<PurchasedDto> {
  constructor(
    readonly userId: string,
    readonly idempotencyKey: string,
    readonly order: PurchaseDto,
  ) {
    super();
  }
}

@CommandHandler(PurchaseCredits)
export class PurchaseCreditsHandler implements ICommandHandler<PurchaseCredits> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly config: SystemConfig,
    private readonly payments: PaymentsRepository,
    private readonly stripe: StripeClient,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, idempotencyKey, order }: PurchaseCredits): Promise<PurchasedDto> {
    const { successUrl, cancelUrl } = this.returnUrls(order);
    const payment = await this.begin(userId, idempotencyKey, order);
    if (payment.checkoutUrl) return answer(payment, payment.checkoutUrl);
    const expiresAt = payment.checkoutExpiresAt ?? new Date(0);
    if (payment.status !== 'created' || expiresAt.getTime() - Date.now() < shortestLifeMs)
      throw new DomainError('gone', 'billing.checkout-closed', 'This purchase is over; begin another one.');
    const savePaymentMethod = order.savePaymentMethod ?? false;
    const { sessionId, url } = await this.createCheckout({
      ...payment,
      successUrl,
      cancelUrl,
      expiresAt,
      savePaymentMethod,
    });
    await this.uow.asService('open a checkout', () => this.payments.open(payment.id, sessionId, url));
    return answer(payment, url);
  }

  private begin(userId: string, idempotencyKey: string, order: PurchaseDto): Promise<Payment> {
    const requestHash = hashOf(order);
    return this.uow.asService('begin a purchase', async () => {
      const wanted = this.config.get(packagesForSale).find(({ id }) => id === order.packageId);
      if (!wanted)
        throw new DomainError('unprocessable', 'billing.unknown-package', 'There is no such package.');
      const checkoutExpiresAt = new Date(Date.now() + checkoutLifeMs);
      const begun = { userId, package: wanted, idempotencyKey, requestHash, checkoutExpiresAt };
      const { payment, isNew } = await this.payments.begin(begun);
      if (payment.requestHash !== requestHash)
        throw new DomainError(
          'unprocessable',
          'billing.idempotency-key-reused',
          'This key came with another body before.',
        );
      if (isNew) await this.record(payment);
      return payment;
    });
  }

  private record({ id, userId, packageId, credits, amountMinor, currency }: Payment): Promise<void> {
    const target = { targetType: 'payment', targetId: id, userId };
    const changes = { packageId, credits, amountMinor, currency };
    return this.audit.record({ action: 'billing.purchase-begun', ...target, changes });
  }

  private async createCheckout(
    order: Payment & Omit<Parameters<StripeClient['createCheckout']>[0], 'paymentId'>,
  ) {
    try {
      return await this.stripe.createCheckout({ ...order, paymentId: order.id });
    } catch (error) {
      if (error instanceof DomainError && error.code === stripeFailed)
        await this.uow.asService('take another key', () =>
          this.payments.nextKeyGeneration(order.id, order.keyGeneration),
        );
      throw error;
    }
  }

  private returnUrls({ successUrl, cancelUrl }: PurchaseDto): { successUrl: string; cancelUrl: string } {
    const home = this.env.PUBLIC_URL.replace(/\/+$/, '');
    const allowed = [home, ...this.env.RETURN_URLS];
    return {
      successUrl: allowedReturnUrl(successUrl, `${home}/console?checkout=success`, allowed),
      cancelUrl: allowedReturnUrl(cancelUrl, `${home}/console?checkout=cancelled`, allowed),
    };
  }
}

/** Names left out and names given with their defaults are the same order. */
function hashOf({ packageId, successUrl, cancelUrl, savePaymentMethod }: PurchaseDto): string {
  const order = [packageId, successUrl ?? null, cancelUrl ?? null, savePaymentMethod ?? false];
  return createHash('sha256').update(JSON.stringify(order)).digest('hex');
}

/** Nothing in it changes as the payment goes on. */
function answer(payment: Payment, checkoutUrl: string): PurchasedDto {
  const { id: paymentId, credits, amountMinor, currency } = payment;
  const expiresAt = payment.checkoutExpiresAt?.toISOString() ?? payment.createdAt.toISOString();
  return { paymentId, checkoutUrl, expiresAt, credits, amountMinor, currency };
}
