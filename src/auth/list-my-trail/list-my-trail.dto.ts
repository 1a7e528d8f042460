import { ApiProperty } from '@nestjs/swagger';
import { PageOf } from '../../kernel/http/page';

/** One thing that was done to the account, or by it. */
export class TrailEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Who did it. */
  @ApiProperty({ enum: ['user', 'admin', 'service', 'system'] })
  actor!: string;

  /** @example auth.signed-in */
  action!: string;

  targetType!: string | null;
  targetId!: string | null;
  requestId!: string | null;
  ipAddress!: string | null;

  /** What changed; secrets are left out. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  changes!: Record<string, unknown>;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;
}

export class TrailPage extends PageOf(TrailEntryDto) {}
