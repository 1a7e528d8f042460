import type { FastifyInstance } from 'fastify';
import { type Behaviour } from './objects/payment-method';
import { type Outcome, outcomes, paySession, settleSession } from './payments/checkout';
import { closeDispute, type Complaint, openDispute } from './payments/disputes';
import { settleRefund } from './payments/refunds';
import { type DeliveryPolicy } from './webhooks/deliveries';
import { type EndpointSeed, listensTo, newSecret } from './webhooks/endpoint';
import { invalid, WireError } from './wire/errors';
import { type Disguise, type StripeWorld } from './world';

interface ById<Body> {
  Params: { id: string };
  Body: Body | undefined;
}

/**
 * What only this vendor's control endpoint knows, beside the common faults: payers, banks, cardholders and the
 * network between the vendor and its webhooks. Bodies are JSON; a refused one is answered with a 4xx and a reason.
 */
export async function serveControl(app: FastifyInstance, world: StripeWorld): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.setErrorHandler((error, _request, reply) => {
      const status = error instanceof WireError ? error.status : 500;
      return reply.code(status).send({ error: error instanceof Error ? error.message : 'failed' });
    });
    servePeople(scope, world);
    serveNetwork(scope, world);
    done();
  });
}

/** What people and banks do. */
function servePeople(scope: FastifyInstance, world: StripeWorld): void {
  scope.post<ById<{ outcome?: Outcome; email?: string }>>(
    '/__control/sessions/:id/pay',
    ({ params, body }) => {
      const outcome = body?.outcome ?? 'card';
      if (!(outcome in outcomes)) throw invalid(`outcome: one of ${Object.keys(outcomes).join(', ')}`);
      const session = world.sessions.get(params.id);
      paySession(world, session, outcome, body?.email);
      return session;
    },
  );
  scope.post<ById<{ succeeded?: boolean }>>('/__control/sessions/:id/settle', ({ params, body }) => {
    const session = world.sessions.get(params.id);
    settleSession(world, session, body?.succeeded ?? true);
    return session;
  });
  scope.post<ById<Complaint>>('/__control/charges/:id/dispute', ({ params, body }) =>
    openDispute(world, world.charges.get(params.id), body ?? {}),
  );
  scope.post<ById<{ won?: boolean }>>('/__control/disputes/:id/close', ({ params, body }) => {
    const dispute = world.disputes.get(params.id);
    closeDispute(world, dispute, body?.won ?? false);
    return dispute;
  });
  for (const [verb, succeeded] of [
    ['fail', false],
    ['succeed', true],
  ] as const) {
    scope.post<ById<unknown>>(`/__control/refunds/:id/${verb}`, ({ params }) => {
      const refund = world.refunds.get(params.id);
      settleRefund(world, refund, succeeded);
      return refund;
    });
  }
  scope.post<{ Body: { begin?: 'succeeded' | 'pending' } }>('/__control/refunds', ({ body }) => {
    world.refundsBegin = body.begin ?? 'succeeded';
    return { begin: world.refundsBegin };
  });
  scope.post<ById<{ behaviour?: Behaviour }>>('/__control/payment_methods/:id', ({ params, body }) => {
    const behaviour = body?.behaviour ?? 'succeeds';
    world.behaviours.set(world.paymentMethods.get(params.id).id, behaviour);
    return { id: params.id, behaviour };
  });
}

/** What happens between the vendor and the application. */
function serveNetwork(scope: FastifyInstance, world: StripeWorld): void {
  scope.post<{ Body: EndpointSeed }>('/__control/webhook_endpoints', ({ body }, reply) => {
    const { id, secrets } = world.addEndpoint(body);
    return reply.code(201).send({ id, secrets });
  });
  scope.post<ById<{ secret?: string }>>('/__control/webhook_endpoints/:id/rotate', ({ params, body }) => {
    const endpoint = world.endpoints.get(params.id);
    // The newest two sign: the application may hold either while it rotates.
    endpoint.secrets = [body?.secret ?? newSecret(), ...endpoint.secrets].slice(0, 2);
    return { id: endpoint.id, secrets: endpoint.secrets };
  });
  scope.get('/__control/deliveries', () => world.deliveries.snapshot());
  scope.post<{ Body: Partial<DeliveryPolicy> }>('/__control/deliveries', ({ body }) => {
    world.deliveries.policy = { ...world.deliveries.policy, ...body };
    return world.deliveries.policy;
  });
  scope.post<{ Body: { order?: 'fifo' | 'lifo' | 'shuffle' } | undefined }>(
    '/__control/deliveries/release',
    ({ body }) => ({ released: world.deliveries.release(body?.order) }),
  );
  scope.post<{ Body: { type: string; object?: object } & Disguise }>(
    '/__control/events',
    ({ body }, reply) => {
      const { type, object = {}, ...disguise } = body;
      return reply.code(201).send(world.emit(type, object, undefined, disguise));
    },
  );
  scope.post<ById<{ times?: number }>>('/__control/events/:id/redeliver', ({ params, body }) => {
    const event = world.events.get(params.id);
    const endpoints = world.endpoints.all().filter((endpoint) => listensTo(endpoint, event.type));
    for (let time = 0; time < (body?.times ?? 1); time += 1) {
      for (const endpoint of endpoints) world.deliveries.send({ event, endpoint });
    }
    return { event: event.id, endpoints: endpoints.length };
  });
  scope.post<{ Body: { ms?: number } }>('/__control/latency', ({ body }) => {
    world.latencyMs = body.ms ?? 0;
    return { ms: world.latencyMs };
  });
}
