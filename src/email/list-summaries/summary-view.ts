import type { EmailSummary } from '../../kernel/database/generated/client';
import type { FeedbackReason, SummaryDto } from './summary.dto';

/** What of a stored summary its reader sees. */
export type SummaryRow = Omit<EmailSummary, 'userId' | 'promptVersion' | 'purgedAt' | 'costMicros'> & {
  costMicros: bigint | number;
};

/** A stored summary as callers see it. */
export function summaryView(row: SummaryRow & Partial<Omit<EmailSummary, keyof SummaryRow>>): SummaryDto {
  const { model, inputTokens, outputTokens, costMicros, cacheReadTokens, cacheWriteTokens, ...rest } = row;
  const { feedbackUseful, feedbackReason, feedbackComment, feedbackAt, ...unjudged } = rest;
  const { userId: _owner, promptVersion: _prompt, purgedAt: _purged, ...summary } = unjudged;
  return {
    ...summary,
    keyPoints: summary.keyPoints as SummaryDto['keyPoints'],
    actionItems: summary.actionItems as unknown as SummaryDto['actionItems'],
    people: summary.people as unknown as SummaryDto['people'],
    category: summary.category as SummaryDto['category'],
    urgency: summary.urgency as SummaryDto['urgency'],
    feedback:
      feedbackUseful === null || feedbackAt === null
        ? null
        : {
            useful: feedbackUseful,
            reason: feedbackReason as FeedbackReason | null,
            comment: feedbackComment,
            at: feedbackAt,
          },
    cost: {
      model,
      inputTokens: inputTokens + cacheReadTokens + cacheWriteTokens,
      outputTokens,
      costMicros: Number(costMicros),
    },
  };
}
