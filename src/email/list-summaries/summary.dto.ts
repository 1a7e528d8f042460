import { ApiProperty } from '@nestjs/swagger';
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

/** What is wrong with a summary, in its reader's eyes. */
export const feedbackReasons = [
  'wrong',
  'incomplete',
  'too-long',
  'missed-action',
  'wrong-category',
  'wrong-urgency',
  'wrong-language',
  'other',
] as const;
export type FeedbackReason = (typeof feedbackReasons)[number];

/** What the reader said of a summary. */
export class FeedbackDto {
  useful!: boolean;
  reason!: FeedbackReason | null;
  comment!: string | null;
  at!: Date;
}

/** A piece of a text: a word that was searched for, or what stands between two. */
export class HighlightPartDto {
  text!: string;
  found!: boolean;
}

/** Where a search found its words: the parts together are the text, or a passage of it. */
export class HighlightDto {
  field!: 'headline' | 'subject' | 'summary';
  parts!: HighlightPartDto[];
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
  @ApiProperty({ type: 'number', format: 'double', minimum: 0, maximum: 1 })
  confidence!: number;
  cost!: SummaryCostDto;
  feedback!: FeedbackDto | null;
  /** When its reader marked it as read here. */
  readAt!: Date | null;
  /** When a newer summary of the same mail took its place; lists, digests and counts leave it out from then on. */
  supersededAt!: Date | null;
  createdAt!: Date;
  /** Only in the answer to a search. */
  highlights?: HighlightDto[];
}

export class SummaryPage extends PageOf(SummaryDto) {}
