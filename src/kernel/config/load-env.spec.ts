import { EnvError, loadEnv } from './load-env';

const complete = {
  PUBLIC_URL: 'https://api.example.com',
  DATABASE_URL: 'postgresql://app:secret@localhost/inbrief',
  JWT_KEYS: `k1:${'x'.repeat(32)}`,
  TOKEN_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
  CURSOR_SECRET: 'y'.repeat(32),
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret',
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef',
  ANTHROPIC_API_KEY: 'sk-ant-x',
};

const faultsOf = (source: Record<string, string | undefined>): string[] => {
  try {
    loadEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
  return [];
};

describe('the environment', () => {
  it('fills in every default and turns texts into numbers, lists and flags', () => {
    const env = loadEnv({
      ...complete,
      PORT: '8080',
      CORS_ORIGINS: 'https://a.example.com, https://b.example.com',
      ENABLE_BACKGROUND_PROCESSING: '0',
    });
    expect(env.PORT).toBe(8080);
    expect(env.CORS_ORIGINS).toEqual(['https://a.example.com', 'https://b.example.com']);
    expect(env.ENABLE_BACKGROUND_PROCESSING).toBe(false);
    expect(env.DATABASE_POOL_SIZE).toBe(10);
    expect(env.REDIS_URL).toBeUndefined();
  });

  it('tells all faults at once', () => {
    const faults = faultsOf({
      ...complete,
      PORT: 'eighty',
      JWT_KEYS: 'short',
      DATABASE_URL: undefined,
      ENABLE_STRIPE: 'perhaps',
    });
    for (const name of ['PORT', 'JWT_KEYS', 'DATABASE_URL', 'ENABLE_STRIPE'])
      expect(faults.some((fault) => fault.includes(name))).toBe(true);
  });

  it('counts an empty value as unset', () => {
    expect(loadEnv({ ...complete, REDIS_URL: '' }).REDIS_URL).toBeUndefined();
    expect(faultsOf({ ...complete, CURSOR_SECRET: '' })).not.toHaveLength(0);
  });

  it.each([
    [{ STRIPE_SECRET_KEY: undefined }, 'STRIPE_SECRET_KEY is needed'],
    [{ STRIPE_WEBHOOK_SECRETS: undefined }, 'STRIPE_WEBHOOK_SECRETS is needed'],
    [{ GMAIL_PUSH_TOPIC: 'projects/p/topics/t' }, 'GMAIL_PUSH_SERVICE_ACCOUNT is needed'],
  ])('sees what does not go together: %j', (change, fault) => {
    expect(faultsOf({ ...complete, ...change })).toEqual([expect.stringContaining(fault)]);
  });

  it('asks for no Stripe keys while Stripe is off', () => {
    expect(
      faultsOf({
        ...complete,
        ENABLE_STRIPE: 'false',
        STRIPE_SECRET_KEY: undefined,
        STRIPE_WEBHOOK_SECRETS: undefined,
      }),
    ).toEqual([]);
  });
});
