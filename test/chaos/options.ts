import { parseArgs } from 'node:util';

export const mutants = ['capture-outside-outbox', 'ack-before-commit', 'no-lease-fence'] as const;
export type Mutant = (typeof mutants)[number];

export interface ChaosOptions {
  seed: number;
  /** Mails over all mailboxes. */
  emails: number;
  /** How long the storm lasts. */
  minutes: number;
  /** Processes that are killed in a minute of the storm. */
  killsPerMinute: number;
  workers: number;
  /** Milliseconds everything may take to come to rest after the storm. */
  patienceMs: number;
  /** Keep the queue in Postgres, also where there is a Redis. */
  noRedis: boolean;
  /** Die at these crash points alone. */
  points?: RegExp;
  mutant?: Mutant;
}

export const usage = `npm run chaos -- [options]
  --emails N           mails over all mailboxes (default 300)
  --minutes M          how long the storm lasts (default 1)
  --seed S             repeats a plan of faults (default: a new one)
  --kills-per-minute K processes that are killed in a minute (default 66)
  --workers W          worker processes (default 5)
  --patience S         seconds everything may take to come to rest afterwards (default 240)
  --no-redis           keep the queue in Postgres
  --points PATTERN     die at the crash points that match, and at no others
  --mutant NAME        put a fault into the product, which must be found: ${mutants.join(', ')}`;

/** @throws Error for an option that is unknown or of the wrong form. */
export function readOptions(args: string[]): ChaosOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      emails: { type: 'string', default: '300' },
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      'kills-per-minute': { type: 'string', default: '66' },
      workers: { type: 'string', default: '5' },
      patience: { type: 'string', default: '240' },
      'no-redis': { type: 'boolean', default: false },
      points: { type: 'string' },
      mutant: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const mutant = mutants.find((name) => name === values.mutant);
  if (values.mutant !== undefined && !mutant) throw new Error(`--mutant takes ${mutants.join(', ')}`);
  return {
    seed: whole('seed', values.seed, 0),
    emails: whole('emails', values.emails, 1),
    minutes: above('minutes', values.minutes),
    killsPerMinute: above('kills-per-minute', values['kills-per-minute']),
    workers: whole('workers', values.workers, 1),
    patienceMs: above('patience', values.patience) * 1_000,
    noRedis: values['no-redis'],
    ...(values.points !== undefined && { points: new RegExp(values.points) }),
    ...(mutant && { mutant }),
  };
}

function above(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${name} takes a number above 0`);
  return number;
}

function whole(name: string, value: string, least: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number from ${least}`);
  return number;
}
