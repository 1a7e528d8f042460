import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../src/kernel/database/migration-files';
import { provisionLogin } from '../../src/kernel/database/provision';
import { type RunningPostgres, startPostgres } from '../postgres/postgres';
import { Child } from './child';
import type { EmulatorPlan, EmulatorUrls } from './emulator-plan';
import { freePort } from './ports';
import { sandboxSecrets } from './secrets';

const root = join(__dirname, '..', '..');
const login = 'inbrief_app';
const database = 'inbrief';
const googleClient = { clientId: 'inbrief-sandbox.apps.example.com', clientSecret: 'sandbox-secret' };

/** Ports that must be these; every other one is free to choose. */
export interface StackPorts {
  api?: number;
  worker?: number;
  google?: number;
  stripe?: number;
  anthropic?: number;
  mail?: number;
  postgres?: number;
}

export interface StackOptions {
  /** Where data, keys and logs go. */
  directory: string;
  ports?: StackPorts;
  /** Delete the data at the end. */
  temporary?: boolean;
  /** Milliseconds the model takes to answer. */
  anthropicLatency?: { minMs: number; maxMs: number };
  /** Variables laid over those the stack gives its processes. */
  env?: Record<string, string>;
  /** Told of each step as it is done. */
  onStep?: (step: string) => void;
}

/** Everything the product needs, as processes on loopback: Postgres, the emulators, one API and a worker. */
export class Stack {
  private workers: Child[] = [];
  private constructor(
    readonly apiUrl: string,
    readonly emulators: EmulatorUrls,
    readonly ownerUrl: string,
    readonly logs: string,
    private readonly env: Record<string, string>,
    private readonly postgres: RunningPostgres,
    private readonly emulatorProcess: Child,
    private api: Child,
  ) {}

  /** Resolves when the API and a worker are ready. The application must have been built. */
  static async start(options: StackOptions): Promise<Stack> {
    const directory = resolve(root, options.directory);
    const logs = join(directory, 'logs');
    const step = options.onStep ?? (() => undefined);
    const secrets = sandboxSecrets(join(directory, 'secrets.json'));
    const apiPort = options.ports?.api ?? (await freePort());
    const apiUrl = `http://localhost:${apiPort}`;
    const postgres = await startPostgres({
      dataDir: join(directory, 'postgres'),
      ...(options.ports?.postgres === undefined ? {} : { port: options.ports.postgres }),
      ...(options.temporary ? { temporary: true } : {}),
    });
    const emulatorProcess = Child.start({
      name: 'emulators',
      file: join(__dirname, 'emulators.main.ts'),
      env: process.env,
      logFile: join(logs, 'emulators.log'),
    });
    try {
      const ownerUrl = await prepareDatabase(postgres, secrets.databasePassword);
      step('Postgres is up and migrated');
      const plan: EmulatorPlan = {
        ports: { google: 0, stripe: 0, anthropic: 0, mail: 0, ...options.ports },
        googleClient,
        callbackUrl: `${apiUrl}/api/gmail/callback`,
        webhookUrl: `${apiUrl}/api/billing/webhook`,
        webhookSecret: secrets.webhookSecret,
        anthropicLatency: options.anthropicLatency ?? { minMs: 0, maxMs: 0 },
      };
      const emulators = await emulatorProcess.ask<EmulatorUrls>(plan);
      step('Google, Stripe, Anthropic and a mail server are emulated');
      const env = {
        NODE_ENV: 'development',
        HOST: '127.0.0.1',
        PORT: String(apiPort),
        WORKER_PORT: String(options.ports?.worker ?? (await freePort())),
        PUBLIC_URL: apiUrl,
        DATABASE_URL: withLogin(ownerUrl, secrets.databasePassword),
        DATABASE_PREPARED_STATEMENTS: 'true',
        JWT_KEYS: `sandbox:${secrets.jwtKey}`,
        TOKEN_KEYS: `v1:${secrets.tokenKey}`,
        CURSOR_SECRET: secrets.cursorSecret,
        GOOGLE_CLIENT_ID: googleClient.clientId,
        GOOGLE_CLIENT_SECRET: googleClient.clientSecret,
        GOOGLE_OAUTH_BASE_URL: emulators.google,
        GOOGLE_API_BASE_URL: emulators.google,
        // The emulator has no quota unless a test sets one.
        GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
        GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '100000000',
        STRIPE_SECRET_KEY: 'sk_test_sandbox',
        STRIPE_WEBHOOK_SECRETS: secrets.webhookSecret,
        STRIPE_API_BASE_URL: emulators.stripe,
        ANTHROPIC_API_KEY: 'sk-ant-sandbox',
        ANTHROPIC_BASE_URL: emulators.anthropic,
        SMTP_URL: emulators.smtp,
        ...options.env,
      };
      const api = startProcess('api', 'main.js', env, logs);
      const stack = new Stack(apiUrl, emulators, ownerUrl, logs, env, postgres, emulatorProcess, api);
      await Promise.all([api.ready(`${apiUrl}/health/ready`), stack.startWorker()]);
      step('API and worker are ready');
      return stack;
    } catch (error) {
      await emulatorProcess.stop();
      await postgres.stop();
      throw error;
    }
  }

  /** One more worker, ready. */
  async startWorker(): Promise<Child> {
    const port = this.workers.length === 0 ? Number(this.env.WORKER_PORT) : await freePort();
    const worker = startProcess('worker', 'worker.js', { ...this.env, WORKER_PORT: String(port) }, this.logs);
    this.workers.push(worker);
    await worker.ready(`http://127.0.0.1:${port}/health/ready`);
    return worker;
  }

  get worker(): Child {
    const running = this.workers.findLast((worker) => worker.running);
    if (!running) throw new Error('No worker runs');
    return running;
  }

  /** Stops the processes in the order in which they need each other. */
  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), ...this.workers.map((worker) => worker.stop())]);
    await this.emulatorProcess.stop();
    await this.postgres.stop();
  }
}

function startProcess(name: string, file: string, env: Record<string, string>, logs: string): Child {
  const inherited = { PATH: process.env.PATH, TZ: process.env.TZ };
  return Child.start({
    name,
    file: join(root, 'dist', file),
    env: { ...inherited, ...env },
    logFile: join(logs, `${name}.log`),
  });
}

/** The URL of the sandbox's database as its owner: created, migrated, with the application's login. */
async function prepareDatabase(postgres: RunningPostgres, password: string): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  const ownerUrl = new URL(postgres.url);
  ownerUrl.pathname = `/${database}`;
  await migrate(ownerUrl.toString(), migrationsDirectory);
  await provisionLogin(ownerUrl.toString(), { role: login, password });
  return ownerUrl.toString();
}

function withLogin(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.toString();
}
