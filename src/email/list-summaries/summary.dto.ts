import { PageOf } from '../../kernel/http/page';
import { type Category, type Urgency } from '../summariser/summary';

export class ActionItemDto {
  task!: string;
  /** Calendar day (YYYY-MM-DD) when the mail names one. */
  dueDate!: string | null;
}

export class PersonDto {
  name!: string;
  /** Their part in the matter. */
  role!: string | null;
}

/** What the summary of one mail took. */
export class SummaryCostDto {
  /** As the vendor names it. */
  model!: string;
  inputTokens!: number;
  outputTokens!: number;
  /** Millionths of a US dollar. */
  costMicros!: number;
}

export class SummaryDto {
  id!: string;
  emailId!: string;
  connectionId!: string;
  gmailMessageId!: string;
  gmailThreadId!: string;
  subject!: string;
  sender!: string;
  receivedAt!: Date;
  headline!: string;
  summary!: string;
  keyPoints!: string[];
  actionItems!: ActionItemDto[];
  category!: Category;
  urgency!: Urgency;
  people!: PersonDto[];
  /** BCP 47 tag of the summary's language. */
  language!: string;
  /** 0 to 1. */
  confidence!: number;
  cost!: SummaryCostDto;
  createdAt!: Date;
}

export class SummaryPage extends PageOf(SummaryDto) {}
