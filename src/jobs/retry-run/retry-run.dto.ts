export class RetriedRunDto {
  /** Mails that were paid for and are queued again. */
  queued!: number;
  /** Mails that wait for credits. */
  awaitingCredits!: number;
  /** Failed mails that stay as they are: quarantined ones, and those whose credit is still being given back. */
  left!: number;
}
