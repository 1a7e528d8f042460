import { ApiError } from '../api-error';
import type { QuotaSettings } from './quota-settings';
import { SpendingWindow } from './spending-window';

/** Counts quota units per user and project, and refuses what goes over a budget. */
export class QuotaMeter {
  private users = new Map<string, SpendingWindow>();
  private project = new SpendingWindow();
  private calls: Record<string, number> = {};
  private rejections: { user: string; method: string; at: number }[] = [];

  constructor(public settings: QuotaSettings) {}

  /** Charges one call. Throws the vendor's rate limit error, charging nothing, when a budget is spent. */
  charge(user: string, method: string, now: number): void {
    const units = this.settings.units[method] ?? 1;
    const mine = this.users.get(user) ?? new SpendingWindow();
    this.users.set(user, mine);
    const overUser = !mine.fits(units, this.settings.perUserPerMinute, now);
    const overProject = !this.project.fits(units, this.settings.perProjectPerMinute, now);
    if (overUser || overProject) {
      this.rejections.push({ user, method, at: now });
      throw rateLimited(this.settings, overUser ? 'userRateLimitExceeded' : 'rateLimitExceeded');
    }
    mine.spend(units, now);
    this.project.spend(units, now);
    this.calls[method] = (this.calls[method] ?? 0) + 1;
  }

  reset(): void {
    this.users = new Map();
    this.project = new SpendingWindow();
    this.calls = {};
    this.rejections = [];
  }

  /** Units and rejections so far; `peakUnitsPerMinute` is the most that any 60 seconds saw. */
  snapshot(): {
    totalUnits: number;
    peakUnitsPerMinute: number;
    users: Record<string, { totalUnits: number; peakUnitsPerMinute: number }>;
    calls: Record<string, number>;
    rejections: { user: string; method: string; at: number }[];
  } {
    const users = [...this.users].map(
      ([user, { total, peak }]) => [user, { totalUnits: total, peakUnitsPerMinute: peak }] as const,
    );
    return {
      totalUnits: this.project.total,
      peakUnitsPerMinute: this.project.peak,
      users: Object.fromEntries(users),
      calls: { ...this.calls },
      rejections: [...this.rejections],
    };
  }
}

function rateLimited(settings: QuotaSettings, reason: string): ApiError {
  const retryAfter = settings.retryAfterSeconds;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const userWide = reason === 'userRateLimitExceeded';
  const message = userWide ? 'User-rate limit exceeded.' : 'Rate Limit Exceeded';
  const status = settings.rejectWith === 429 ? 'RESOURCE_EXHAUSTED' : 'PERMISSION_DENIED';
  return new ApiError(settings.rejectWith, status, reason, message, { domain: 'usageLimits', headers });
}
