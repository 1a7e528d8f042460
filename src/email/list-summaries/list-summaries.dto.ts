import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { PageQueryDto } from '../../kernel/http/page';
import { categories, type Category, urgencies, type Urgency } from '../summariser/summary';

const flag = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export class ListSummariesDto extends PageQueryDto {
  /**
   * Words to search for in headline, subject, sender, summary, key points and people. Beginnings of words count; `"…"`
   * asks for a phrase, `or` for either, `-` before a word for its absence. The best matches come first, with `highlights`.
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  q?: string;

  /** Only mails of this kind. */
  @IsOptional()
  @IsIn(categories)
  category?: Category;

  /** Only mails this urgent. */
  @IsOptional()
  @IsIn(urgencies)
  urgency?: Urgency;

  /** Only mails of this mailbox. */
  @IsOptional()
  @IsUUID()
  connectionId?: string;

  /** Only mails whose sender's name or address holds this text, in any case. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  sender?: string;

  /** Only mails received at this instant (ISO 8601) or later. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Only mails received before this instant (ISO 8601). */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  /** Only what nobody has read: unread in Gmail when it was found, and not marked as read here since. Or only the others. */
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  unread?: boolean;
}
