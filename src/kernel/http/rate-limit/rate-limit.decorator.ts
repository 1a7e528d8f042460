import { applyDecorators, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** Routes share one budget per class: `auth` guards credentials, `write` changes something, `read` does not. */
export type RateClass = 'auth' | 'write' | 'read';

const RATE_CLASS = 'inbrief:rate-class';

/** Puts a route, or a controller's routes, into a class other than the one its method implies. */
export const RateLimitAs = (rateClass: RateClass): ClassDecorator & MethodDecorator =>
  SetMetadata(RATE_CLASS, rateClass);

/** The class that was stated, else `read` for safe methods and `write` for the others. */
export function rateClassOf(context: ExecutionContext, reflector: Reflector): RateClass {
  const stated = reflector.getAllAndOverride<RateClass | undefined>(RATE_CLASS, [
    context.getHandler(),
    context.getClass(),
  ]);
  if (stated) return stated;
  const { method } = context.switchToHttp().getRequest<FastifyRequest>();
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'read' : 'write';
}

const UNCOUNTED = 'inbrief:uncounted';

/** Whether the route is left uncounted. */
export function isUncounted(context: ExecutionContext, reflector: Reflector): boolean {
  return (
    reflector.getAllAndOverride<true | undefined>(UNCOUNTED, [context.getHandler(), context.getClass()]) ===
    true
  );
}

/** Leaves a route uncounted: probes, and machines that prove themselves and come in bursts from one address. */
export const Uncounted = (): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(UNCOUNTED, true), ApiExtension('x-uncounted', true));
