import type { INestApplicationContext } from '@nestjs/common';
import fastify, { type FastifyInstance } from 'fastify';
import { problemOf } from '../kernel/http/problem';
import { sendProblem } from '../kernel/http/send-problem';
import { ServiceKeys } from '../kernel/http/service-keys';
import { Exposition } from '../kernel/observability/exposition';
import { HealthService } from './health.service';

/**
 * The probes and the metrics of a process that serves no other HTTP: the same paths and answers as the API's, and the same
 * service key for `/metrics`.
 */
export async function serveProbes(
  app: INestApplicationContext,
  host: string,
  port: number,
): Promise<FastifyInstance> {
  const health = app.get(HealthService);
  const [keys, exposition] = [app.get(ServiceKeys), app.get(Exposition)];
  const server = fastify();
  server.setErrorHandler((error, request, reply) => sendProblem(reply, problemOf(error, request.id), error));
  server.get('/health/live', () => health.live());
  server.get('/health/ready', () => health.ready());
  server.get('/health/startup', () => health.startup());
  server.get('/metrics', async ({ headers }, reply) => {
    keys.admit(headers.authorization, 'metrics');
    const { contentType, text } = await exposition.scrape();
    return reply.header('content-type', contentType).send(text);
  });
  await server.listen({ host, port });
  return server;
}
