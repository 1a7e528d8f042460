import type { EnvDto } from '../../kernel/config/env.dto';
import { EnvError, loadEnv } from '../../kernel/config/load-env';
import { diagnoseDatabase, diagnoseQueue } from '../../kernel/diagnosis/diagnose-database';
import { diagnoseRedis } from '../../kernel/diagnosis/diagnose-redis';
import { fault, type Finding, ok } from '../../kernel/diagnosis/finding';
import { diagnoseAnthropic } from './diagnose-anthropic';
import { diagnoseGoogle } from './diagnose-google';
import { diagnosePublicUrl } from './diagnose-public-url';
import { diagnoseStripe } from './diagnose-stripe';

/** The environment as a shell has it. */
export type RawEnv = Record<string, string | undefined>;

/**
 * Looks at the whole installation, changes nothing, and never throws. Where the environment itself is not sound, each of its
 * faults is a finding, and nothing else is looked at: what follows would be guesswork.
 */
export async function diagnose(source: RawEnv | undefined, now: () => number = Date.now): Promise<Finding[]> {
  let env: EnvDto;
  try {
    env = loadEnv(source);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.faults.map((said) =>
      fault('env', said, '.env.example says what each variable is for and what it may be'),
    );
  }
  const found = await Promise.all([
    diagnoseStores(env, now),
    diagnoseStripe(env),
    diagnoseGoogle(env),
    diagnoseAnthropic(env),
    diagnosePublicUrl(env),
  ]);
  return [ok('env', 'Every variable is sound'), ...found.flat()];
}

/** Where nothing can be said of the queue before the database is mended, nothing is said. */
async function diagnoseStores(env: EnvDto, now: () => number): Promise<Finding[]> {
  const database = await diagnoseDatabase(env.DATABASE_URL, now);
  if (env.REDIS_URL !== undefined) return [...database, await diagnoseRedis(env.REDIS_URL)];
  const queueUrl = env.QUEUE_DATABASE_URL ?? env.DATABASE_URL;
  const first = ['database.reach', 'database.migrations'];
  const unsound = database.some(({ check, state }) => state === 'fault' && first.includes(check));
  if (unsound && queueUrl === env.DATABASE_URL) return database;
  return [...database, await diagnoseQueue(queueUrl)];
}
