import { tuneEngine } from './engine';
import { EnvError, loadEnv } from './load-env';
import type { EnvDto } from './env.dto';

/** Reads the environment and runs the process, or says on standard error why it cannot and exits 1. */
export function start(run: (env: EnvDto) => Promise<void>): void {
  const fail = (error: unknown): never => {
    const known = error instanceof EnvError;
    process.stderr.write(
      `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  };
  tuneEngine();
  try {
    run(loadEnv()).catch(fail);
  } catch (error) {
    fail(error);
  }
}
