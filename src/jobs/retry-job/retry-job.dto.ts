export class RetriedJobDto {
  /** `queued`, or `awaiting_credits` when the balance is used up; the mail then runs once credits come. */
  state!: 'queued' | 'awaiting_credits';
}
