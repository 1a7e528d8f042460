import { type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../errors/domain-error';
import type { AuthenticatedRequest } from '../principal';
import { isUncounted, type RateClass, rateClassOf } from './rate-limit.decorator';

interface Rule {
  readonly name: RateClass;
  /** Milliseconds of a window, and hits that it has room for. */
  readonly ttl: number;
  readonly limit: number;
}

/**
 * Counts each call against its class, per user or else per client address (an IPv6 network counts as one). Put it behind
 * the access guard, which knows the user. The answer tells what is left in `RateLimit` and `RateLimit-Policy`.
 * @throws DomainError `request.rate-limited`; `request.limiter-unavailable` when hits of class `auth` cannot be counted.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly log = new Logger('rate-limit');

  private readonly rules = new WeakMap<object, Rule | 'uncounted'>();

  /** In place of the throttler's own walk through all classes: a route has one, which no call changes. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule === 'uncounted') return true;
    const { name, ttl, limit } = rule;
    const { req, res } = this.getRequestResponse(context) as { req: AuthenticatedRequest; res: FastifyReply };
    const key = this.generateKey(context, await this.getTracker(req), name);
    const hit = await this.count(key, name, ttl, limit);
    if (!hit) return true;
    void res.header('RateLimit-Policy', `"${name}";q=${limit};w=${Math.ceil(ttl / 1_000)}`);
    const resetSeconds = hit.isBlocked ? hit.timeToBlockExpire : hit.timeToExpire;
    void res.header(
      'RateLimit',
      `"${name}";r=${hit.isBlocked ? 0 : Math.max(0, limit - hit.totalHits)};t=${resetSeconds}`,
    );
    if (hit.isBlocked)
      throw new DomainError('rate-limited', 'request.rate-limited', 'Too many calls.', {
        retryAfterMs: resetSeconds * 1_000,
      });
    return true;
  }

  private ruleOf(context: ExecutionContext): Rule | 'uncounted' {
    const handler = context.getHandler();
    const known = this.rules.get(handler);
    if (known) return known;
    const rateClass = rateClassOf(context, this.reflector);
    const throttler = this.throttlers.find(({ name }) => name === rateClass);
    const rule =
      isUncounted(context, this.reflector) || !throttler
        ? 'uncounted'
        : { name: rateClass, ttl: Number(throttler.ttl), limit: Number(throttler.limit) };
    this.rules.set(handler, rule);
    return rule;
  }

  protected override async getTracker(request: AuthenticatedRequest): Promise<string> {
    return request.user ? `user:${request.user.userId}` : `address:${await super.getTracker(request)}`;
  }

  /** One budget for all routes of a class, not one per route. */
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name}:${tracker}`;
  }

  /** Undefined when the shared store is out: guessing of credentials stops then, everything else goes on uncounted. */
  private async count(key: string, name: RateClass, ttl: number, limit: number) {
    try {
      // Without a block of its own, a caller is let in again as soon as its window has room.
      return await this.storageService.increment(key, ttl, limit, 0, name);
    } catch (cause) {
      this.log.debug({ err: cause }, 'Hits cannot be counted');
      if (name !== 'auth') return undefined;
      throw new DomainError('unavailable', 'request.limiter-unavailable', 'Try again in a moment.', {
        cause,
        retryAfterMs: 5_000,
      });
    }
  }
}
