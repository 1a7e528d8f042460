import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocket } from 'node:net';
import { once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { anthropicEmulator } from '../../../sandbox/anthropic/anthropic-emulator';
import { type RunningEmulator, startEmulator } from '../../../sandbox/emulator/emulator';
import { googleEmulator } from '../../../sandbox/google/google-emulator';
import { stripeEmulator } from '../../../sandbox/stripe/stripe-emulator';
import { createApi } from '../../../src/api';
import { diagnose } from '../../../src/cli/doctor/diagnose';
import { loadEnv } from '../../../src/kernel/config/load-env';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database';

const hour = 3_600_000;
const nowhere = '127.0.0.1:9';
type Shell = Record<string, string | undefined>;

/** A fault that is planted in a sound installation: what it changes, which check must find it, what its mend must name. */
interface Planted {
  fault: string;
  env?: (world: World) => Shell | Promise<Shell>;
  now?: () => number;
  /** Statements as superuser, in a database of the fault's own. */
  sql?: string[];
  stripe?: (endpoint: { status: string; enabled_events: string[]; api_version: string | null }) => void;
  check: string;
  mend: RegExp;
}

interface World {
  database: TestDatabase;
  shell: Shell;
  /** Answers everything with 200 and a page, as a badly set proxy does. */
  proxy: string;
}

const as = (url: string, user: string, password: string): string =>
  Object.assign(new URL(url), { username: user, password }).toString();

const planted: Planted[] = [
  {
    fault: 'a secret is missing',
    env: () => ({ CURSOR_SECRET: undefined }),
    check: 'env',
    mend: /\.env\.example/,
  },
  {
    fault: 'keys are too short',
    env: () => ({ JWT_KEYS: 'k1:short' }),
    check: 'env',
    mend: /\.env\.example/,
  },
  {
    fault: 'Postgres is down',
    env: () => ({ DATABASE_URL: `postgres://app:x@${nowhere}/none`, QUEUE_DATABASE_URL: undefined }),
    check: 'database.reach',
    mend: /start Postgres/,
  },
  {
    fault: 'the password is wrong',
    env: ({ database }) => ({ DATABASE_URL: as(database.appUrl, 'inbrief_app', 'wrong') }),
    check: 'database.reach',
    mend: /password in DATABASE_URL.*--provision-login/,
  },
  {
    fault: 'the database does not exist',
    env: ({ database }) => ({ DATABASE_URL: database.appUrl.replace(/test_\w+/, 'nothing_here') }),
    check: 'database.reach',
    mend: /create the database/,
  },
  {
    fault: 'nothing was migrated',
    env: async () => ({ DATABASE_URL: (await emptyDatabase()).appUrl }),
    check: 'database.migrations',
    mend: /npm run db:migrate/,
  },
  {
    fault: 'the application logs in as the owner, a superuser',
    env: ({ database }) => ({ DATABASE_URL: database.ownerUrl }),
    check: 'database.role',
    mend: /a login of the application's own/,
  },
  {
    fault: 'the login inherits what it should have to enter',
    sql: [
      'create role doctor_heir login inherit password $$heir$$ in role inbrief_user, inbrief_service',
      'grant usage, create on schema bullmq to doctor_heir',
      'grant all on all tables in schema bullmq to doctor_heir',
    ],
    env: ({ database }) => ({ DATABASE_URL: as(database.appUrl, 'doctor_heir', 'heir') }),
    check: 'database.role',
    mend: /--provision-login/,
  },
  {
    fault: 'the login owns a table',
    sql: [
      'create table mine (id int); alter table mine enable row level security, force row level security; alter table mine owner to inbrief_app',
    ],
    check: 'database.role',
    mend: /not the owner/,
  },
  {
    fault: 'row-level security is not forced on a table',
    sql: ['alter table api_keys no force row level security'],
    check: 'database.rls',
    mend: /alter table api_keys .*force row level security/,
  },
  {
    fault: 'a migration is pending',
    sql: [`delete from _prisma_migrations where migration_name like '%system_config_history'`],
    check: 'database.migrations',
    mend: /npm run db:migrate/,
  },
  {
    fault: "the queue's tables are missing",
    sql: ['drop schema bullmq cascade'],
    check: 'queue.schema',
    mend: /--provision-login/,
  },
  {
    fault: "the login may not use the queue's tables",
    sql: ['revoke delete on all tables in schema bullmq from inbrief_app'],
    check: 'queue.schema',
    mend: /--provision-login/,
  },
  {
    fault: 'Redis is down',
    env: () => ({ REDIS_URL: `redis://${nowhere}` }),
    check: 'redis.reach',
    mend: /unset it/,
  },
  { fault: 'the clock is an hour off', now: () => Date.now() + hour, check: 'clock.skew', mend: /NTP/ },
  {
    fault: 'Stripe does not know the key',
    env: () => ({ STRIPE_SECRET_KEY: 'sk_test_stranger' }),
    check: 'stripe.key',
    mend: /make a key/,
  },
  {
    fault: 'a test key in live mode',
    env: () => ({ STRIPE_LIVEMODE: 'true' }),
    check: 'stripe.mode',
    mend: /STRIPE_LIVEMODE=false/,
  },
  {
    fault: 'Stripe sends its events elsewhere',
    stripe: (endpoint) => Object.assign(endpoint, { url: 'https://old.example.com/api/billing/webhook' }),
    check: 'stripe.webhook',
    mend: /add it at .* STRIPE_WEBHOOK_SECRETS/,
  },
  {
    fault: 'the webhook endpoint is disabled',
    stripe: (endpoint) => (endpoint.status = 'disabled'),
    check: 'stripe.webhook',
    mend: /enable it/,
  },
  {
    fault: 'the webhook endpoint leaves refunds out',
    stripe: (endpoint) => (endpoint.enabled_events = ['checkout.session.completed']),
    check: 'stripe.webhook-events',
    mend: /add these events/,
  },
  {
    fault: 'the webhook endpoint speaks an older version',
    stripe: (endpoint) => (endpoint.api_version = '2023-08-16'),
    check: 'stripe.api-version',
    mend: /add a second endpoint/,
  },
  {
    fault: "Google's client secret is wrong",
    env: () => ({ GOOGLE_CLIENT_SECRET: 'of another client' }),
    check: 'google.client',
    mend: /take both from the web client/,
  },
  {
    fault: 'Anthropic does not know the key',
    env: () => ({ ANTHROPIC_API_KEY: 'sk-ant-stranger' }),
    check: 'anthropic.key',
    mend: /make a key/,
  },
  {
    fault: 'the fallback model does not exist',
    env: () => ({ ANTHROPIC_FALLBACK_MODEL: 'claude-imaginary-9' }),
    check: 'anthropic.model',
    mend: /ANTHROPIC_FALLBACK_MODEL/,
  },
  {
    fault: 'Anthropic is out of reach',
    env: () => ({ ANTHROPIC_BASE_URL: `http://${nowhere}` }),
    check: 'anthropic.reach',
    mend: /api\.anthropic\.com/,
  },
  {
    fault: 'Google is out of reach',
    env: () => ({ GOOGLE_OAUTH_BASE_URL: `http://${nowhere}` }),
    check: 'google.reach',
    mend: /accounts\.google\.com/,
  },
  {
    fault: 'Stripe is out of reach',
    env: () => ({ STRIPE_API_BASE_URL: `http://${nowhere}` }),
    check: 'stripe.reach',
    mend: /api\.stripe\.com/,
  },
];

/** Faults that change our own address, which Google and Stripe are told as well. */
const misplaced: Planted[] = [
  {
    fault: 'nothing listens at PUBLIC_URL',
    env: () => ({ PUBLIC_URL: `http://${nowhere}` }),
    check: 'public-url.reach',
    mend: /start the API/,
  },
  {
    fault: 'a proxy answers at PUBLIC_URL',
    env: ({ proxy }) => ({ PUBLIC_URL: proxy }),
    check: 'public-url.reach',
    mend: /load balancer/,
  },
  {
    fault: 'Google does not know our callback',
    env: ({ proxy }) => ({ PUBLIC_URL: proxy }),
    check: 'google.redirect',
    mend: /add .*\/api\/gmail\/callback to the authorised redirect URIs/,
  },
];

const databases: TestDatabase[] = [];
async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  databases.push(database);
  return database;
}

