import type { PaymentStatus } from '../domain/settlement';

export class PaymentDto {
  id!: string;
  /** How the purchase came about. */
  kind!: 'checkout' | 'auto_top_up';
  packageId!: string;
  credits!: number;
  /** Price in minor currency units. */
  amountMinor!: number;
  currency!: string;
  status!: PaymentStatus;
  /** Why it failed: a code such as `card_declined` or `authentication_required`. */
  failureCode!: string | null;
  /** Paid back so far, in minor currency units. */
  refundedMinor!: number;
  /** Under dispute or lost in one, in minor currency units. */
  disputedMinor!: number;
  /** Stripe's page to pay on, while it is open. */
  checkoutUrl!: string | null;
  createdAt!: Date;
  paidAt!: Date | null;
}
