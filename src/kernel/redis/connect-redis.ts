import { Redis } from 'ioredis';

/**
 * A Redis client for caches and counters, whose callers can do without it: a command fails at once while the connection
 * is down, instead of waiting for its return. Queues need a client of their own.
 */
export function connectRedis(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 1_000,
  });
  redis.on('error', onError);
  return redis;
}
