import { IsIn, IsOptional } from 'class-validator';
import { PageOf, PageQueryDto } from '../../kernel/http/page';
import { type HistoryKind, historyKinds } from '../history.repository';

export class ListHistoryDto extends PageQueryDto {
  /** Only lines of this kind. */
  @IsOptional()
  @IsIn(historyKinds)
  kind?: HistoryKind;
}

export class HistoryLineDto {
  id!: string;
  kind!: HistoryKind;
  /** Payment, refund or dispute it speaks of; the month (`2026-11`) of a statement. */
  ref!: string;
  paymentId!: string | null;
  /** Change of the balance in credits. */
  credits!: number | null;
  /** Money in minor currency units; negative when it went back to the payer. */
  amountMinor!: number | null;
  currency!: string | null;
  /** A statement's opening, bought, granted, adjusted, used, expired, refunded and closing; else what there is to know. */
  details!: Record<string, unknown>;
  occurredAt!: Date;
}

export class HistoryPage extends PageOf(HistoryLineDto) {}
