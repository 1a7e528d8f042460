export class PausedLaneDto {
  /** `model` for everybody, `mailbox:<connectionId>`, or `user:<userId>` for a budget of your own. */
  lane!: string;
  pausedAt!: Date;
  /** When mails are tried again at the latest. */
  pausedUntil!: Date;
  reasonCode!: string;
}

export class ProcessingDto {
  /** Whether new work is started at all. */
  enabled!: boolean;
  /** Since when you have paused; null when you have not. */
  pausedSince!: Date | null;
  /** `paying` once credits were bought: more turns while there is a queue. */
  class!: 'trial' | 'paying';
  /** Upstreams that asked for a pause which your mails sit out, without losing attempts. */
  pausedLanes!: PausedLaneDto[];
}
