import { RouteConfig } from '@nestjs/platform-fastify';

/** Route configuration that the body parser reads. */
export interface IgnoredBodyConfig {
  ignoresBody?: boolean;
}

/**
 * Lets a form be posted to a route that does not look at it: mail programs unsubscribe with one (RFC 8058). Every other route answers a
 * form with 415.
 */
export const IgnoresBody = (): MethodDecorator =>
  RouteConfig({ ignoresBody: true } satisfies IgnoredBodyConfig);
