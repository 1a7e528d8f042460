import { ApiProperty } from '@nestjs/swagger';
import type { CreditPackage } from '../domain/credit-package';

export class PackageDto implements CreditPackage {
  /** What `POST /api/billing/purchase` takes as `packageId`. */
  @ApiProperty({ pattern: '^[a-z0-9-]{1,40}$', maxLength: 40, example: 'starter' })
  id!: string;
  name!: string;
  credits!: number;
  /** Price in minor currency units: 500 is 5.00. */
  amountMinor!: number;
  /** ISO 4217, lower case. */
  currency!: string;
  /** Days after the purchase until the credits expire; null never. */
  validityDays!: number | null;
}

export class PackagesDto {
  data!: PackageDto[];
}
