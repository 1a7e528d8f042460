import { Client } from 'pg';
import { migrate } from '../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../src/kernel/database/migration-files';
import { provisionLogin } from '../../src/kernel/database/provision';
import type { EmulatorUrls } from './emulator-plan';
import type { SandboxSecrets } from './secrets';

const login = 'inbrief_app';
const database = 'inbrief';
/** The OAuth client that Google's emulator knows. */
export const googleClient = {
  clientId: 'inbrief-sandbox.apps.example.com',
  clientSecret: 'sandbox-secret',
};

/** Where the parts of a sandbox find each other. */
export interface Addresses {
  /** The API as its callers see it. */
  api: string;
  /** The database as the application's login. */
  database: string;
  emulators: Pick<EmulatorUrls, 'google' | 'stripe' | 'anthropic' | 'smtp'>;
}

/** The environment of an application process in a sandbox, but for the ports it listens on. */
export function sandboxEnvironment(to: Addresses, secrets: SandboxSecrets): Record<string, string> {
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_URL: to.api,
    DATABASE_URL: to.database,
    DATABASE_PREPARED_STATEMENTS: 'true',
    JWT_KEYS: `sandbox:${secrets.jwtKey}`,
    TOKEN_KEYS: `v1:${secrets.tokenKey}`,
    CURSOR_SECRET: secrets.cursorSecret,
    GOOGLE_CLIENT_ID: googleClient.clientId,
    GOOGLE_CLIENT_SECRET: googleClient.clientSecret,
    GOOGLE_OAUTH_BASE_URL: to.emulators.google,
    GOOGLE_API_BASE_URL: to.emulators.google,
    // The emulator has no quota unless a test sets one.
    GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
    GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '100000000',
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRETS: secrets.webhookSecret,
    STRIPE_API_BASE_URL: to.emulators.stripe,
    ANTHROPIC_API_KEY: 'sk-ant-sandbox',
    ANTHROPIC_BASE_URL: to.emulators.anthropic,
    SMTP_URL: to.emulators.smtp,
  };
}

/** The URL of the sandbox's database as its owner: created, migrated, with the application's login. */
export async function prepareDatabase(serverUrl: string, password: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  const ownerUrl = new URL(serverUrl);
  ownerUrl.pathname = `/${database}`;
  await migrate(ownerUrl.toString(), migrationsDirectory);
  await provisionLogin(ownerUrl.toString(), { role: login, password });
  return ownerUrl.toString();
}

/** The same database as the application's login. */
export function withLogin(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.toString();
}
