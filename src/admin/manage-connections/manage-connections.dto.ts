import { IsIn, IsOptional, IsUUID, Length } from 'class-validator';
import type { ConnectionView } from '../../gmail/contracts';
import { PageOf, PageQueryDto } from '../../kernel/http/page';

const statuses = ['pending', 'connected', 'needs_reauth', 'paused', 'disconnected'] as const;

export class SearchConnectionsDto extends PageQueryDto {
  @IsOptional()
  @IsUUID()
  userId?: string;

  @IsOptional()
  @IsIn(statuses)
  status?: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';

  /** Part of the mailbox's address. */
  @IsOptional()
  @Length(1, 200)
  q?: string;
}

/** A mailbox of any user. */
export class AdminMailboxDto implements ConnectionView {
  id!: string;
  userId!: string;
  emailAddress!: string;
  status!: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';
  statusReason!: string | null;
  /** ISO 8601, UTC. */
  lastSyncedAt!: string | null;
  /** False when it fell silent, or waits for its owner. */
  healthy!: boolean;
}

export class AdminMailboxPage extends PageOf(AdminMailboxDto) {}