describe('inbrief doctor', () => {
  let world: World;
  let api: NestFastifyApplication;
  const stripe = stripeEmulator({ secretKeys: ['sk_test_sandbox'] });
  let endpoint: ReturnType<typeof stripe.world.addEndpoint>;
  let emulators: RunningEmulator[];
  const proxy = createServer((_request, response) => response.end('<html>Welcome</html>'));

  beforeAll(async () => {
    const database = await createTestDatabase();
    const google = await startEmulator(googleEmulator());
    emulators = [
      google,
      await startEmulator(stripe),
      await startEmulator(anthropicEmulator({ apiKeys: ['sk-ant-sandbox'] })),
    ];
    const publicUrl = `http://127.0.0.1:${await freePort()}`;
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    await google.app.inject({
      method: 'POST',
      url: '/__control/clients',
      payload: {
        clientId: 'doctor.apps.example.com',
        clientSecret: 'sandbox-secret',
        redirectUris: [`${publicUrl}/api/gmail/callback`],
      },
    });
    const shell: Shell = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PUBLIC_URL: publicUrl,
      DATABASE_URL: database.appUrl,
      JWT_KEYS: `k1:${'n'.repeat(40)}`,
      TOKEN_KEYS: `v1:${Buffer.alloc(32, 7).toString('base64')}`,
      CURSOR_SECRET: 'c'.repeat(40),
      GOOGLE_CLIENT_ID: 'doctor.apps.example.com',
      GOOGLE_CLIENT_SECRET: 'sandbox-secret',
      GOOGLE_OAUTH_BASE_URL: google.url,
      GOOGLE_API_BASE_URL: google.url,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRETS: 'whsec_test_0123456789abcdef',
      STRIPE_API_BASE_URL: emulators[1]?.url,
      ANTHROPIC_API_KEY: 'sk-ant-sandbox',
      ANTHROPIC_BASE_URL: emulators[2]?.url,
    };
    world = { database, shell, proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const env = loadEnv(shell);
    api = await createApi(env);
    await api.listen(new URL(publicUrl).port, '127.0.0.1');
  });
  beforeEach(() => {
    stripe.world.reset();
    endpoint = stripe.world.addEndpoint({ url: `${world.shell.PUBLIC_URL}/api/billing/webhook` });
  });
  afterAll(async () => {
    await api.close();
    proxy.close();
    await Promise.all(emulators.map((emulator) => emulator.close()));
    await Promise.all([world.database, ...databases].map((database) => database.drop()));
  });

  it('finds nothing wrong with a sound installation', async () => {
    const findings = await diagnose(world.shell);
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check).sort()).toEqual([
      'anthropic.model',
      'clock.skew',
      'database.migrations',
      'database.reach',
      'database.rls',
      'database.role',
      'env',
      'google.client',
      'google.redirect',
      'public-url.reach',
      'public-url.webhook',
      'queue.schema',
      'stripe.key',
      'stripe.webhook',
    ]);
  });

  /** Plants the fault and answers what the doctor found to be wrong. */
  async function examine({ env, now, sql = [], stripe: spoil }: Planted) {
    const own = sql.length > 0 ? await createTestDatabase() : world.database;
    if (own !== world.database) databases.push(own);
    const owner = new Client({ connectionString: own.ownerUrl });
    await owner.connect();
    try {
      for (const statement of sql) await owner.query(statement);
      spoil?.(endpoint.wire);
      const changes = await env?.({ ...world, database: own });
      const findings = await diagnose({ ...world.shell, DATABASE_URL: own.appUrl, ...changes }, now);
      return findings.filter(({ state }) => state !== 'ok');
    } finally {
      await owner
        .query('drop role if exists doctor_heir')
        .catch(() => owner.query('drop owned by doctor_heir; drop role doctor_heir'));
      await owner.end();
    }
  }

  // Each row is a mutant of the installation: a check that does not look, or looks at something else, fails its row.
  it.each(planted)('finds that $fault, that alone, and says the mend', async (fault) => {
    const wrong = await examine(fault);
    expect(wrong).toEqual([
      {
        check: fault.check,
        state: 'fault',
        said: expect.any(String),
        mend: expect.stringMatching(fault.mend),
      },
    ]);
  });

  it.each(misplaced)('finds that $fault, and says the mend', async (fault) => {
    expect(await examine(fault)).toContainEqual({
      check: fault.check,
      state: 'fault',
      said: expect.any(String),
      mend: expect.stringMatching(fault.mend),
    });
  });

  it('tells no secret', async () => {
    const told = JSON.stringify([
      await examine({
        fault: '',
        check: '',
        mend: /./,
        env: () => ({ STRIPE_SECRET_KEY: 'sk_test_canary' }),
      }),
      await examine({ fault: '', check: '', mend: /./, env: () => ({ JWT_KEYS: 'k1:canary' }) }),
      await examine({
        fault: '',
        check: '',
        mend: /./,
        env: ({ database }) => ({ DATABASE_URL: as(database.appUrl, 'inbrief_app', 'canary') }),
      }),
    ]);
    expect(told).not.toContain('canary');
  });
});

async function freePort(): Promise<number> {
  const server = createSocket().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
