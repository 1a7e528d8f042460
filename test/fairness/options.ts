import { parseArgs } from 'node:util';

export interface FairnessOptions {
  /** Mails that the user with the backlog has waiting. */
  mails: number;
  /** Mails of the user who comes later. */
  own: number;
  /** Worker processes in all; half of them measure what the later user needs alone. */
  workers: number;
  /** Mails that one worker has under way at once. */
  concurrency: number;
  /** Milliseconds the model takes to answer: workers are to be what is shared, not the CPU. */
  latencyMs: number;
  /** Users who come later, one after the other, alone and beside the backlog; medians are compared. */
  rounds: number;
  /** Milliseconds one of them may take before the run is given up. */
  patienceMs: number;
  /** Keep the queue in Postgres, also where there is a Redis. */
  noRedis: boolean;
}

export const usage = `npm run fairness -- [options]
  --mails N        mails of the user with the backlog (default 20000)
  --own N          mails of each user who comes later (default 50)
  --workers W      worker processes, an even number; half of them serve who is alone (default 4)
  --concurrency C  mails that one worker has under way at once (default 2)
  --latency MS     what the model takes to answer (default 2000)
  --rounds R       users who come later, alone and beside the backlog (default 2)
  --patience S     seconds one of them may take (default 120)
  --no-redis       keep the queue in Postgres`;

/** @throws Error for an option that is unknown or of the wrong form. */
export function readOptions(args: string[]): FairnessOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      mails: { type: 'string', default: '20000' },
      own: { type: 'string', default: '50' },
      workers: { type: 'string', default: '4' },
      concurrency: { type: 'string', default: '2' },
      latency: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '2' },
      patience: { type: 'string', default: '120' },
      'no-redis': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const workers = whole('workers', values.workers);
  if (workers % 2 !== 0) throw new Error('--workers takes an even number');
  return {
    mails: whole('mails', values.mails),
    own: whole('own', values.own),
    workers,
    concurrency: whole('concurrency', values.concurrency),
    latencyMs: whole('latency', values.latency),
    rounds: whole('rounds', values.rounds),
    patienceMs: whole('patience', values.patience) * 1_000,
    noRedis: values['no-redis'],
  };
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1`);
  return number;
}
