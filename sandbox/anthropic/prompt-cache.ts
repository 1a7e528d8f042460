import { createHash } from 'node:crypto';
import type { SandboxModel } from './models';
import { type PromptBlock } from './request';
import { blockTokens } from './tokens';

/** How the prompt of one call is billed; the three parts add up to the whole prompt. */
export interface PromptUsage {
  /** Tokens after the last cache breakpoint, or all of them without one. */
  input: number;
  read: number;
  written: { fiveMinutes: number; oneHour: number };
}

interface Prefix {
  hash: string;
  tokens: number;
  ttlMs: number | undefined;
}

const fiveMinutesMs = 5 * 60_000;
const hourMs = 60 * 60_000;
const lookbackBlocks = 20;

/** Keeps the prefixes that `cache_control` marks, by content hash and model, until their time runs out. */
export class PromptCache {
  private readonly expiry = new Map<string, { at: number; ttlMs: number }>();

  constructor(private readonly now: () => number) {}

  clear(): void {
    this.expiry.clear();
  }

  get size(): number {
    return this.expiry.size;
  }

  /**
   * Reads the longest live prefix and writes the marked ones beyond it. A prefix below the model's minimum is not
   * kept and nothing says so, as with the vendor.
   */
  use(blocks: PromptBlock[], model: SandboxModel): PromptUsage {
    const prefixes = this.prefixes(blocks, model);
    const total = prefixes.at(-1)?.tokens ?? 0;
    const kept = prefixes.flatMap((prefix, index) =>
      prefix.ttlMs && prefix.tokens >= model.minCacheableTokens ? [{ ...prefix, index }] : [],
    );
    const hit = prefixes.findLast(
      (prefix, index) =>
        kept.some((mark) => mark.index >= index && mark.index - index < lookbackBlocks) &&
        this.isLive(prefix),
    );
    if (hit) this.refresh(hit.hash);
    const written = { fiveMinutes: 0, oneHour: 0 };
    let cached = hit?.tokens ?? 0;
    for (const prefix of kept) {
      if (prefix.tokens <= cached) continue;
      written[prefix.ttlMs === hourMs ? 'oneHour' : 'fiveMinutes'] += prefix.tokens - cached;
      cached = prefix.tokens;
      const ttlMs = prefix.ttlMs ?? fiveMinutesMs;
      this.expiry.set(prefix.hash, { at: this.now() + ttlMs, ttlMs });
    }
    return { input: total - cached, read: hit?.tokens ?? 0, written };
  }

  private prefixes(blocks: PromptBlock[], model: SandboxModel): Prefix[] {
    const sizes = blockTokens(blocks, model);
    const running = createHash('sha256').update(model.info.id);
    let tokens = 0;
    return blocks.map((block, index) => {
      running.update('\0').update(block.text);
      tokens += sizes[index] ?? 0;
      const mark = block.cacheControl;
      const ttlMs = mark ? (mark.ttl === '1h' ? hourMs : fiveMinutesMs) : undefined;
      return { hash: running.copy().digest('hex'), tokens, ttlMs };
    });
  }

  private isLive(prefix: Prefix): boolean {
    return (this.expiry.get(prefix.hash)?.at ?? 0) > this.now();
  }

  private refresh(hash: string): void {
    const entry = this.expiry.get(hash);
    if (entry) entry.at = this.now() + entry.ttlMs;
  }
}
