import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Length, Max, Min, NotEquals } from 'class-validator';
import type { UserView } from '../../auth/contracts';
import { PageOf, PageQueryDto } from '../../kernel/http/page';
import { ReasonDto } from '../reason.dto';

export class SearchUsersDto extends PageQueryDto {
  /** Part of the address or the name, or an id. */
  @IsOptional()
  @Length(1, 200)
  q?: string;

  @IsOptional()
  @IsIn(['active', 'suspended', 'deleted'])
  status?: 'active' | 'suspended' | 'deleted';

  @IsOptional()
  @IsIn(['user', 'admin'])
  role?: 'user' | 'admin';
}

export class AdminUserDto implements UserView {
  id!: string;
  email!: string;
  name!: string;
  role!: 'user' | 'admin';
  status!: 'active' | 'suspended' | 'deleted';
  emailVerified!: boolean;
  createdAt!: Date;
}

export class AdminUserPage extends PageOf(AdminUserDto) {}

export class AdminConnectionDto {
  id!: string;
  emailAddress!: string;
  status!: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';
  statusReason!: string | null;
  /** ISO 8601, UTC. */
  lastSyncedAt!: string | null;
  /** False when the mailbox fell silent, or waits for its owner. */
  healthy!: boolean;
}

export class AdminUserDetailDto extends AdminUserDto {
  liveSessions!: number;
  liveApiKeys!: number;
  /** Free to spend. */
  availableCredits!: number;
  /** Set aside for mails under way. */
  heldCredits!: number;
  connections!: AdminConnectionDto[];
  /** Mails by state. */
  mails!: Record<string, number>;
}

export class ChangeRoleDto extends ReasonDto {
  @IsIn(['user', 'admin'])
  role!: 'user' | 'admin';
}

export class AdjustUserCreditsDto extends ReasonDto {
  /** Credits to add, or to take away when negative. */
  @ApiProperty({ type: 'integer', minimum: -1_000_000, maximum: 1_000_000 })
  @IsInt()
  @Min(-1_000_000)
  @Max(1_000_000)
  @NotEquals(0)
  credits!: number;

  /** Names the adjustment, such as a ticket's number: the same one is made once, however often it is asked for. */
  @Length(3, 100)
  reference!: string;
}

export class AdjustedDto {
  /** False when this reference was adjusted before. */
  applied!: boolean;
}

export class ForcedSyncDto {
  runId!: string;
}
