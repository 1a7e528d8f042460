export class CancelledRunDto {
  /** Mails of the run that were stopped by this call. */
  cancelled!: number;
}
