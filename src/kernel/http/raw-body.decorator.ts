import { RouteConfig } from '@nestjs/platform-fastify';

/** Route configuration that the body parser reads. */
export interface RawBodyConfig {
  rawBody?: boolean;
}

/**
 * Keeps the bytes of the body as `request.rawBody`, for a webhook whose signature covers them, and allows it the larger
 * body limit. Every other route sees the parsed body only.
 */
export const RawBodyRoute = (): MethodDecorator => RouteConfig({ rawBody: true } satisfies RawBodyConfig);
