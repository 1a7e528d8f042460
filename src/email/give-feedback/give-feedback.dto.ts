import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { type FeedbackReason, feedbackReasons } from '../list-summaries/summary.dto';

export class GiveFeedbackDto {
  /** Whether the summary spared its reader the mail. */
  @IsBoolean()
  useful!: boolean;

  /** What is wrong with it. */
  @IsOptional()
  @IsIn(feedbackReasons)
  reason?: FeedbackReason;

  /** In the reader's own words. */
  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  comment?: string;
}
