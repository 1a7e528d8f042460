import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../../sandbox/postgres/postgres';
import { Child } from '../../sandbox/stack/child';
import type { EmulatorUrls } from '../../sandbox/stack/emulator-plan';
import {
  googleClient,
  prepareDatabase,
  sandboxEnvironment,
  withLogin,
} from '../../sandbox/stack/environment';
import { freePort } from '../../sandbox/stack/ports';
import { type SandboxSecrets, sandboxSecrets } from '../../sandbox/stack/secrets';

const root = join(__dirname, '..', '..');
/** How the image sets a process up, and so every program that is measured beside it. */
const asInTheImage = {
  NODE_ENV: 'production',
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  NODE_OPTIONS: '--v8-pool-size=1',
};
const nowhere = 'http://127.0.0.1:9';
/** Milliseconds for a start beside whatever else the machine does. */
const patienceMs = 90_000;

/** A database as durable as in production, and whatever processes a section starts over it. */
export interface BenchWorld {
  /** The database as its owner. */
  ownerUrl: string;
  /** The database as the application's login. */
  appUrl: string;
  secrets: SandboxSecrets;
  /** The address that tokens name as their issuer. */
  publicUrl: string;
  emulators: EmulatorUrls | undefined;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** The built product's API, or a worker of it; ready. */
  startProduct(role: 'api' | 'worker', env?: Record<string, string>): Promise<Running>;
  /** A program of the bench; `ask` it. */
  startProgram(file: string): Child;
  stop(): Promise<void>;
}

export interface Running {
  url: string;
  child: Child;
}

/** Starts Postgres, and the emulators where they are asked for. Everything ends with `stop`, and with this process at the latest. */
export async function startBenchWorld(name: string, withEmulators = false): Promise<BenchWorld> {
  const directory = join(root, '.inbrief', `bench-${name}-${process.pid}`);
  const logs = join(directory, 'logs');
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    const postgres = await startPostgres({ dataDir: join(directory, 'postgres'), temporary: true });
    stops.push(() => postgres.stop());
    const secrets = sandboxSecrets(join(directory, 'secrets.json'));
    const ownerUrl = await prepareDatabase(postgres.url, secrets.databasePassword);
    const appUrl = withLogin(ownerUrl, secrets.databasePassword);
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    stops.push(() => owner.end());
    const publicUrl = 'http://localhost:3000';
    const emulators = withEmulators ? await startEmulators(publicUrl, secrets, logs, stops) : undefined;
    const urls = emulators ?? {
      google: nowhere,
      stripe: nowhere,
      anthropic: nowhere,
      smtp: 'smtp://127.0.0.1:9',
    };
    const base = {
      ...sandboxEnvironment({ api: publicUrl, database: appUrl, emulators: urls }, secrets),
      ...asInTheImage,
      RATE_LIMIT_AUTH: '1000000',
      RATE_LIMIT_WRITE: '1000000',
      RATE_LIMIT_READ: '1000000',
    };
    const start = (name: string, file: string, env: NodeJS.ProcessEnv): Child => {
      const child = Child.start({ name, file, env, logFile: join(logs, `${name}.log`) });
      stops.push(() => child.stop());
      return child;
    };
    return {
      ownerUrl,
      appUrl,
      secrets,
      publicUrl,
      emulators,
      sql: async <T extends object>(text: string, values: unknown[] = []) =>
        (await owner.query<T>(text, values)).rows,
      startProduct: async (role, env = {}) => {
        const port = String(await freePort());
        const own = { PATH: process.env.PATH, TZ: process.env.TZ, ...base, PORT: port, WORKER_PORT: port };
        const child = start(role, join(root, 'dist', 'packed', `${role}.js`), {
          ...own,
          ...env,
        });
        const url = `http://127.0.0.1:${port}`;
        await child.ready(`${url}/health/ready`, patienceMs);
        return { url, child };
      },
      startProgram: (file) =>
        start(file.replace(/\W/g, '-'), join(__dirname, file), { ...process.env, ...asInTheImage }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEmulators(
  publicUrl: string,
  secrets: SandboxSecrets,
  logs: string,
  stops: (() => Promise<unknown>)[],
): Promise<EmulatorUrls> {
  const child = Child.start({
    name: 'emulators',
    file: join(root, 'sandbox/stack/emulators.main.ts'),
    env: process.env,
    logFile: join(logs, 'emulators.log'),
  });
  stops.push(() => child.stop());
  return child.ask<EmulatorUrls>({
    ports: { google: 0, stripe: 0, anthropic: 0, mail: 0 },
    googleClient,
    callbackUrl: `${publicUrl}/api/gmail/callback`,
    webhookUrl: `${publicUrl}/api/billing/webhook`,
    webhookSecret: secrets.webhookSecret,
    anthropicLatency: { minMs: 0, maxMs: 0 },
  });
}
