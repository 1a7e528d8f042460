import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** A look in under half a minute, on little data: says that it runs, not how fast. */
  quick: boolean;
  /** How long `soak` lasts. */
  minutes: number;
  /** Seconds that each measurement takes, where they are told apart. */
  seconds: number;
  /** Measurements of each variant. */
  rounds: number;
}

/** @throws Error for an option that is unknown or of the wrong form. */
export function readOptions(args: string[]): { section: string | undefined; options: BenchOptions } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '10' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
    },
  });
  const { quick } = values;
  return {
    section: positionals[0],
    options: {
      quick,
      minutes: above('minutes', values.minutes),
      seconds: above('seconds', values.seconds ?? (quick ? '0.6' : '5')),
      rounds: Math.ceil(above('rounds', values.rounds ?? (quick ? '1' : '3'))),
    },
  };
}

function above(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${name} takes a number above 0`);
  return number;
}
