import * as http from 'node:http';
import * as https from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { retryAfterSeconds } from '../domain/retry-schedule';
import { isTrusted, targetFault } from '../domain/target-url';
import { guardedLookup, type Resolve } from './guarded-lookup';
import { readBytes, responseHead } from './response-head';
import { codeOf, codeOfStatus, type SendErrorCode, SendFailure } from './send-failure';

/** What came of one attempt. */
export interface SendOutcome {
  startedAt: Date;
  latencyMs: number;
  /** Null where there was no answer. */
  status: number | null;
  /** Null when the receiver has taken the message. */
  errorCode: SendErrorCode | null;
  responseHead: string | null;
  /** Seconds that the receiver asked us to wait. */
  retryAfter: number | undefined;
}

/** Injection token of the way names are looked up. */
export const RESOLVE = Symbol('webhooks.resolve');

/**
 * Posts one message to one receiver, once: only to what `targetFault` and the guarded lookup let through, on a connection of its
 * own, following no redirect, reading no more of the answer than its head, and within `WEBHOOK_TIMEOUT_MS` in all.
 */
@Injectable()
export class WebhookSender {
  private readonly lookup;

  constructor(
    private readonly env: EnvDto,
    @Inject(RESOLVE) resolve: Resolve,
  ) {
    this.lookup = guardedLookup(resolve);
  }

  /** Never throws: every way in which it can fail is an outcome. */
  async send(url: string, headers: Record<string, string>, payload: string): Promise<SendOutcome> {
    const startedAt = new Date();
    const began = performance.now();
    const answer = await this.post(url, headers, payload).catch((error: unknown) => ({
      ...{ status: null, errorCode: codeOf(error), responseHead: null, retryAfter: undefined },
    }));
    return { startedAt, latencyMs: Math.round(performance.now() - began), ...answer };
  }

  private async post(url: string, headers: Record<string, string>, payload: string) {
    const trusted = this.env.WEBHOOK_TRUSTED_ORIGINS;
    const fault = targetFault(url, trusted);
    if (fault) throw new SendFailure(fault);
    const target = new URL(url);
    const { response, body } = await exchange(target, payload, {
      method: 'POST',
      agent: false,
      ...(!isTrusted(target, trusted) && { lookup: this.lookup }),
      signal: AbortSignal.timeout(this.env.WEBHOOK_TIMEOUT_MS),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        'user-agent': 'Inbrief-Webhooks/1',
      },
    });
    const status = response.statusCode ?? 0;
    return {
      status,
      errorCode: codeOfStatus(status),
      responseHead: responseHead(body),
      retryAfter: retryAfterSeconds(response.headers['retry-after'], new Date()),
    };
  }
}

/** One request and the head of its answer. Once there is a status it is the answer, also when the rest of it never comes. */
function exchange(target: URL, payload: string, options: https.RequestOptions) {
  const { request } = target.protocol === 'https:' ? https : http;
  return new Promise<{ response: http.IncomingMessage; body: Buffer }>((resolve, reject) => {
    let end: (() => void) | undefined;
    const sent = request(target, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      end = () => {
        sent.destroy();
        resolve({ response, body: Buffer.concat(chunks).subarray(0, readBytes) });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= readBytes) end?.();
      });
      response.on('end', end).on('error', end);
    });
    sent.on('error', (error) => {
      if (end) end();
      else reject(error);
    });
    sent.end(payload);
  });
}
