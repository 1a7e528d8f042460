import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import type { AuditRecord } from '../../auth/contracts';
import { PageOf, PageQueryDto } from '../../kernel/http/page';

const actorKinds = ['admin', 'service', 'system', 'user'];

export class SearchAuditLogDto extends PageQueryDto {
  /** Only what this user or administrator did. */
  @IsOptional()
  @IsUUID()
  actorId?: string;

  /** Only what this kind of actor did. */
  @ApiProperty({ enum: actorKinds, required: false })
  @IsOptional()
  @IsIn(actorKinds)
  actorKind?: string;

  /** Only what stands in this user's trail: done by the user, or to the account. */
  @IsOptional()
  @IsUUID()
  userId?: string;

  /** Only this action; with a dot at its end, every action of that module. @example auth.signed-in */
  @IsOptional()
  @Matches(/^[a-z-]{1,40}\.([a-z-]{1,60})?$/)
  action?: string;

  /** Only what was done to a thing of this kind. @example payment */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  targetType?: string;

  /** Only what was done to the thing of this id. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  targetId?: string;

  /** Only what the call with this request id did. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  requestId?: string;

  /** Only what was done at this instant (ISO 8601) or later. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Only what was done before this instant (ISO 8601). */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

/** A row of the audit log. */
export class AuditRecordDto implements AuditRecord {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Whose trail it stands in; null for what concerns no user. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  userId!: string | null;

  @ApiProperty({ enum: actorKinds })
  actorKind!: string;

  /** Who did it; null for machines. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  actorId!: string | null;

  /** @example billing.purchase-refunded */
  action!: string;

  targetType!: string | null;
  targetId!: string | null;
  requestId!: string | null;

  /** Null where there was none, and once it was erased: with the account, or after a year. */
  ipAddress!: string | null;

  /** What changed; secrets are left out. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  changes!: Record<string, unknown>;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;
}

export class AuditRecordPage extends PageOf(AuditRecordDto) {}
