import { IsBoolean, IsOptional, IsString, IsUrl, Matches, MaxLength } from 'class-validator';

const url = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

export class PurchaseDto {
  /** One of `GET /api/billing/packages`. */
  @IsString()
  @Matches(/^[a-z0-9-]{1,40}$/)
  packageId!: string;

  /** Where Stripe sends the buyer after paying; only addresses this installation allows. */
  @IsOptional()
  @IsUrl(url)
  @MaxLength(2_000)
  successUrl?: string;

  /** Where Stripe sends a buyer who turns back; only addresses this installation allows. */
  @IsOptional()
  @IsUrl(url)
  @MaxLength(2_000)
  cancelUrl?: string;

  /** Keep the card for automatic top-ups; the buyer is asked to agree. */
  @IsOptional()
  @IsBoolean()
  savePaymentMethod?: boolean;
}

export class PurchasedDto {
  /** Follow it under `/api/billing/payments/{paymentId}`. */
  paymentId!: string;
  /** Stripe's page to pay on. */
  checkoutUrl!: string;
  /** When that page closes, ISO 8601. */
  expiresAt!: string;
  credits!: number;
  /** Price in minor currency units. */
  amountMinor!: number;
  currency!: string;
}
