import { StartSyncDto } from '../start-sync/start-sync.dto';

/** The sync to quote: the same words that would start it. */
export class QuoteSyncDto extends StartSyncDto {}

export class SyncQuoteDto {
  /** Mails that the sync would summarise. */
  mails!: number;
  /** False when there are more mails than a quote counts. */
  complete!: boolean;
  /** Credits it takes at most: one a mail, and never more than the cap. */
  credits!: number;
  /** Credits free to spend now. */
  available!: number;
  /** Mails that the balance pays for. */
  covered!: number;
  /** Mails that would wait for credits. */
  waiting!: number;
  /** Of `mails` those that would be summarised at once. */
  now!: number;
  /** Of `mails` those that would be summarised within a day. */
  overnight!: number;
  /** Most credits the sync may take, as asked for; null without a cap. */
  cap!: number | null;
}
