export class OrderedResummaryDto {
  /** The work on it, as `/api/jobs` shows it. */
  jobId!: string;
  /** Names the new revision of the mail: its summary will carry it. */
  emailId!: string;
  /** Credits held for it. */
  credits!: number;
}
