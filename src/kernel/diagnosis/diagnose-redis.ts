import { Redis } from 'ioredis';
import { fault, type Finding, ok, reasonOf, warning } from './finding';

const patienceMs = 3_000;
const oldest = [6, 2] as const;

/** Looks at the Redis that holds queue, caches and rate limits. */
export async function diagnoseRedis(url: string): Promise<Finding> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const version = /redis_version:([\d.]+)/.exec(info)?.[1] ?? '0';
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'noeviction';
    return judge(version, policy);
  } catch (error) {
    return fault(
      'redis.reach',
      `Redis: ${reasonOf(error)}`,
      'start Redis, correct REDIS_URL (`rediss://` where it speaks TLS), or unset it: the queue then lives in Postgres',
    );
  } finally {
    redis.disconnect();
  }
}

function judge(version: string, policy: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    return fault('redis.version', `Redis ${version}`, 'upgrade Redis to 6.2 or newer');
  if (policy !== 'noeviction')
    return warning(
      'redis.eviction',
      `Redis ${version} evicts keys (${policy})`,
      'set `maxmemory-policy noeviction`: an evicted job is dispatched again only after its lease',
    );
  return ok('redis.reach', `Redis ${version} answers`);
}
