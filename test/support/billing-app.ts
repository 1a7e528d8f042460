import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Type } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type RunningEmulator, startEmulator } from '../../sandbox/emulator/emulator';
import { stripeEmulator } from '../../sandbox/stripe/stripe-emulator';
import type { StripeOptions, StripeWorld } from '../../sandbox/stripe/world';
import { Inbrief } from '../../sdk/src';
import { BillingModule } from '../../src/billing/billing.module';
import { configureApp } from '../../src/kernel/http/app-factory';
import { createFastifyAdapter } from '../../src/kernel/http/fastify-adapter';
import type { AuthenticatedRequest } from '../../src/kernel/http/principal';
import { KernelModule } from '../../src/kernel/kernel.module';
import { WorkerModule } from '../../src/kernel/worker/worker.module';
import { WorkerRuntime } from '../../src/kernel/worker/worker-runtime';
import { createTestDatabase } from './database';
import { holdAgainstDocument } from './documented';
import { prismBefore } from './prism';
import { watchStripe } from './watch-stripe';
import { testEnv } from './env';
import { seedMailbox, type Violation, violationsOf } from './ledger-fixtures';

export const webhookSecret = 'whsec_billing_0123456789';

/** The billing module as API and worker run it, over a database of its own and an emulated Stripe. */
export interface BillingApp {
  url: string;
  http: Server;
  app: NestFastifyApplication;
  commands: CommandBus;
  queries: QueryBus;
  stripe: RunningEmulator;
  world: StripeWorld;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** A registered user with an open wallet and so many mails. */
  user(mails?: number): Promise<{ userId: string; emailIds: string[] }>;
  /** The API as this user calls it, each call once. */
  as(userId: string): Inbrief;
  /** One statement as superuser. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  balance(userId: string): Promise<{ posted: number; held: number; debt: number }>;
  violations(): Promise<Violation[]>;
  /** Tells the emulator's control endpoint something. */
  control(path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface BillingAppOptions {
  env?: Record<string, string>;
  stripe?: StripeOptions;
  /** Whether Stripe delivers its events here. Default true. */
  webhooks?: boolean;
  /** Whether the worker runs from the start. Default true. */
  worker?: boolean;
  modules?: Type[];
}

export async function startBillingApp(options: BillingAppOptions = {}): Promise<BillingApp> {
  const database = await createTestDatabase();
  const watched = watchStripe(stripeEmulator({ retryAfterMs: [50, 200], ...options.stripe }));
  const { definition } = watched;
  const stripe = await startEmulator(definition);
  const env = testEnv(database.appUrl, {
    STRIPE_API_BASE_URL: stripe.url,
    STRIPE_WEBHOOK_SECRETS: webhookSecret,
    ...options.env,
  });
  const module = await Test.createTestingModule({
    imports: [KernelModule.for(env), WorkerModule, BillingModule, ...(options.modules ?? [])],
  }).compile();
  const http = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: env.PUBLIC_URL };
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(http), {
    logger: false,
  });
  signInByHeader(app);
  const documented = holdAgainstDocument(app);
  await configureApp(app, http);
  await app.listen(0, '127.0.0.1');
  const own = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const prism = await prismBefore(own);
  const url = prism?.url ?? own;
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const control = async (path: string, body: object = {}): Promise<unknown> => {
    const answer = await stripe.app.inject({ method: 'POST', url: `/__control/${path}`, payload: body });
    if (answer.statusCode >= 400) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`);
    return answer.json();
  };
  if (options.webhooks ?? true)
    await control('webhook_endpoints', { url: `${own}/api/billing/webhook`, secrets: [webhookSecret] });
  const runtime = app.get(WorkerRuntime);
  const startWorker = () => runtime.start();
  const stopWorker = () => runtime.stop(10_000);
  if (options.worker ?? true) await startWorker();
  return {
    ...{ url, app, stripe, control, startWorker, stopWorker },
    world: definition.world,
    http: app.getHttpServer(),
    commands: app.get(CommandBus),
    queries: app.get(QueryBus),
    user: async (mails = 0) => {
      const mailbox = await seedMailbox(owner, mails);
      await owner.query('select ledger_open_wallet($1)', [mailbox.userId]);
      await owner.query('insert into billing_accounts (user_id) values ($1)', [mailbox.userId]);
      return mailbox;
    },
    as: (userId) =>
      new Inbrief({
        baseUrl: url,
        apiKey: 'stood-in-for',
        retry: { retries: 0 },
        fetch: (request) => {
          request.headers.set('x-test-user', userId);
          return fetch(request);
        },
      }),
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await owner.query<T>(text, values)).rows,
    balance: async (userId) => {
      const sql = 'select posted::int, held::int, debt::int from credit_wallets where user_id = $1';
      const { rows } = await owner.query<{ posted: number; held: number; debt: number }>(sql, [userId]);
      return rows[0] ?? { posted: 0, held: 0, debt: 0 };
    },
    violations: () => violationsOf(owner),
    close: async () => {
      await stopWorker();
      await app.close();
      await stripe.close();
      expect(watched.faults()).toEqual([]);
      await owner.end();
      await database.drop();
      await prism?.close();
      documented.assert();
    },
  };
}

/** Waits until something holds, ten seconds at most. */
export async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await sleep(25);
  }
}

/** Stands in for auth's guard, whose work is tested elsewhere: headers say who calls. */
function signInByHeader(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', (request, _reply, done) => {
      const userId = request.headers['x-test-user'];
      const role = request.headers['x-test-role'] === 'admin' ? 'admin' : 'user';
      if (typeof userId === 'string')
        (request as unknown as AuthenticatedRequest).user = { userId, sessionId: uuidv7(), role };
      done();
    });
}
