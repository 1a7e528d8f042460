import { Injectable } from '@nestjs/common';
import { type ModelAnswer, AnthropicClient, type Turn } from '../anthropic/anthropic.client';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { mailBlock, type MailToSummarise } from './mail-block';
import { costMicros, type TokenUsage } from './price-table';
import { promptVersion, systemPrompt } from './prompt';
import { readAnswer } from './read-answer';
import { type Summary, summarySchema } from './summary';

/** A summary with what it took: every call is counted, the repair too. */
export interface Summarised {
  summary: Summary;
  /** As the vendor names it in its answer. */
  model: string;
  promptVersion: string;
  usage: TokenUsage;
  costMicros: number;
}

/** Tokens an answer may have; thinking counts. A complete answer takes a fraction of it. */
const maxTokens = 4_000;

/** Makes a structured summary of one mail. */
@Injectable()
export class Summariser {
  constructor(
    private readonly env: EnvDto,
    private readonly anthropic: AnthropicClient,
  ) {}

  /**
   * Asks the model, and once more with the faults named when the answer does not fit the schema.
   * @param links web addresses the mail has; others are taken out of the answer.
   * @throws DomainError `email.refused`, `email.answer-cut`, `email.malformed-answer` (final), or what the client throws.
   */
  async summarise(mail: MailToSummarise, links: readonly string[]): Promise<Summarised> {
    const model = this.env.ANTHROPIC_MODEL;
    const turns: Turn[] = [{ role: 'user', content: mailBlock(mail) }];
    const usage: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
    for (const repairing of [false, true]) {
      const answer = await this.anthropic.ask({
        model,
        system: systemPrompt,
        turns,
        schema: summarySchema,
        maxTokens,
      });
      add(usage, answer.usage);
      assertComplete(answer);
      const reading = readAnswer(answer.text, links);
      if ('summary' in reading)
        return {
          summary: reading.summary,
          model: answer.model,
          promptVersion,
          usage,
          costMicros: costMicros(model, usage),
        };
      if (repairing) throw malformed(reading.faults);
      turns.push(
        { role: 'assistant', content: answer.text || '{}' },
        { role: 'user', content: repairRequest(reading.faults) },
      );
    }
    throw malformed([]);
  }
}

function add(total: TokenUsage, call: TokenUsage): void {
  for (const key of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) total[key] += call[key];
}

function assertComplete({ stopReason }: ModelAnswer): void {
  if (stopReason === 'refusal')
    throw new DomainError('unprocessable', 'email.refused', 'The model refused to summarise this mail');
  if (stopReason === 'max_tokens')
    throw new DomainError('unprocessable', 'email.answer-cut', 'The summary did not fit the token limit');
}

function repairRequest(faults: string[]): string {
  return `That answer does not fit the schema: ${faults.join('; ')}. Answer again with the corrected JSON alone.`;
}

function malformed(faults: string[]): DomainError {
  return new DomainError(
    'unprocessable',
    'email.malformed-answer',
    `The model's answer is unusable: ${faults.join('; ')}`,
  );
}
