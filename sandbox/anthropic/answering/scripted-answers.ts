import { ApiError, invalidRequest, overloaded, rateLimited, spendLimitReached } from '../errors';

const kinds = [
  ...(['refusal', 'max_tokens', 'malformed', 'empty', 'wrong-schema', 'text', 'obey'] as const),
  ...(['spend_limit', 'overloaded', 'rate_limit', 'server_error', 'invalid', 'timeout', 'cut'] as const),
];

/**
 * One scripted answer. `refusal` and `max_tokens` stop early, `malformed` is broken JSON, `empty` has no content,
 * `wrong-schema` is JSON of another shape, `text` answers `text` as it stands, `obey` follows every instruction that
 * the prompt holds. `spend_limit`, `rate_limit`, `overloaded`, `server_error` and `invalid` are the vendor's errors.
 * `timeout` says nothing for `delayMs` and closes; `cut` breaks the connection in the middle of the answer.
 */
export interface ScriptedAnswer {
  kind: (typeof kinds)[number];
  /** Source of a regular expression over the whole prompt; every request when absent. */
  match?: string;
  /** How many matching requests pass first. */
  skip?: number;
  /** How many requests are hit; 0 means until cleared. Default 1. */
  times?: number;
  text?: string;
  retryAfterSeconds?: number;
  delayMs?: number;
}

interface Armed {
  answer: ScriptedAnswer;
  pattern: RegExp;
  skip: number;
  left: number;
}

/** The answers that tests and chaos runs have put in the model's mouth, in the order they were added. */
export class ScriptedAnswers {
  private armed: Armed[] = [];

  /** Arms one answer. Throws a 400 `ApiError` for an unknown kind or an unreadable pattern. */
  add(answer: ScriptedAnswer): void {
    if (!kinds.includes(answer.kind)) throw invalidRequest(`unknown kind: ${answer.kind}`);
    const left = answer.times === 0 ? Number.POSITIVE_INFINITY : (answer.times ?? 1);
    this.armed.push({ answer, pattern: compile(answer.match ?? ''), skip: answer.skip ?? 0, left });
  }

  list(): ScriptedAnswer[] {
    return this.armed.map((entry) => entry.answer);
  }

  clear(): void {
    this.armed = [];
  }

  /** The answer that this prompt is to get, if any; counts it as given. */
  take(prompt: string): ScriptedAnswer | undefined {
    for (const entry of this.armed) {
      if (!entry.pattern.test(prompt)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left <= 0) this.armed = this.armed.filter((other) => other !== entry);
      return entry.answer;
    }
    return undefined;
  }
}

/** The vendor's error for the kinds that are one. */
export function scriptedError(answer: ScriptedAnswer): ApiError | undefined {
  switch (answer.kind) {
    case 'spend_limit':
      return spendLimitReached();
    case 'overloaded':
      return overloaded();
    case 'rate_limit':
      return rateLimited(answer.retryAfterSeconds ?? 1);
    case 'server_error':
      return new ApiError(500, 'api_error', 'Internal server error');
    case 'invalid':
      return invalidRequest(answer.text ?? 'messages: scripted refusal of the request');
    default:
      return undefined;
  }
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'i');
  } catch {
    throw invalidRequest(`match is no regular expression: ${source}`);
  }
}
