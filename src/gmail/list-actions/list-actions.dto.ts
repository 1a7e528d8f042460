import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageOf, PageQueryDto } from '../../kernel/http/page';
import { RecordedActionDto } from '../act-on-mails/act-on-mails.dto';
import { type ActionKind, actionKinds } from '../domain/mail-action';

export class ListActionsQueryDto extends PageQueryDto {
  /** Only the actions of this request. */
  @IsOptional()
  @IsUUID()
  requestId?: string;
}

export class MailActionDto extends RecordedActionDto {
  @ApiProperty({ enum: actionKinds, enumName: 'MailActionKind' })
  kind!: ActionKind;

  labelId!: string | null;

  /** Who asked: the user, or a rule of the user's. */
  @ApiProperty({ enum: ['user', 'rule'] })
  requestedBy!: 'user' | 'rule';

  /** The request's id, or the rule's. */
  requestId!: string;

  /** ISO 8601. */
  requestedAt!: string;
  appliedAt!: string | null;
  undoneAt!: string | null;
}

export class MailActionPageDto extends PageOf(MailActionDto) {}
