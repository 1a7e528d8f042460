import { type EnvDto } from '../../src/kernel/config/env.dto';
import { loadEnv } from '../../src/kernel/config/load-env';
import { directUrl } from './database';

/** An address at which nothing listens: a call that a test did not foresee fails at once. */
const nowhere = 'http://127.0.0.1:9';

/** A complete environment for one test database; `overrides` are variables as a shell would set them. */
export function testEnv(databaseUrl: string, overrides: Record<string, string> = {}): EnvDto {
  return loadEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    HOST: '127.0.0.1',
    PORT: '0',
    WORKER_PORT: '0',
    PUBLIC_URL: 'http://localhost:3000',
    DATABASE_URL: databaseUrl,
    QUEUE_DATABASE_URL: directUrl(databaseUrl),
    DATABASE_POOL_SIZE: '5',
    JWT_KEYS: `k2:${'n'.repeat(40)},k1:${'o'.repeat(40)}`,
    TOKEN_KEYS: `v1:${Buffer.alloc(32, 7).toString('base64')}`,
    CURSOR_SECRET: 'c'.repeat(40),
    GOOGLE_CLIENT_ID: 'inbrief-sandbox.apps.example.com',
    GOOGLE_CLIENT_SECRET: 'sandbox-secret',
    GOOGLE_OAUTH_BASE_URL: nowhere,
    GOOGLE_API_BASE_URL: nowhere,
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRETS: 'whsec_test_0123456789abcdef',
    STRIPE_API_BASE_URL: nowhere,
    ANTHROPIC_API_KEY: 'sk-ant-sandbox',
    ANTHROPIC_BASE_URL: nowhere,
    JOB_LEASE_MS: '3000',
    OUTBOX_POLL_MS: '50',
    RATE_LIMIT_AUTH: '100000',
    RATE_LIMIT_WRITE: '100000',
    RATE_LIMIT_READ: '100000',
    ...overrides,
  });
}
