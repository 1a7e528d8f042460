import type { ModelAnswer } from '../anthropic/messages';
import { readAnswer } from './read-answer';
import type { Source } from './source';
import { Spending } from './spending';
import type { Summarised } from './summariser';

/** Why a mail has no summary yet: `failed` for good, `again` in another batch, `live` for a repair. */
export interface BatchVerdict {
  outcome: 'failed' | 'again' | 'live';
  reasonCode: string;
}

/** What one answer of a batch amounts to, and what it took. */
export type BatchReading = { spending: Spending } & (
  { outcome: 'drafted'; summarised: Summarised } | BatchVerdict
);

/** How the batch was asked. */
interface Asked {
  model: string;
  promptVersion: string;
}

/**
 * Reads one answer of a batch with the eyes that read a single one. What a second question could mend (cut, empty,
 * malformed) is not mended here: a batch answers once, so the mail goes where there is a conversation.
 */
export function readResult(
  answer: ModelAnswer,
  { model, promptVersion }: Asked,
  source: Source,
): BatchReading {
  const spending = new Spending();
  spending.add(model, answer.usage, 'overnight');
  const ended = (outcome: 'failed' | 'live', reasonCode: string): BatchReading => ({
    spending,
    outcome,
    reasonCode,
  });
  if (answer.stopReason === 'refusal') return ended('failed', 'email.refused');
  if (answer.stopReason === 'max_tokens') return ended('live', 'email.answer-cut');
  const reading = readAnswer(answer.text, source);
  if ('faults' in reading)
    return ended('live', answer.text.trim() === '' ? 'email.empty-answer' : 'email.malformed-answer');
  const { usage, costMicros } = spending;
  const summarised = { summary: reading.summary, model: answer.model, promptVersion, usage, costMicros };
  return { spending, outcome: 'drafted', summarised };
}
