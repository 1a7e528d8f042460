import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { TopUpSettings } from '../accounts.repository';

export class ConfigureTopUpDto {
  /** Whether credits are bought by themselves when they run low. Off until asked for. */
  @IsBoolean()
  enabled!: boolean;

  /** The package to buy; needed to switch it on. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,40}$/)
  packageId?: string;

  /** Credits at or below which the balance counts as low. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  threshold?: number;

  /** Most automatic purchases in one day (UTC). */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  dailyCap?: number;
}

/** What of these settings their owner may edit. */
export function editableOfTopUp({ enabled, packageId, threshold, dailyCap }: TopUpSettings): unknown {
  return [enabled, packageId, threshold, dailyCap];
}

export class TopUpDto implements TopUpSettings {
  enabled!: boolean;
  packageId!: string | null;
  /** Credits at or below which the balance counts as low. */
  threshold!: number;
  /** Most automatic purchases in one day (UTC). */
  dailyCap!: number;
  /** Whether a payment method is saved; buy once with `savePaymentMethod` to save one. */
  hasPaymentMethod!: boolean;
  /**
   * Why the last automatic purchase failed, such as `authentication_required` or `card_declined`. None is tried until
   * you save these settings, or a payment method, again.
   */
  problem!: string | null;
}
