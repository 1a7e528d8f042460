import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsISO8601, IsOptional } from 'class-validator';
import { PageOf, PageQueryDto } from '../../kernel/http/page';

export const transactionKinds = [
  ...['grant', 'hold', 'capture', 'release', 'expire', 'clawback', 'clawback_reversal', 'adjust'],
] as const;

const list = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',') : value;

export class ListTransactionsDto extends PageQueryDto {
  /** Only these kinds, comma separated: grant, hold, capture, release, expire, clawback, clawback_reversal, adjust. */
  @IsOptional()
  @Transform(list)
  @ArrayMaxSize(8)
  @IsIn(transactionKinds, { each: true })
  kind?: string[];

  /** Only from this instant on, ISO 8601. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Only before this instant, ISO 8601. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

export class TransactionDto {
  /** Counts this wallet's lines from 1, without a gap. */
  seq!: number;
  kind!: string;
  /** Change of the balance in credits. */
  credits!: number;
  /** Change of the held credits. */
  held!: number;
  /** The balance after this line, held credits included. */
  balanceAfter!: number;
  heldAfter!: number;
  /** The mail that was charged for. */
  emailId!: string | null;
  /** Where the credits came from: purchase, welcome, promotion or adjustment. */
  source!: string;
  reason!: string | null;
  createdAt!: Date;
}

export class TransactionPage extends PageOf(TransactionDto) {}
