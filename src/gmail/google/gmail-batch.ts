import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { gmail_v1 } from '@googleapis/gmail';
import { DomainError } from '../../kernel/errors/domain-error';
import { GmailCalls, type MailboxCredentials } from './gmail-calls';
import { GmailClient, messageFacts } from './gmail-client';
import { GoogleEndpoints } from './google-endpoints';
import { googleTransport } from './google-transport';
import { type BatchAnswer, readBatch, writeBatch } from './multipart-batch';
import { parseGoogleError } from './parse-google-error';

const rounds = 8;
const firstPauseMs = 100;
const longestPauseMs = 30_000;

/** What became of each message: its facts, or nothing when it no longer exists. */
export type MessageFacts = Map<string, gmail_v1.Schema$Message>;

interface Round {
  facts: MessageFacts;
  /** Calls that may work later, with what stopped them. */
  failed: Map<string, DomainError>;
}

/** Reads the facts of many messages through the batch endpoint; what failed is asked for again, alone. */
@Injectable()
export class GmailBatch {
  private readonly transport = googleTransport();

  constructor(
    private readonly endpoints: GoogleEndpoints,
    private readonly calls: GmailCalls,
    private readonly client: GmailClient,
  ) {}

  /** Messages that are gone are missing in the answer. @throws DomainError when some could not be read after all. */
  async messageFacts(box: MailboxCredentials, ids: readonly string[]): Promise<MessageFacts> {
    const facts: MessageFacts = new Map();
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

  private async read(box: MailboxCredentials, ids: readonly string[]): Promise<Round> {
    try {
      return await this.readBatch(box, ids);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'gmail.not-found') return this.readSingly(box, ids);
      throw error;
    }
  }

  private async readBatch(box: MailboxCredentials, ids: readonly string[]): Promise<Round> {
    const requests = ids.map((id) => ({ contentId: `m-${id}`, target: factsTarget(id) }));
    const call = { method: 'messages.get', count: ids.length, target: 'other' } as const;
    let used = '';
    const answers = await this.calls.call(box, call, async (token, signal) => {
      used = token;
      const { contentType, body } = writeBatch(requests);
      const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
      const options = {
        url: this.endpoints.batchUrl,
        method: 'POST',
        headers,
        data: body,
        responseType: 'text',
        signal,
      } as const;
      const answer = await this.transport.request<string>(options);
      return readBatch(answer.headers.get('content-type') ?? '', answer.data);
    });
    const round = sortOut(ids, answers);
    if ([...round.failed.values()].some(({ code }) => code === 'gmail.access-token-refused'))
      await box.refused(used);
    return round;
  }

  /** For servers of the same API that have no batch endpoint. */
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

function factsTarget(id: string): string {
  const { metadataHeaders, ...single } = messageFacts;
  const query = new URLSearchParams(single);
  for (const header of metadataHeaders) query.append('metadataHeaders', header);
  return `/gmail/v1/users/me/messages/${encodeURIComponent(id)}?${query.toString()}`;
}

/** @throws DomainError of a part that will not work later either. */
function sortOut(ids: readonly string[], answers: ReadonlyMap<string, BatchAnswer>): Round {
  const round: Round = { facts: new Map(), failed: new Map() };
  for (const id of ids) {
    const answer = answers.get(`m-${id}`);
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
