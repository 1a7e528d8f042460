import type { FastifyInstance } from 'fastify';
import { type ScriptedAnswer } from './answering/scripted-answers';
import { type BatchPlan } from './batches/batch-desk';
import { ApiError } from './errors';
import type { RateLimits } from './rate-limits';
import { type AnthropicSandbox } from './sandbox';

/**
 * What only this vendor's control endpoint knows, beside the common faults:
 * `POST|GET|DELETE /__control/answers` scripts what the model says, `POST /__control/latency` takes `{ms}` or
 * `{minMs, maxMs}`, `POST /__control/limits` rate limits, `POST /__control/batches` the plan of the batches to come,
 * `POST /__control/batches/:id/end` ends one now.
 */
export async function serveControl(app: FastifyInstance, sandbox: AnthropicSandbox): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.setErrorHandler((error, _request, reply) => {
      const status = error instanceof ApiError ? error.status : 500;
      return reply.code(status).send({ error: error instanceof Error ? error.message : 'failed' });
    });
    serveScripts(scope, sandbox);
    serveBatchPlans(scope, sandbox);
    done();
  });
}

function serveScripts(scope: FastifyInstance, sandbox: AnthropicSandbox): void {
  scope.post<{ Body: ScriptedAnswer | ScriptedAnswer[] }>('/__control/answers', (request, reply) => {
    for (const answer of [request.body].flat()) sandbox.script.add(answer);
    return reply.code(201).send({ active: sandbox.script.list().length });
  });
  scope.get('/__control/answers', () => sandbox.script.list());
  scope.delete('/__control/answers', () => {
    sandbox.script.clear();
    return { active: 0 };
  });
  scope.post<{ Body: { ms?: number; minMs?: number; maxMs?: number } }>('/__control/latency', (request) => {
    const { ms = 0, minMs = ms, maxMs = minMs } = request.body;
    sandbox.latency = { minMs, maxMs };
    return sandbox.latency;
  });
  scope.post<{ Body: RateLimits }>('/__control/limits', (request) => {
    sandbox.limiter.set(request.body);
    return request.body;
  });
}

function serveBatchPlans(scope: FastifyInstance, { batches }: AnthropicSandbox): void {
  scope.post<{ Body: Partial<BatchPlan> }>('/__control/batches', (request) => {
    batches.plan = { ...batches.plan, ...request.body };
    return batches.plan;
  });
  scope.post<{ Params: { id: string }; Body: Partial<BatchPlan> | undefined }>(
    '/__control/batches/:id/end',
    async (request) => {
      const batch = batches.get(request.params.id);
      await batches.finish(batch, { outcome: 'succeeded', share: 1, ...request.body });
      return { id: batch.id, ...batch.counts() };
    },
  );
}
