import type { Balance, OpenLot } from '../contracts';

export class OpenLotDto implements OpenLot {
  /** purchase, welcome, promotion or adjustment. */
  source!: string;
  granted!: number;
  /** Credits left of it, held ones included. */
  remaining!: number;
  held!: number;
  /** ISO 8601; null never expires. */
  expiresAt!: string | null;
}

export class BalanceDto implements Balance {
  /** Credits that may be spent now. */
  available!: number;
  /** Credits set aside for mails under way. */
  held!: number;
  /** Credits spent so far. */
  captured!: number;
  /** Credits received so far. */
  granted!: number;
  /** Credits that refunds took back after they had been spent. */
  owed!: number;
  /** Where the credits come from, in the order in which they are spent. */
  lots!: OpenLotDto[];
}
