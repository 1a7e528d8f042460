import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** How a user wants to be kept in credits. */
export interface TopUpSettings {
  enabled: boolean;
  packageId: string | null;
  /** Credits at or below which the balance is low. */
  threshold: number;
  /** Most automatic purchases in one day (UTC). */
  dailyCap: number;
  /** Whether a payment method is saved. */
  hasPaymentMethod: boolean;
  /** Why the last automatic purchase failed; none is tried while this stands. */
  problem: string | null;
}

/** Whom to charge, and how. */
export interface SavedPayer {
  customerId: string;
  paymentMethodId: string;
}

/** Payers' accounts. */
@Injectable()
export class AccountsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async open(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      insert into billing_accounts (user_id) values (${userId}::uuid) on conflict do nothing`;
  }

  /** Notes a balance that fell to its threshold; answers it the first time only. */
  async noteLowBalance(userId: string): Promise<number | undefined> {
    const [row] = await this.uow.db.$queryRaw<{ available: number }[]>`
      update billing_accounts a set low_balance_since = now()
      from credit_wallets w
      where a.user_id = ${userId}::uuid and w.user_id = a.user_id and a.low_balance_since is null
        and w.posted - w.held <= a.low_balance_threshold
      returning greatest(w.posted - w.held, 0)::float8 as available`;
    return row?.available;
  }

  /** Credits were added: the next low balance is news again. */
  async forgetLowBalance(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update billing_accounts set low_balance_since = null
      where user_id = ${userId}::uuid and low_balance_since is not null`;
  }

  /** Whom to charge is known no more, and nothing is charged by itself. */
  async forgetPayer(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update billing_accounts set stripe_customer_id = null, payment_method_id = null, top_up_enabled = false
      where user_id = ${userId}::uuid`;
  }

  /** Locks a payer's settings until the commit. */
  async lock(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`select from billing_accounts where user_id = ${userId}::uuid for update`;
  }

  async topUp(userId: string): Promise<TopUpSettings> {
    const account = await this.uow.db.billingAccount.findFirst({ where: { userId } });
    return {
      enabled: account?.topUpEnabled ?? false,
      packageId: account?.topUpPackageId ?? null,
      threshold: Number(account?.lowBalanceThreshold ?? 10),
      dailyCap: account?.topUpDailyCap ?? 1,
      hasPaymentMethod: Boolean(account?.paymentMethodId),
      problem: account?.topUpProblem ?? null,
    };
  }

  /** Stores the settings and forgets the last problem: who saves them wants another try. */
  async configureTopUp(
    userId: string,
    settings: Pick<TopUpSettings, 'enabled' | 'packageId' | 'threshold' | 'dailyCap'>,
  ) {
    const data = {
      topUpEnabled: settings.enabled,
      topUpPackageId: settings.packageId,
      lowBalanceThreshold: settings.threshold,
      topUpDailyCap: settings.dailyCap,
      topUpProblem: null,
      lowBalanceSince: null,
    };
    // Not an upsert: its insert would be held against the table's checks before it becomes an update.
    await this.open(userId);
    await this.uow.db.billingAccount.update({ where: { userId }, data });
  }

  /** Whom an automatic purchase would charge; undefined while none may be made. */
  async payerForTopUp(
    userId: string,
  ): Promise<(SavedPayer & { packageId: string; dailyCap: number }) | undefined> {
    const account = await this.uow.db.billingAccount.findFirst({
      where: { userId, topUpEnabled: true, topUpProblem: null, user: { status: 'active' } },
    });
    const {
      stripeCustomerId: customerId,
      paymentMethodId,
      topUpPackageId: packageId,
      topUpDailyCap,
    } = account ?? {};
    if (!customerId || !paymentMethodId || !packageId || topUpDailyCap === undefined) return undefined;
    return { customerId, paymentMethodId, packageId, dailyCap: topUpDailyCap };
  }

  async payer(userId: string): Promise<SavedPayer | undefined> {
    const account = await this.uow.db.billingAccount.findFirst({ where: { userId } });
    const { stripeCustomerId: customerId, paymentMethodId } = account ?? {};
    return customerId && paymentMethodId ? { customerId, paymentMethodId } : undefined;
  }

  /** Keeps what the payer agreed to be charged by; the last top-up's problem is over with it. */
  async savePayer(userId: string, { customerId, paymentMethodId }: SavedPayer): Promise<void> {
    const data = { stripeCustomerId: customerId, paymentMethodId, topUpProblem: null };
    await this.uow.db.billingAccount.upsert({ where: { userId }, create: { userId, ...data }, update: data });
  }

  async noteTopUpProblem(userId: string, problem: string): Promise<void> {
    await this.uow.db.billingAccount.updateMany({ where: { userId }, data: { topUpProblem: problem } });
  }
}
