import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, Length, Matches } from 'class-validator';
import { ActionDto } from '../act-on-mails/act-on-mails.dto';
import { type ActionKind, actionKinds } from '../domain/mail-action';

const word = /^[\w-]{1,40}$/;
const lowerCase = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'string' ? item.trim().toLowerCase() : item))
    : value;

/** Conditions and action of a rule. A mail must fulfil every condition that is given; one value of each list will do. */
export class RuleBodyDto extends ActionDto {
  /** Categories of summaries. */
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(word, { each: true })
  categories: string[] = [];

  /** Urgencies of summaries. */
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(word, { each: true })
  urgencies: string[] = [];

  /** Addresses of senders, or whole domains such as `@example.com`. */
  @Transform(lowerCase)
  @IsArray()
  @ArrayMaxSize(200)
  @Matches(/^[^\s@]{0,64}@[^\s@]{1,190}$/, { each: true })
  senders: string[] = [];

  /** Mailing lists, by the id in List-Id. */
  @Transform(lowerCase)
  @IsArray()
  @ArrayMaxSize(200)
  @Length(1, 255, { each: true })
  lists: string[] = [];
}

export class CreateRuleDto extends RuleBodyDto {
  @Length(1, 120)
  name!: string;
}

export class EnableRuleDto {
  /** Whether the rule acts on summaries from now on. */
  @IsBoolean()
  enabled!: boolean;
}

export class RuleDto {
  id!: string;
  name!: string;
  enabled!: boolean;
  categories!: string[];
  urgencies!: string[];
  senders!: string[];
  lists!: string[];

  @ApiProperty({ enum: actionKinds, enumName: 'MailActionKind' })
  kind!: ActionKind;

  labelId!: string | null;

  /** ISO 8601. */
  createdAt!: string;
}

/** What of a rule its owner may edit. */
export function editableOfRule({ enabled }: { enabled: boolean }): unknown {
  return [enabled];
}

export class RuleListDto {
  data!: RuleDto[];
}

export class RuleMatchDto {
  emailId!: string;
  category!: string;
  urgency!: string;
  sender!: string | null;
  listId!: string | null;
}

export class DryRunDto {
  /** How many summaries were looked at, the newest first. */
  looked!: number;

  /** How many of them the rule would act on. */
  matched!: number;

  /** The first of these, newest first. */
  matches!: RuleMatchDto[];
}
