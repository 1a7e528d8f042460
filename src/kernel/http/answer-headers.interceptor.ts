import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { EDITABLE, type EditableOf, versionOf } from './conditional/edit-version';
import { noteVersion } from './conditional/entity-tag';

/** Says in headers what an answer's body implies: where the next page is, and which version an edit would be made on. */
@Injectable()
export class AnswerHeadersInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const editableOf = this.reflector.get<EditableOf<unknown> | undefined>(EDITABLE, context.getHandler());
    return next.handle().pipe(
      map((body) => {
        const cursor = typeof body === 'object' && body && 'nextCursor' in body ? body.nextCursor : null;
        if (typeof cursor === 'string') void reply.header('link', linkToNext(request.url, cursor));
        if (editableOf) noteVersion(reply, versionOf(editableOf(body)));
        return body;
      }),
    );
  }
}

/** The same address with another cursor (RFC 8288). Relative, so that it is right behind any proxy. */
function linkToNext(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('cursor', cursor);
  return `<${pathname}?${searchParams.toString()}>; rel="next"`;
}
