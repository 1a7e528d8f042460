import type { Server } from 'node:http';
import { Global, Module, type Type } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import request from 'supertest';
import { AuthModule } from '../../../src/auth/auth.module';
import {
  GetBillingPersonalData,
  GetEmailPersonalData,
  GetGmailConsentUrl,
  GetGmailPersonalData,
  GetJobsPersonalData,
  GetWebhooksPersonalData,
} from '../../../src/auth/contracts';
import { CursorCodec } from '../../../src/kernel/http/cursor';
import { AuditModule } from '../../../src/kernel/audit/audit.module';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { loadEnv } from '../../../src/kernel/config/load-env';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { configureApp } from '../../../src/kernel/http/app-factory';
import { createFastifyAdapter } from '../../../src/kernel/http/fastify-adapter';
import { HttpConventionsModule } from '../../../src/kernel/http/http-conventions.module';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { OutboxModule } from '../../../src/kernel/outbox/outbox.module';
import { SystemConfig } from '../../../src/kernel/system-config/system-config';
import { SystemConfigModule } from '../../../src/kernel/system-config/system-config.module';
import { createTestDatabase } from '../../support/database';
import { holdAgainstDocument } from '../../support/documented';

/** The gmail module's answer, so that auth can be tested alone. */
@QueryHandler(GetGmailConsentUrl)
class ConsentUrlHandler implements IQueryHandler<GetGmailConsentUrl> {
  execute({ userId, sessionId }: GetGmailConsentUrl): Promise<string> {
    return Promise.resolve(`https://consent.test/?user=${userId}&session=${sessionId}`);
  }
}

/** Handles a module's export query with a word of its own. */
const holding = (query: Type, word: string): Type => {
  @QueryHandler(query)
  class Holder {
    execute({ userId }: { userId: string }): Promise<object> {
      return Promise.resolve({ [word]: userId });
    }
  }
  return Holder;
};

@Module({
  providers: [
    ConsentUrlHandler,
    holding(GetGmailPersonalData, 'connections'),
    holding(GetEmailPersonalData, 'summaries'),
    holding(GetBillingPersonalData, 'ledger'),
    holding(GetJobsPersonalData, 'runs'),
    holding(GetWebhooksPersonalData, 'endpoints'),
    { provide: CursorCodec, useValue: new CursorCodec('a cursor secret of 32 characters!') },
  ],
  exports: [CursorCodec],
})
@Global()
class OtherModules {}

export const publicUrl = 'http://api.test';
export const signingKeys = [
  'k2:new-signing-secret-of-32-characters!',
  'k1:old-signing-secret-of-32-characters!',
];

export interface AuthApp {
  app: NestFastifyApplication;
  http: Server;
  /** One statement as superuser. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** A new account; each has an address of its own unless one is given. */
  register(overrides?: Partial<Registration>): Promise<Registered>;
  close(): Promise<void>;
}

export interface Registration {
  email: string;
  password: string;
  name: string;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

export interface Registered extends Registration {
  id: string;
  tokens: Tokens;
}

/** The auth module as the API serves it, over a database of its own. */
export async function startAuthApp(
  overrides: Record<string, string> = {},
  controllers: Type[] = [],
): Promise<AuthApp> {
  const database = await createTestDatabase();
  const env = loadEnv({ ...environment, DATABASE_URL: database.appUrl, ...overrides });
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.for(env),
      DatabaseModule,
      OutboxModule,
      AuditModule,
      SystemConfigModule,
      HttpConventionsModule,
      MetricsModule,
      AuthModule,
      OtherModules,
    ],
    controllers,
  }).compile();
  const options = { trustProxyHops: env.TRUST_PROXY_HOPS, corsOrigins: [], docs: false, publicUrl };
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options), {
    logger: false,
  });
  const documented = holdAgainstDocument(app);
  await configureApp(app, options);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  const http: Server = app.getHttpServer();
  return {
    app,
    http,
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await client.query<T>(text, values)).rows,
    register: (registration) => register(http, registration),
    close: async () => {
      await client.end();
      await app.close();
      await database.drop();
      documented.assert();
    },
  };
}

/** Runs the work while no account may be opened. */
export async function closeSignups(auth: AuthApp, work: () => Promise<void>): Promise<void> {
  const config = auth.app.get(SystemConfig);
  await auth.sql(`insert into system_config (key, value) values ('signups.enabled', 'false')`);
  await config.refresh();
  await work();
  await auth.sql(`delete from system_config`);
  await config.refresh();
}

let registered = 0;

async function register(http: Server, overrides: Partial<Registration> = {}): Promise<Registered> {
  registered += 1;
  const registration = {
    email: `person-${registered}@example.test`,
    password: `a fine passphrase ${registered}`,
    name: 'Ada Lovelace',
    ...overrides,
  };
  const answer = await request(http).post('/api/auth/register').send(registration).expect(201);
  return { ...registration, id: answer.body.user.id as string, tokens: answer.body.tokens as Tokens };
}

const environment = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  PUBLIC_URL: publicUrl,
  JWT_KEYS: signingKeys.join(','),
  TOKEN_KEYS: `t1:${Buffer.alloc(32, 7).toString('base64')}`,
  CURSOR_SECRET: 'a cursor secret of 32 characters!',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef',
  ANTHROPIC_API_KEY: 'key',
  RATE_LIMIT_AUTH: '100000',
  RATE_LIMIT_WRITE: '100000',
  RATE_LIMIT_READ: '100000',
};
