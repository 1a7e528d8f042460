import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { assertEveryRouteStatesItsAccess } from './assert-access';
import type { HttpOptions } from './http-options';
import { createOpenApiDocument } from './openapi/openapi-document';
import { ProblemFilter } from './problem.filter';
import { serveConsole } from './serve-console';
import { securityHeaders } from './security-headers';
import { StrayBodyGuard } from './stray-body.guard';
import { RequestValidationPipe } from './validation.pipe';

/** Headers that a browser's script on an allowed origin may read. */
const exposedHeaders = [
  'ETag',
  'Link',
  'Location',
  'Idempotency-Replayed',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Traceparent',
  'X-Request-Id',
];

/**
 * Gives an application made with `createFastifyAdapter` its edge: headers, CORS, validation, problems, docs. @throws Error when a route states no access level.
 */
export async function configureApp(app: NestFastifyApplication, options: HttpOptions): Promise<void> {
  assertEveryRouteStatesItsAccess(app);
  app.getHttpAdapter().getInstance().addHook('onRequest', securityHeaders());
  app.enableCors({ origin: [...options.corsOrigins], exposedHeaders, credentials: false, maxAge: 600 });
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalGuards(new StrayBodyGuard());
  app.useGlobalFilters(new ProblemFilter());
  if (options.console !== undefined) await serveConsole(app, options.console);
  if (options.docs) serveDocs(app, options.publicUrl);
}

function serveDocs(app: NestFastifyApplication, publicUrl: string): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app, publicUrl), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Inbrief API',
  });
}
