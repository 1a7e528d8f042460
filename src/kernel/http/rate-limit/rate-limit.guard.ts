import { type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../errors/domain-error';
import type { AuthenticatedRequest } from '../principal';
import { rateClassOf } from './rate-limit.decorator';

/**
 * Counts each call against its class, per user or else per client address (an IPv6 network counts as one). Put it behind
 * the access guard, which knows the user. The answer tells what is left in `RateLimit` and `RateLimit-Policy`.
 * @throws DomainError `request.rate-limited`; `request.limiter-unavailable` when hits of class `auth` cannot be counted.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly log = new Logger('rate-limit');

  protected override async handleRequest(request: ThrottlerRequest): Promise<boolean> {
    const { context, limit, ttl, throttler, blockDuration } = request;
    const name = throttler.name ?? 'default';
    if (rateClassOf(context, this.reflector) !== name) return true;
    const { req, res } = this.getRequestResponse(context) as { req: AuthenticatedRequest; res: FastifyReply };
    const key = this.generateKey(context, await this.getTracker(req), name);
    const hit = await this.count(key, name, ttl, limit, blockDuration);
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

  protected override async getTracker(request: AuthenticatedRequest): Promise<string> {
    return request.user ? `user:${request.user.userId}` : `address:${await super.getTracker(request)}`;
  }

  /** One budget for all routes of a class, not one per route. */
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name}:${tracker}`;
  }

  /** Undefined when the shared store is out: guessing of credentials stops then, everything else goes on uncounted. */
  private async count(key: string, name: string, ttl: number, limit: number, blockDuration: number) {
    try {
      return await this.storageService.increment(key, ttl, limit, blockDuration, name);
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
