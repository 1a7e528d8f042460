import fastify, { type FastifyInstance } from 'fastify';
import { problemOf } from '../kernel/http/problem';
import { sendProblem } from '../kernel/http/send-problem';
import type { HealthService } from './health.service';

/** The probes of a process that serves no other HTTP: the same paths and answers as the API's. */
export async function serveProbes(
  health: HealthService,
  host: string,
  port: number,
): Promise<FastifyInstance> {
  const server = fastify();
  server.setErrorHandler((error, request, reply) => sendProblem(reply, problemOf(error, request.id), error));
  server.get('/health/live', () => health.live());
  server.get('/health/ready', () => health.ready());
  server.get('/health/startup', () => health.startup());
  await server.listen({ host, port });
  return server;
}
