import type { Server } from 'node:http';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { anthropicEmulator } from '../../sandbox/anthropic/anthropic-emulator';
import { type RunningEmulator, startEmulator } from '../../sandbox/emulator/emulator';
import { googleEmulator, type GoogleEmulator } from '../../sandbox/google/google-emulator';
import type { GoogleEmulatorOptions } from '../../sandbox/google/settings';
import { stripeEmulator, type StripeEmulator } from '../../sandbox/stripe/stripe-emulator';
import { freePort } from '../../sandbox/stack/ports';
import { AppModule } from '../../src/app.module';
import { configureApp } from '../../src/kernel/http/app-factory';
import { createFastifyAdapter } from '../../src/kernel/http/fastify-adapter';
import { WorkerModule } from '../../src/kernel/worker/worker.module';
import { WorkerRuntime } from '../../src/kernel/worker/worker-runtime';
import { createTestDatabase } from './database';
import { type Documented, holdAgainstDocument } from './documented';
import { testEnv } from './env';
import { isBehindPrism, prismBefore } from './prism';
import { logStatements } from './statement-log';

/** The whole product in one process: API on a real port, worker, emulated vendors, a real Postgres of its own. */
export interface TestApp {
  url: string;
  http: Server;
  app: NestFastifyApplication;
  google: RunningEmulator & Pick<GoogleEmulator, 'google'>;
  stripe: RunningEmulator & Pick<StripeEmulator, 'world'>;
  anthropic: RunningEmulator;
  ownerUrl: string;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** What the API answered, held against openapi.json; `close` fails on anything undescribed. */
  documented: Documented;
  /** One statement as superuser. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

const webhookSecret = 'whsec_test_0123456789abcdef';
const client = { clientId: 'inbrief-sandbox.apps.example.com', clientSecret: 'sandbox-secret' };

export interface TestAppOptions {
  env?: Record<string, string>;
  google?: GoogleEmulatorOptions;
  /** Puts something between the application and Stripe. */
  wrapStripe?: (definition: StripeEmulator) => StripeEmulator;
  /** Whether the worker runs from the start. Default true. */
  worker?: boolean;
  /** Serves the built console, at an address that is also PUBLIC_URL: pages are sent back to it. */
  console?: boolean;
  /** Settings of `system_config` that differ from their defaults from the start. */
  settings?: Record<string, unknown>;
}

/** Starts everything; `close` in `afterAll`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const stopLog = logStatements();
  const database = await createTestDatabase();
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (const [key, value] of Object.entries(options.settings ?? {}))
    await owner.query('insert into system_config (key, value) values ($1, $2)', [key, JSON.stringify(value)]);
  const googleDefinition = googleEmulator(options.google);
  const bareStripe = stripeEmulator({ retryAfterMs: [50, 200, 1_000] });
  const stripeDefinition = options.wrapStripe?.(bareStripe) ?? bareStripe;
  const [google, stripe, anthropic] = await Promise.all([
    startEmulator(googleDefinition),
    startEmulator(stripeDefinition),
    startEmulator(anthropicEmulator()),
  ]);
  const port = options.console ? await freePort() : 0;
  const env = testEnv(database.appUrl, {
    ...(options.console && { PUBLIC_URL: `http://localhost:${port}` }),
    GOOGLE_OAUTH_BASE_URL: google.url,
    GOOGLE_API_BASE_URL: google.url,
    STRIPE_API_BASE_URL: stripe.url,
    ANTHROPIC_BASE_URL: anthropic.url,
    STRIPE_WEBHOOK_SECRETS: webhookSecret,
    ...options.env,
  });
  const http = {
    trustProxyHops: env.TRUST_PROXY_HOPS,
    corsOrigins: env.CORS_ORIGINS,
    docs: false,
    publicUrl: env.PUBLIC_URL,
    ...(options.console && { console: join(__dirname, '..', '..', 'console', 'dist') }),
  };
  const module = await Test.createTestingModule({ imports: [AppModule.for(env, 'api', [WorkerModule])] })
    .setLogger(false as never)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(http), {
    logger: false,
  });
  const documented = holdAgainstDocument(app);
  await configureApp(app, http);
  // Whoever stands before the application has the public port.
  await app.listen(isBehindPrism ? 0 : port, '127.0.0.1');
  const own = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const prism = await prismBefore(own, port);
  const url = prism?.url ?? own;
  await post(`${google.url}/__control/clients`, {
    ...client,
    redirectUris: [`${env.PUBLIC_URL}/api/gmail/callback`],
  });
  await stripeEndpoint(stripe.url, `${own}/api/billing/webhook`);
  const runtime = app.get(WorkerRuntime);
  const startWorker = () => runtime.start();
  const stopWorker = () => runtime.stop(10_000);
  if (options.worker ?? true) await startWorker();
  return {
    url,
    http: app.getHttpServer(),
    app,
    google: Object.assign(google, { google: googleDefinition.google }),
    stripe: Object.assign(stripe, { world: stripeDefinition.world }),
    anthropic,
    ownerUrl: database.ownerUrl,
    documented,
    startWorker,
    stopWorker,
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await owner.query<T>(text, values)).rows,
    close: async () => {
      await stopWorker();
      await app.close();
      await Promise.all([google.close(), stripe.close(), anthropic.close()]);
      await owner.end();
      await database.drop();
      stopLog();
      await prism?.close();
      documented.assert();
    },
  };
}

/** Tells the emulator where to deliver its events, signed with the secret the application knows. */
async function stripeEndpoint(stripe: string, url: string): Promise<void> {
  await post(`${stripe}/__control/webhook_endpoints`, { url, secrets: [webhookSecret] });
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
