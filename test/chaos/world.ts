import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { type RunningPostgres, startPostgres } from '../../sandbox/postgres/postgres';
import { Child } from '../../sandbox/stack/child';
import type { EmulatorPlan, EmulatorUrls } from '../../sandbox/stack/emulator-plan';
import {
  googleClient,
  prepareDatabase,
  sandboxEnvironment,
  withLogin,
} from '../../sandbox/stack/environment';
import { freePort } from '../../sandbox/stack/ports';
import { sandboxSecrets } from '../../sandbox/stack/secrets';
import { hasRedis, RedisServer } from '../support/redis';
import { Fleet } from './fleet';
import type { ChaosOptions } from './options';
import type { WireName } from './plan';
import { packWithCrashPoints } from './program/pack';
import { Wire } from './wire';

const root = resolve(__dirname, '..', '..');
const apis = 2;

/** Everything the product needs and all that can be broken, as processes on loopback with wires between them. */
export interface World {
  apiUrl: string;
  /** The database as its owner, past every wire. */
  ownerUrl: string;
  /** The vendors themselves, past every wire. */
  emulators: EmulatorUrls;
  postgres: RunningPostgres;
  redis: { url: string; restart(downMs: number): Promise<void> } | undefined;
  wires: Record<WireName, Wire>;
  fleet: Fleet;
  logs: string;
  stop(): Promise<void>;
}

/** Resolves when the API and every worker are ready. The application must have been built. */
export async function startWorld(options: ChaosOptions): Promise<World> {
  const directory = join(root, '.inbrief', `chaos-${process.pid}`);
  const logs = join(directory, 'logs');
  mkdirSync(directory, { recursive: true });
  const secrets = sandboxSecrets(join(directory, 'secrets.json'));
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    const program = await packWithCrashPoints(directory);
    const postgres = await startPostgres({ dataDir: join(directory, 'postgres'), temporary: true });
    stops.push(() => postgres.stop());
    const ownerUrl = await prepareDatabase(postgres.url, secrets.databasePassword);
    if (options.mutant === 'no-lease-fence') await unguard(ownerUrl);
    const redis = hasRedis && !options.noRedis ? await mortalRedis() : undefined;
    if (redis) stops.push(() => redis.stop());
    const ports = await Promise.all(Array.from({ length: apis }, freePort));
    const api = await Wire.to(...ports);
    const apiUrl = `http://127.0.0.1:${api.port}`;
    const emulatorProcess = Child.start({
      name: 'emulators',
      file: join(root, 'sandbox/stack/emulators.main.ts'),
      env: process.env,
      logFile: join(logs, 'emulators.log'),
    });
    stops.push(() => emulatorProcess.stop());
    const emulators = await emulatorProcess.ask<EmulatorUrls>(planOfEmulators(apiUrl, secrets.webhookSecret));
    const wires = {
      api,
      postgres: await Wire.to(postgres.port),
      redis: await Wire.to(Number(new URL(redis?.url ?? 'redis://nowhere:9').port)),
      google: await Wire.to(Number(new URL(emulators.google).port)),
      stripe: await Wire.to(Number(new URL(emulators.stripe).port)),
      anthropic: await Wire.to(Number(new URL(emulators.anthropic).port)),
    };
    stops.push(() => Promise.all(Object.values(wires).map((wire) => wire.close())));
    const env = {
      ...sandboxEnvironment(
        {
          api: apiUrl,
          database: wires.postgres.through(withLogin(ownerUrl, secrets.databasePassword)),
          emulators: {
            google: wires.google.through(emulators.google),
            stripe: wires.stripe.through(emulators.stripe),
            anthropic: wires.anthropic.through(emulators.anthropic),
            smtp: emulators.smtp,
          },
        },
        secrets,
      ),
      ...hurried,
      ...(redis && { REDIS_URL: wires.redis.through(redis.url) }),
      ...(options.mutant && { CHAOS_MUTANT: options.mutant }),
    };
    const fleet = new Fleet({ program, env, logs });
    stops.push(() => fleet.stop());
    for (const port of ports) await fleet.add('api', port);
    for (let n = 0; n < options.workers; n += 1) await fleet.add('worker');
    await fleet.ready();
    return { apiUrl, ownerUrl, emulators, postgres, redis, wires, fleet, logs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A life in fast motion: what takes half a minute in production takes seconds here, so that a storm can be short. */
const hurried = {
  LOG_LEVEL: 'warn',
  JOB_LEASE_MS: '2000',
  OUTBOX_POLL_MS: '200',
  WORKER_CONCURRENCY: '3',
  DATABASE_POOL_SIZE: '5',
  STRIPE_POLL_MS: '3000',
  ACCESS_TOKEN_TTL_SECONDS: '3600',
  RATE_LIMIT_AUTH: '100000',
  RATE_LIMIT_WRITE: '100000',
  RATE_LIMIT_READ: '100000',
};

/** The table refuses most moves of a job that is no longer the worker's: a second fence, which hides that the first is gone. */
async function unguard(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('drop trigger processing_jobs_moves on processing_jobs');
  await owner.end();
}

function planOfEmulators(apiUrl: string, webhookSecret: string): EmulatorPlan {
  return {
    ports: { google: 0, stripe: 0, anthropic: 0, mail: 0 },
    googleClient,
    callbackUrl: `${apiUrl}/api/gmail/callback`,
    webhookUrl: `${apiUrl}/api/billing/webhook`,
    webhookSecret,
    anthropicLatency: { minMs: 60, maxMs: 240 },
  };
}

async function mortalRedis() {
  let server = await RedisServer.start();
  const { url } = server;
  return {
    url,
    restart: async (downMs: number) => {
      await server.kill();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      server = await RedisServer.start(Number(new URL(url).port));
    },
    stop: () => server.kill(),
  };
}
