import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Own files only, nothing inline: a text that a mail smuggled in finds no way to run. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const yearSeconds = 31_536_000;

/**
 * Serves the built console under /console/, or nothing where it was not built. Files under assets/ carry their content's hash in their
 * name and are kept for ever; all others are asked for anew each time.
 */
export async function serveConsole(app: NestFastifyApplication, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/console/',
    decorateReply: false,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    index: ['index.html'],
    setHeaders: (reply, path) => {
      const isHashed = path.includes(`${sep}assets${sep}`);
      void reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
      void reply.header('content-security-policy', contentSecurityPolicy);
    },
  });
  // Checkout comes back to /console?checkout=…: what stands behind the question mark must come along.
  app
    .getHttpAdapter()
    .getInstance()
    .get('/console', (request, reply) =>
      reply.redirect(`/console/${new URL(request.url, 'http://console').search}`, 302),
    );
}
