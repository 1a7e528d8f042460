import { createHash } from 'node:crypto';
import { WireError } from './errors';

/** An answer as it can be given again. */
export interface StoredAnswer {
  status: number;
  body: unknown;
  requestId: string;
}

interface Entry {
  fingerprint: string;
  answer?: StoredAnswer;
}

/** What one key has seen. Keys live as long as the emulator; the vendor keeps them for at least a day. */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>();

  clear(): void {
    this.entries.clear();
  }

  get size(): number {
    return this.entries.size;
  }

  /**
   * Takes a key for a call, or answers what the same call was answered before. Throws 400 when the parameters
   * differ and 409 while the first call still runs.
   */
  claim(key: string, call: string): StoredAnswer | undefined {
    if (key.length > 255) throw refusal(400, 'Idempotency keys are 255 characters at most.');
    const fingerprint = createHash('sha256').update(call).digest('hex');
    const entry = this.entries.get(key);
    if (!entry) {
      this.entries.set(key, { fingerprint });
      return undefined;
    }
    if (entry.fingerprint !== fingerprint) {
      throw refusal(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (!entry.answer) {
      throw refusal(
        409,
        `There is currently another in-progress request using this idempotency key: ${key}`,
        'idempotency_key_in_use',
      );
    }
    return entry.answer;
  }

  /** Keeps the answer of a call that began; one refused before it did anything gives its key back. */
  settle(key: string, answer: StoredAnswer): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    const began = answer.status < 400 || answer.status === 402 || answer.status >= 500;
    if (began) entry.answer = answer;
    else this.entries.delete(key);
  }
}

const refusal = (status: number, message: string, code?: string): WireError =>
  new WireError(status, { type: 'idempotency_error', message, code });
