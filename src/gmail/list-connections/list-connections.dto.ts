import { type ConnectionStatus, connectionStatuses } from '../domain/connection-status';
import { ApiProperty } from '@nestjs/swagger';

export class ConnectionDto {
  /** UUID v7. */
  id!: string;

  /** The mailbox's address. */
  emailAddress!: string;

  /** Only a `connected` mailbox is read. `needs_reauth` and `pending` wait for a new consent. */
  @ApiProperty({ enum: connectionStatuses, enumName: 'ConnectionStatus' })
  status!: ConnectionStatus;

  /** Why it is not `connected`, for a person. */
  statusReason!: string | null;

  /** When the mailbox was last read to its end, ISO 8601. */
  lastSyncedAt!: string | null;

  /** False when the mailbox is connected but has not been read, or keeps failing, for longer than it should, or waits for its owner. */
  healthy!: boolean;
}

export class ConnectionListDto {
  data!: ConnectionDto[];
}
