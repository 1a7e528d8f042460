import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQueryDto } from '../../kernel/http/page';
import { categories, type Category, urgencies, type Urgency } from '../summariser/summary';

export class ListSummariesDto extends PageQueryDto {
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
}
