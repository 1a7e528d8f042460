import { join, resolve } from 'node:path';
import { type RunningPostgres, startPostgres } from '../postgres/postgres';
import { Child } from './child';
import type { EmulatorPlan, EmulatorUrls } from './emulator-plan';
import { googleClient, prepareDatabase, sandboxEnvironment, withLogin } from './environment';
import { freePort } from './ports';
import { sandboxSecrets } from './secrets';

const root = join(__dirname, '..', '..');

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
      const ownerUrl = await prepareDatabase(postgres.url, secrets.databasePassword);
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
        ...sandboxEnvironment(
          { api: apiUrl, database: withLogin(ownerUrl, secrets.databasePassword), emulators },
          secrets,
        ),
        PORT: String(apiPort),
        WORKER_PORT: String(options.ports?.worker ?? (await freePort())),
        ...options.env,
      };
      const api = startProcess('api', env, logs);
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
    const worker = startProcess('worker', { ...this.env, WORKER_PORT: String(port) }, this.logs);
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

function startProcess(name: 'api' | 'worker', env: Record<string, string>, logs: string): Child {
  const inherited = { PATH: process.env.PATH, TZ: process.env.TZ };
  return Child.start({
    name,
    file: join(root, 'dist', 'packed', `${name}.js`),
    env: { ...inherited, ...env },
    logFile: join(logs, `${name}.log`),
  });
}
