/** How many mails stand in each state. */
export class JobCountsDto {
  awaiting_credits!: number;
  queued!: number;
  running!: number;
  done!: number;
  skipped!: number;
  failed!: number;
  cancelled!: number;
}

export class RunDto {
  id!: string;
  connectionId!: string | null;
  trigger!: 'user' | 'push' | 'schedule' | 'system';
  /** State of the walk through the mailbox; mails are summarised while it goes on and after it. */
  state!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  reasonCode!: string | null;
  /** Mails the walk found that were new; null until it is done. */
  discovered!: number | null;
  mails!: JobCountsDto;
  /** True when the walk is over and no mail of it is queued or running. */
  settled!: boolean;
  createdAt!: Date;
  startedAt!: Date | null;
  finishedAt!: Date | null;
}
