/** Where the page of queues is. The answer's cookie lets the same browser in. */
export class QueuePageDto {
  /** Path at this API's origin. */
  path!: string;
  /** When the cookie stops letting in (ISO 8601, UTC); it does so earlier if the session ends. */
  expiresAt!: string;
}
