import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { gmail_v1 } from '@googleapis/gmail';
import { DomainError } from '../../kernel/errors/domain-error';
import { GmailCalls, type MailboxCredentials } from './gmail-calls';
import { fullMessage, GmailClient, type MessageForm, messageFacts } from './gmail-client';
import { GoogleEndpoints } from './google-endpoints';
import { googleTransport } from './google-transport';
import { type BatchAnswer, readBatch, writeBatch } from './multipart-batch';
import { parseGoogleError } from './parse-google-error';

const rounds = 8;
const firstPauseMs = 100;
const longestPauseMs = 30_000;

/** Messages by their ids. */
export type Messages = Map<string, gmail_v1.Schema$Message>;

interface Round {
  facts: Messages;
  /** Calls that may work later, with what stopped them. */
  failed: Map<string, DomainError>;
}

/** Reads many messages through the batch endpoint. */
@Injectable()
export class GmailBatch {
  private readonly transport = googleTransport();

  constructor(
    private readonly endpoints: GoogleEndpoints,
    private readonly calls: GmailCalls,
    private readonly client: GmailClient,
  ) {}

  /**
   * Labels, thread, date, sender and list. What failed is asked for again, without what did not; messages that are gone are missing
   * in the answer. @throws DomainError when some could not be read after all.
   */
  async messageFacts(box: MailboxCredentials, ids: readonly string[]): Promise<Messages> {
    const facts: Messages = new Map();
    const batchSize = this.calls.batchSize('messages.get');
    let open = [...ids];
    for (let round = 1; open.length > 0; round += 1) {
      const failed = new Map<string, DomainError>();
      for (let at = 0; at < open.length; at += batchSize) {
        const answer = await this.read(box, open.slice(at, at + batchSize));
        for (const [id, message] of answer.facts) facts.set(id, message);
        for (const [id, error] of answer.failed) failed.set(id, error);
      }
      open = [...failed.keys()];
      if (open.length > 0) await pauseOrThrow([...failed.values()], round);
    }
    return facts;
  }

  /**
   * Whole messages. Those that the batch did not bring, for whatever reason, are missing in the answer: who asks for one alone learns
   * why. @throws DomainError when there was no answer to the batch.
   */
  async messages(box: MailboxCredentials, ids: readonly string[]): Promise<Messages> {
    const messages: Messages = new Map();
    const batchSize = this.calls.batchSize('messages.get');
    try {
      for (let at = 0; at < ids.length; at += batchSize) {
        const { answers } = await this.send(box, ids.slice(at, at + batchSize), fullMessage);
        for (const [id, { status, body }] of answers)
          if (status === 200) messages.set(id, body as gmail_v1.Schema$Message);
      }
    } catch (error) {
      if (!hasNoBatches(error)) throw error;
    }
    return messages;
  }

  private async read(box: MailboxCredentials, ids: readonly string[]): Promise<Round> {
    try {
      return await this.readBatch(box, ids);
    } catch (error) {
      if (hasNoBatches(error)) return this.readSingly(box, ids);
      throw error;
    }
  }

  private async readBatch(box: MailboxCredentials, ids: readonly string[]): Promise<Round> {
    const { answers, token } = await this.send(box, ids, messageFacts);
    const round = sortOut(ids, answers);
    if ([...round.failed.values()].some(({ code }) => code === 'gmail.access-token-refused'))
      await box.refused(token);
    return round;
  }

  /** One batch: Google's answer to each message that it answered for, and the token that was used. */
  private async send(
    box: MailboxCredentials,
    ids: readonly string[],
    form: MessageForm,
  ): Promise<{ answers: Map<string, BatchAnswer>; token: string }> {
    const call = { method: 'messages.get', count: ids.length, target: 'other' } as const;
    return this.calls.call(box, call, async (token, signal) => {
      const { contentType, body } = writeBatch(ids.map((id) => ({ id, target: targetOf(id, form) })));
      const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
      const { data, headers: answered } = await this.transport.request<string>({
        url: this.endpoints.batchUrl,
        method: 'POST',
        headers,
        data: body,
        responseType: 'text',
        signal,
      });
      return { answers: readBatch(answered.get('content-type') ?? '', data), token };
    });
  }

  private async readSingly(box: MailboxCredentials, ids: readonly string[]): Promise<Round> {
    const read = ids.map(async (id) => [id, await this.factsOrNothing(box, id)] as const);
    const facts = new Map(
      (await Promise.all(read)).flatMap(([id, message]) => (message ? [[id, message]] : [])),
    );
    return { facts, failed: new Map() };
  }

  private factsOrNothing(box: MailboxCredentials, id: string): Promise<gmail_v1.Schema$Message | undefined> {
    return this.client.messageFacts(box, id).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'gmail.message-gone') return undefined;
      throw error;
    });
  }
}

/** There are servers of the same API that have no batch endpoint. */
function hasNoBatches(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'gmail.not-found';
}

function targetOf(id: string, { metadataHeaders = [], ...single }: MessageForm): string {
  const query = new URLSearchParams(single);
  for (const header of metadataHeaders) query.append('metadataHeaders', header);
  return `/gmail/v1/users/me/messages/${encodeURIComponent(id)}?${query.toString()}`;
}

/** @throws DomainError of a part that will not work later either. */
function sortOut(ids: readonly string[], answers: ReadonlyMap<string, BatchAnswer>): Round {
  const round: Round = { facts: new Map(), failed: new Map() };
  for (const id of ids) {
    const answer = answers.get(id);
    if (answer?.status === 200) {
      round.facts.set(id, answer.body as gmail_v1.Schema$Message);
      continue;
    }
    const error = parseGoogleError(answer ?? { headers: {}, body: undefined }, 'message', Date.now());
    if (error.code === 'gmail.message-gone') continue;
    if (!error.retryable && error.code !== 'gmail.access-token-refused') throw error;
    round.failed.set(id, error);
  }
  return round;
}

async function pauseOrThrow(errors: DomainError[], round: number): Promise<void> {
  const [first] = errors;
  if (round >= rounds && first) throw first;
  const asked = Math.max(...errors.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  const own = firstPauseMs * 2 ** (round - 1);
  const pause = Math.min(longestPauseMs, Math.max(asked, own));
  await wait(pause * (0.75 + Math.random() / 2));
}
