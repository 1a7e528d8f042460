import { join } from 'node:path';
import { pack } from '../../../tools/pack/pack';
import v8Flags from './v8-flags.json';

export const launcher = join(__dirname, 'launch.cjs');

/** Packs the processes as they are shipped, with the crash points laid over both, and answers the path of what `launch.cjs` runs. */
export const packWithCrashPoints = (directory: string): Promise<string> =>
  pack(directory, {
    first: ['./test/chaos/program/mutants.cjs', './test/chaos/program/crash-points.cjs'],
    v8Flags,
  });
