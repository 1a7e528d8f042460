import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID, Length } from 'class-validator';
import { Transform } from 'class-transformer';
import type { PaymentView, StripeEventView } from '../../billing/contracts';
import { PageOf, PageQueryDto } from '../../kernel/http/page';

const statuses = ['created', 'open', 'processing', 'paid', 'failed', 'expired'] as const;

export class SearchPaymentsDto extends PageQueryDto {
  @IsOptional()
  @IsUUID()
  userId?: string;

  @IsOptional()
  @IsIn(statuses)
  status?: 'created' | 'open' | 'processing' | 'paid' | 'failed' | 'expired';

  /** Our id, or Stripe's of the session or the payment intent. */
  @IsOptional()
  @Length(3, 200)
  id?: string;
}

export class AdminPaymentDto implements PaymentView {
  id!: string;
  userId!: string;
  kind!: string;
  status!: string;
  failureCode!: string | null;
  packageId!: string;
  credits!: number;
  /** Minor currency units, like the two below. */
  amountMinor!: number;
  refundedMinor!: number;
  disputedMinor!: number;
  currency!: string;
  @ApiProperty({ type: String, nullable: true, pattern: '^cs_\\w+$', example: 'cs_live_a1B2c3D4' })
  checkoutSessionId!: string | null;
  @ApiProperty({ type: String, nullable: true, pattern: '^pi_\\w+$', example: 'pi_3PqLm2eZvKYlo2C1' })
  paymentIntentId!: string | null;
  createdAt!: Date;
  paidAt!: Date | null;
}

export class AdminPaymentPage extends PageOf(AdminPaymentDto) {}

export class SearchStripeEventsDto extends PageQueryDto {
  /** The event's id, or its object's. */
  @IsOptional()
  @Length(3, 200)
  id?: string;

  @IsOptional()
  @Length(3, 100)
  type?: string;

  /** Only those that were not acted upon yet. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @IsBoolean()
  open?: boolean;
}

export class AdminStripeEventDto implements StripeEventView {
  @ApiProperty({ pattern: '^evt_\\w+$', example: 'evt_1PqLm2eZvKYlo2C1' })
  id!: string;
  type!: string;
  @ApiProperty({ type: String, nullable: true, pattern: '^\\w+$', example: 'cs_live_a1B2c3D4' })
  objectId!: string | null;
  attempts!: number;
  outcome!: string | null;
  lastError!: string | null;
  receivedAt!: Date;
  processedAt!: Date | null;
}

export class AdminStripeEventPage extends PageOf(AdminStripeEventDto) {}
