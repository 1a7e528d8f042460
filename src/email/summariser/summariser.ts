import { Injectable } from '@nestjs/common';
import { AnthropicClient } from '../anthropic/anthropic.client';
import type { ModelAnswer, Question, Turn } from '../anthropic/messages';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { effortFor } from './known-models';
import { mailBlock, type MailToSummarise } from './mail-block';
import type { TokenUsage } from './price-table';
import { promptVersion, systemPrompt } from './prompt';
import { type Reading, readAnswer } from './read-answer';
import { type Source, sourceOf } from './source';
import { Spending } from './spending';
import { type Summary, summarySchema } from './summary';

/** A summary with what it took: every answer is counted, the first of two as well. */
export interface Summarised {
  summary: Summary;
  /** As the vendor names it in its answer. */
  model: string;
  promptVersion: string;
  usage: TokenUsage;
  costMicros: number;
}

/** Failures after which another model may do: this one has too much to do, or had for a while. */
const overloads = new Set(['email.overloaded', 'anthropic.circuit-open']);

/** Makes a structured summary of one mail. */
@Injectable()
export class Summariser {
  constructor(
    private readonly env: EnvDto,
    private readonly anthropic: AnthropicClient,
  ) {}

  /**
   * Asks the model, and a second time when the answer was cut (with twice the room) or does not fit the schema (with its
   * faults named). An overloaded model is replaced by the fallback model, where there is one.
   * @param links web addresses the mail has; others are taken out of the answer.
   * @param spending what the answers took is added here, also when this throws.
   * @throws DomainError `email.refused`, `email.answer-cut`, `email.empty-answer`, `email.malformed-answer` (final), or
   * what the client throws.
   */
  async summarise(
    mail: MailToSummarise,
    links: readonly string[],
    spending: Spending = new Spending(),
  ): Promise<Summarised> {
    const turns: Turn[] = [{ role: 'user', content: mailBlock(mail) }];
    const room = this.env.ANTHROPIC_MAX_TOKENS;
    const first = await this.ask(turns, room, spending);
    const source = sourceOf(links, wordsOf(mail));
    const reading = read(first, source);
    if ('summary' in reading) return summarised(first, reading.summary, spending);
    const isCut = first.stopReason === 'max_tokens';
    if (!isCut) turns.push(...repairOf(first, reading.faults));
    const second = await this.ask(turns, isCut ? 2 * room : room, spending);
    const repaired = read(second, source);
    if ('summary' in repaired) return summarised(second, repaired.summary, spending);
    throw unusable(second, repaired.faults);
  }

  /** What a batch asks about a mail: the same as `summarise` asks first. */
  question(mail: MailToSummarise): Question {
    const turns: Turn[] = [{ role: 'user', content: mailBlock(mail) }];
    return this.questionOf(this.env.ANTHROPIC_MODEL, turns, this.env.ANTHROPIC_MAX_TOKENS);
  }

  private async ask(turns: Turn[], maxTokens: number, spending: Spending): Promise<ModelAnswer> {
    const { ANTHROPIC_MODEL: model, ANTHROPIC_FALLBACK_MODEL: fallback } = this.env;
    try {
      return await this.askModel(model, turns, maxTokens, spending);
    } catch (error) {
      if (!fallback || !(error instanceof DomainError) || !overloads.has(error.code)) throw error;
      return this.askModel(fallback, turns, maxTokens, spending);
    }
  }

  private async askModel(model: string, turns: Turn[], maxTokens: number, spending: Spending) {
    const answer = await this.anthropic.ask(this.questionOf(model, turns, maxTokens));
    spending.add(model, answer.usage);
    if (answer.stopReason === 'refusal')
      throw new DomainError('unprocessable', 'email.refused', 'The model refused to summarise this mail');
    return answer;
  }

  private questionOf(model: string, turns: Turn[], maxTokens: number): Question {
    const effort = effortFor(model, this.env.ANTHROPIC_EFFORT);
    const question = { model, system: systemPrompt, turns, schema: summarySchema, maxTokens };
    return { ...question, ...(effort && { effort }) };
  }
}

/** What a mail's reader sees of it, headers included. */
export function wordsOf({ sender, subject, text }: MailToSummarise): string {
  return [sender, subject, text].join('\n');
}

function read({ text, stopReason }: ModelAnswer, source: Source): Reading {
  return stopReason === 'max_tokens' ? { faults: ['the answer was cut'] } : readAnswer(text, source);
}

function summarised({ model }: ModelAnswer, summary: Summary, { usage, costMicros }: Spending): Summarised {
  return { summary, model, promptVersion, usage, costMicros };
}

function repairOf({ text }: ModelAnswer, faults: string[]): Turn[] {
  const request = `That answer does not fit the schema: ${faults.join('; ')}. Answer again with the corrected JSON alone.`;
  // The API takes no empty turn.
  return [
    { role: 'assistant', content: text.trim() === '' ? '{}' : text },
    { role: 'user', content: request },
  ];
}

function unusable({ text, stopReason }: ModelAnswer, faults: string[]): DomainError {
  if (stopReason === 'max_tokens')
    return new DomainError('unprocessable', 'email.answer-cut', 'The summary did not fit the token limit');
  if (text.trim() === '')
    return new DomainError('unprocessable', 'email.empty-answer', 'The model answered nothing, twice');
  const message = `The model's answer is unusable: ${faults.join('; ')}`;
  return new DomainError('unprocessable', 'email.malformed-answer', message);
}
