import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { DomainError } from '../../errors/domain-error';
import { type AuthenticatedRequest, principalOf } from '../principal';
import { AnswerVault } from './answer-vault';
import {
  hashOfCall,
  IDEMPOTENT,
  idempotencyKeyOf,
  type KeptBy,
  requiredIdempotencyKeyOf,
} from './idempotency-key';
import { IdempotencyRepository, type KeptAnswer, type KeyPlace } from './idempotency.repository';

/** Milliseconds an answer is kept. */
const keepMs = 24 * 3_600_000;
/** Milliseconds after which a call that never answered is taken for dead; above the longest deadline of any upstream. */
const lockMs = 120_000;

/** Stands around the routes marked `@Idempotent`, and no others. Only answers that succeeded are kept: a refusal has done nothing. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly log = new Logger('idempotency');

  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyRepository,
    private readonly vault: AnswerVault,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const by = this.reflector.get<KeptBy>(IDEMPOTENT, context.getHandler());
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const key = by === 'command' ? requiredIdempotencyKeyOf(request) : idempotencyKeyOf(request);
    if (key === undefined) return next.handle();
    const operation = `${request.method} ${request.routeOptions.url ?? request.url}`;
    const place = { userId: principalOf(context).userId, operation, key };
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(
      this.answer(by, place, hashOfCall(request), reply, () =>
        lastValueFrom(next.handle(), { defaultValue: undefined }),
      ),
    );
  }

  private async answer(
    by: KeptBy,
    place: KeyPlace,
    hash: string,
    reply: FastifyReply,
    call: () => Promise<unknown>,
  ) {
    const claim = await this.keys.claim(place, hash, lockMs, keepMs);
    if (claim === undefined) {
      const kept = await this.keys.find(place);
      if (kept?.requestHash === hash && kept.answer) return this.replay(place, kept, reply);
      // The command tells twins and strangers apart by its own rows.
      if (by === 'command') return call();
      throw refusal(kept, hash);
    }
    const body = await call().catch(async (error: unknown) => {
      await this.quietly(this.keys.release(place, claim));
      throw error;
    });
    await this.quietly(this.keys.finish(place, claim, reply.statusCode, this.vault.seal(place, body)));
    return body;
  }

  private replay(place: KeyPlace, { status, answer }: KeptAnswer, reply: FastifyReply): unknown {
    try {
      const body = this.vault.open(place, answer ?? new Uint8Array());
      void reply.status(status ?? 200).header('Idempotency-Replayed', 'true');
      return body;
    } catch (cause) {
      throw new DomainError(
        'gone',
        'request.idempotency-answer-gone',
        'The call was done; its answer cannot be given again.',
        { cause },
      );
    }
  }

  /** What was done is done, and what was refused is refused, whether or not it can be noted: the lock runs out by itself. */
  private async quietly(noting: Promise<void>): Promise<void> {
    try {
      await noting;
    } catch (error) {
      this.log.warn({ err: error }, 'The outcome of a keyed call could not be noted');
    }
  }
}

function refusal(kept: KeptAnswer | null, hash: string): DomainError {
  if (kept && kept.requestHash !== hash)
    return new DomainError(
      'unprocessable',
      'request.idempotency-key-reused',
      'This key came with another request before.',
    );
  return new DomainError(
    'conflict',
    'request.idempotency-in-progress',
    'A call with this key has not answered yet.',
    { retryAfterMs: 1_000 },
  );
}
