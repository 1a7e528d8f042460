import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';

const readsBody = [RouteParamtypes.BODY, RouteParamtypes.RAW_BODY, RouteParamtypes.REQUEST];

/**
 * Refuses a body where the route takes none: what would be ignored is told to who believed in it. An empty object counts as none.
 * @throws DomainError `request.unexpected-body`.
 */
@Injectable()
export class StrayBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isEmpty(body) && !takesBody(context))
      throw new DomainError('invalid', 'request.unexpected-body', 'This route takes no body.');
    return true;
  }
}

function takesBody(context: ExecutionContext): boolean {
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    Record<string, unknown> | undefined;
  return Object.keys(args ?? {}).some((arg) => readsBody.some((type) => arg.startsWith(`${type}:`)));
}

function isEmpty(body: unknown): boolean {
  if (body === undefined || body === null) return true;
  return typeof body === 'object' && Object.keys(body).length === 0;
}
