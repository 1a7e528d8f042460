import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable, of } from 'rxjs';
import { endOf } from './good-until';
import type { AuthenticatedRequest } from '../principal';
import { KeptAnswers } from './kept-answers';

const mediaType = 'application/json; charset=utf-8';

/** Answers a reader from memory while their version stands. Stands before the routes that say `@KeptPerReader`, and no others. */
@Injectable()
export class KeptAnswerInterceptor implements NestInterceptor {
  constructor(private readonly answers: KeptAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<unknown> {
    const { user, url } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (user?.version === undefined) return next.handle();
    const { userId, version } = user;
    void context.switchToHttp().getResponse<FastifyReply>().header('content-type', mediaType);
    const known = this.answers.find(userId, url, version);
    if (known !== undefined) return of(known);
    return next.handle().pipe(
      map((body) => {
        const text = JSON.stringify(body);
        this.answers.keep(userId, url, { version, until: endOf(body), text });
        return text;
      }),
    );
  }
}
