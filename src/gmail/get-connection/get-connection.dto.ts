import { ApiProperty } from '@nestjs/swagger';
import { ConnectionDto } from '../list-connections/list-connections.dto';

/** What became of the mails of a mailbox. */
export class CoverageDto {
  /** Mails found. */
  discovered!: number;

  /** Mails with a stored summary. */
  summarised!: number;

  /** Mails that need no summary, by the code of the reason. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  skipped!: Record<string, number>;

  /** Mails given up for good. */
  failed!: number;

  /** Mails that wait for credits or for a worker, or are under way. */
  waiting!: number;
}

export class ConnectionFilterDto {
  /** Gmail label ids of which a mail must carry one; every mail is read when empty. */
  onlyLabels!: string[];

  /** Gmail label ids of which a mail must carry none. */
  skipLabels!: string[];

  /** How many days back the first reading went; everything when null. */
  backfillDays!: number | null;
}

/** What of a mailbox its owner may edit. */
export function editableOfConnection(
  status: string,
  { onlyLabels, skipLabels, backfillDays }: ConnectionFilterDto,
): unknown {
  return [status === 'paused', onlyLabels, skipLabels, backfillDays];
}

export class ConnectionDetailDto extends ConnectionDto {
  /** Whether Google allows us to change labels: mailbox actions and rules need it. */
  actionsAllowed!: boolean;

  filter!: ConnectionFilterDto;
  coverage!: CoverageDto;

  /** Whether the first reading has reached its end. */
  backfillComplete!: boolean;

  /** Seconds since everything in the mailbox had been seen; null before the first reading ended. */
  cursorAgeSeconds!: number | null;

  /** When Google's pushes end unless they are renewed, ISO 8601. */
  watchExpiresAt!: string | null;

  /** When Google last pushed a change, ISO 8601. */
  lastPushAt!: string | null;

  /** Code of the error that ended the last reading; null when it ended well. */
  lastError!: string | null;
}
