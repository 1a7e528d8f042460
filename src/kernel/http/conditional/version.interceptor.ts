import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { noteVersion } from './entity-tag';
import { EDITABLE, type EditableOf, versionOf } from './version';

/** Notes of an answer which version an edit would be made on. Stands before the routes that say `@AnswersVersion`, and no others. */
@Injectable()
export class VersionInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const editableOf = this.reflector.get<EditableOf<unknown>>(EDITABLE, context.getHandler());
    return next.handle().pipe(
      map((body) => {
        noteVersion(reply, versionOf(editableOf(body)));
        return body;
      }),
    );
  }
}
