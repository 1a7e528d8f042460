import { Length } from 'class-validator';

export class RefundPurchaseDto {
  /** Why; it stands in the audit log. */
  @Length(3, 500)
  reason!: string;
}
