import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  ValidateIf,
} from 'class-validator';
import { type ActionKind, actionKinds, type ActionStatus, actionStatuses } from '../domain/mail-action';

/** Whether a kind of action needs a label. */
export function needsLabel({ kind }: { kind: string }): boolean {
  return kind === 'label' || kind === 'unlabel';
}

export class ActionDto {
  @ApiProperty({ enum: actionKinds, enumName: 'MailActionKind' })
  @IsIn(actionKinds)
  kind!: ActionKind;

  /** Gmail's label id; needed by `label` and `unlabel`, ignored otherwise. */
  @ValidateIf(needsLabel)
  @Matches(/^[\w-]{1,100}$/)
  labelId?: string;
}

export class ActOnMailsDto extends ActionDto {
  /** The mails, by their ids here. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  emailIds!: string[];

  /** Chosen by the caller: sent again with the same id, the request is done once. */
  @IsOptional()
  @IsUUID()
  requestId?: string;
}

export class RecordedActionDto {
  id!: string;
  emailId!: string;

  @ApiProperty({ enum: actionStatuses, enumName: 'MailActionStatus' })
  status!: ActionStatus;

  /** Why it failed, or why it could not be taken back. */
  reasonCode!: string | null;
}

export class ActionsRecordedDto {
  /** Follow the actions under `/api/email/actions?requestId=…`. */
  requestId!: string;
  actions!: RecordedActionDto[];
}
