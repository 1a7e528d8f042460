import { rateLimited } from './errors';

/** Calls and tokens that one minute allows; absent means no limit is enforced. */
export interface RateLimits {
  requestsPerMinute?: number;
  inputTokensPerMinute?: number;
}

const windowMs = 60_000;
const unlimited = 1_000_000_000;

/** Counts in windows of a minute and tells its state in the vendor's headers. */
export class RateLimiter {
  private limits: RateLimits = {};
  private opened = 0;
  private requests = 0;
  private inputTokens = 0;

  constructor(private readonly now: () => number) {}

  set(limits: RateLimits): void {
    this.limits = limits;
    this.opened = 0;
  }

  /** Takes one call of that many tokens. Throws the vendor's 429, with `retry-after`, when the minute is used up. */
  take(tokens: number): void {
    if (this.now() - this.opened >= windowMs) {
      this.opened = this.now();
      this.requests = 0;
      this.inputTokens = 0;
    }
    const { requestsPerMinute = unlimited, inputTokensPerMinute = unlimited } = this.limits;
    if (this.requests + 1 > requestsPerMinute || this.inputTokens + tokens > inputTokensPerMinute) {
      throw rateLimited(Math.max(1, Math.ceil((this.opened + windowMs - this.now()) / 1_000)));
    }
    this.requests += 1;
    this.inputTokens += tokens;
  }

  headers(): Record<string, string> {
    const reset = new Date(this.opened + windowMs).toISOString();
    const { requestsPerMinute = unlimited, inputTokensPerMinute = unlimited } = this.limits;
    return {
      'anthropic-ratelimit-requests-limit': String(requestsPerMinute),
      'anthropic-ratelimit-requests-remaining': String(Math.max(0, requestsPerMinute - this.requests)),
      'anthropic-ratelimit-requests-reset': reset,
      'anthropic-ratelimit-input-tokens-limit': String(inputTokensPerMinute),
      'anthropic-ratelimit-input-tokens-remaining': String(
        Math.max(0, inputTokensPerMinute - this.inputTokens),
      ),
      'anthropic-ratelimit-input-tokens-reset': reset,
    };
  }
}
