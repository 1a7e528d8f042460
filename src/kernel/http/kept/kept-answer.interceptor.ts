import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable, of } from 'rxjs';
import { asTaggedBytes } from '../conditional/entity-tag';
import { nextPageOf } from '../page-link';
import type { AuthenticatedRequest } from '../principal';
import { endOf } from './good-until';
import { type KeptAnswer, KeptAnswers } from './kept-answers';

const mediaType = 'application/json; charset=utf-8';

/** Answers a reader from memory while their version stands. Stands before the routes that say `@KeptPerReader`, and no others. */
@Injectable()
export class KeptAnswerInterceptor implements NestInterceptor {
  constructor(private readonly answers: KeptAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const { user, url } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (user?.version === undefined) return next.handle();
    const { userId, version } = user;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const known = this.answers.find(userId, url, version);
    if (known) return of(send(reply, known));
    return next.handle().pipe(
      map((answer) => {
        const body = asTaggedBytes(JSON.stringify(answer));
        const kept = { version, until: endOf(answer), body, link: nextPageOf(url, answer) };
        this.answers.keep(userId, url, kept);
        return send(reply, kept);
      }),
    );
  }
}

function send(reply: FastifyReply, { body, link }: KeptAnswer): Buffer {
  void reply.header('content-type', mediaType);
  if (link !== undefined) void reply.header('link', link);
  return body;
}
