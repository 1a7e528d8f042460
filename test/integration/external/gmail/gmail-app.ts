import type { Server } from 'node:http';
import { type Type } from '@nestjs/common';
import { CommandBus, type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type RunningEmulator, startEmulator } from '../../../../sandbox/emulator/emulator';
import { googleEmulator } from '../../../../sandbox/google/google-emulator';
import type { Mailbox, NewMessage } from '../../../../sandbox/google/gmail/mailbox';
import type { GoogleState } from '../../../../sandbox/google/google-state';
import { type GoogleEmulatorOptions, sandboxClient } from '../../../../sandbox/google/settings';
import { GetAccountAddress, RequireLiveSession } from '../../../../src/auth/contracts';
import { type FetchedMail, FetchMails } from '../../../../src/gmail/contracts';
import { ConnectGmail } from '../../../../src/gmail/connect-gmail/connect-gmail.handler';
import { FinishConnect } from '../../../../src/gmail/finish-connect/finish-connect.handler';
import { GmailModule } from '../../../../src/gmail/gmail.module';
import { loadEnv } from '../../../../src/kernel/config/load-env';
import { configureApp } from '../../../../src/kernel/http/app-factory';
import { createFastifyAdapter } from '../../../../src/kernel/http/fastify-adapter';
import type { AuthenticatedRequest } from '../../../../src/kernel/http/principal';
import { KernelModule } from '../../../../src/kernel/kernel.module';
import { DomainError } from '../../../../src/kernel/errors/domain-error';
import { createTestDatabase, type TestDatabase } from '../../../support/database';
import { holdAgainstDocument } from '../../../support/documented';

/** Sessions that ended; every other one lives. Stands in for auth, so that gmail can be tested alone. */
export const endedSessions = new Set<string>();

@QueryHandler(RequireLiveSession)
class LiveSessions implements IQueryHandler<RequireLiveSession> {
  execute({ sessionId }: RequireLiveSession): Promise<void> {
    if (!endedSessions.has(sessionId)) return Promise.resolve();
    return Promise.reject(new DomainError('forbidden', 'auth.session-ended', 'ended'));
  }
}

@QueryHandler(GetAccountAddress)
class Addresses implements IQueryHandler<GetAccountAddress> {
  execute({ userId }: GetAccountAddress): Promise<string> {
    return Promise.resolve(`${userId}@example.test`);
  }
}

export const publicUrl = 'http://api.test';
export const pushAccount = 'pusher@sandbox.iam.example.com';

export interface GmailApp {
  app: NestFastifyApplication;
  http: Server;
  commands: CommandBus;
  queries: QueryBus;
  /** One discovered mail, as the summariser gets it. */
  fetch(userId: string, emailId: string): Promise<FetchedMail>;
  google: GoogleState;
  emulator: RunningEmulator;
  /** One statement as superuser. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** A user without any mailbox. */
  user(): Promise<string>;
  /** A user's connected mailbox with these mails in it. */
  connected(mails?: number | NewMessage[], options?: { actions?: boolean }): Promise<ConnectedMailbox>;
  /** A second process on the same database and the same Google. */
  another(): Promise<GmailApp>;
  close(): Promise<void>;
}

export interface ConnectedMailbox {
  userId: string;
  connectionId: string;
  email: string;
  mailbox: Mailbox;
}

export interface GmailAppOptions {
  google?: GoogleEmulatorOptions;
  env?: Record<string, string>;
  modules?: Type[];
  /** Providers that are replaced. */
  overrides?: [token: object, value: unknown][];
}

/** The gmail module as a process runs it, over a database of its own and an emulated Google. */
export async function startGmailApp(options: GmailAppOptions = {}): Promise<GmailApp> {
  const database = await createTestDatabase();
  const redirectUris = [`${publicUrl}/api/gmail/callback`];
  const definition = googleEmulator({ clients: [{ ...sandboxClient, redirectUris }], ...options.google });
  const emulator = await startEmulator(definition);
  const shared = { database, emulator, google: definition.google, options };
  const process = await startProcess(shared);
  return {
    ...process,
    close: async () => {
      await process.close();
      await emulator.close();
      await database.drop();
    },
  };
}

interface Shared {
  database: TestDatabase;
  emulator: RunningEmulator;
  google: GoogleState;
  options: GmailAppOptions;
}

async function startProcess(shared: Shared): Promise<GmailApp> {
  const { database, emulator, google, options } = shared;
  const env = loadEnv({
    ...environment,
    GOOGLE_OAUTH_BASE_URL: emulator.url,
    GOOGLE_API_BASE_URL: emulator.url,
    DATABASE_URL: database.appUrl,
    ...options.env,
  });
  const building = Test.createTestingModule({
    imports: [KernelModule.for(env), GmailModule, ...(options.modules ?? [])],
    providers: [LiveSessions, Addresses],
  });
  for (const [token, value] of options.overrides ?? []) building.overrideProvider(token).useValue(value);
  const module = await building.compile();
  const http = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl };
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(http), {
    logger: false,
  });
  signInByHeader(app);
  const documented = holdAgainstDocument(app);
  await configureApp(app, http);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await client.query<T>(text, values)).rows;
  const user = async (): Promise<string> => {
    const id = uuidv7();
    await sql(`insert into users (id, email, name) values ($1, $2, 'Ada')`, [id, `${id}@example.test`]);
    return id;
  };
  const commands = app.get(CommandBus);
  return {
    app,
    http: app.getHttpServer(),
    commands,
    queries: app.get(QueryBus),
    fetch: async (userId, emailId) =>
      (await app.get(QueryBus).execute(new FetchMails(userId, [emailId]))).get(emailId)!,
    google,
    emulator,
    sql,
    user,
    connected: async (mails = 0, { actions = false } = {}) => {
      const userId = await user();
      const email = `box-${userId}@example.test`;
      const mailbox = google.addMailbox(email);
      mailbox.add(typeof mails === 'number' ? Array.from({ length: mails }, (_, n) => mail(n)) : mails);
      const consentUrl = await commands.execute(new ConnectGmail(userId, uuidv7(), { actions }));
      const answer = await giveConsent(consentUrl, email);
      const done = await commands.execute(
        new FinishConnect(answer.get('state') ?? '', answer.get('code') ?? undefined, undefined),
      );
      if (!('connectionId' in done)) throw new Error('The mailbox was not connected');
      return { userId, connectionId: done.connectionId, email, mailbox };
    },
    another: () => startProcess(shared),
    close: async () => {
      await client.end();
      await app.close();
      documented.assert();
    },
  };
}

/** Presses "allow" on the consent page; answers the query Google sends back. */
export async function giveConsent(
  consentUrl: string,
  email: string,
  wishes: { decision?: 'allow' | 'deny'; granted?: string[] } = {},
): Promise<URLSearchParams> {
  const form = new URL(consentUrl).searchParams;
  form.set('decision', wishes.decision ?? 'allow');
  form.set('account', email);
  if (wishes.granted) form.set('granular', '1');
  for (const scope of wishes.granted ?? []) form.append('granted_scope', scope);
  const target = new URL('/__consent', consentUrl);
  const response = await fetch(target, { method: 'POST', body: form, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`The consent page answered ${response.status}`);
  return new URL(location).searchParams;
}

/** The n-th mail of a test, a minute older than the one before it. */
export function mail(n: number, labels?: string[]): NewMessage {
  const raw = `From: Bob <bob@example.test>\r\nTo: ada@example.test\r\nSubject: Mail ${n}\r\n\r\nThis is mail ${n}.\r\n`;
  return { raw: Buffer.from(raw), internalDate: Date.parse('2026-11-20T12:00:00Z') - n * 60_000, labels };
}

/** Stands in for auth's guard, whose work is tested elsewhere: the header says who calls. */
function signInByHeader(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preHandler', (request, _reply, done) => {
      const userId = request.headers['x-test-user'];
      if (typeof userId === 'string')
        (request as unknown as AuthenticatedRequest).user = { userId, sessionId: uuidv7(), role: 'user' };
      done();
    });
}

const environment = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  PUBLIC_URL: publicUrl,
  RETURN_URLS: 'https://app.example.test',
  JWT_KEYS: 'k1:a-signing-secret-of-32-characters!!!',
  TOKEN_KEYS: `t1:${Buffer.alloc(32, 7).toString('base64')}`,
  CURSOR_SECRET: 'a cursor secret of 32 characters!',
  GOOGLE_CLIENT_ID: sandboxClient.clientId,
  GOOGLE_CLIENT_SECRET: sandboxClient.clientSecret,
  GMAIL_PUSH_TOPIC: 'projects/inbrief-sandbox/topics/gmail',
  GMAIL_PUSH_SERVICE_ACCOUNT: pushAccount,
  GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
  GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '100000000',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef',
  ANTHROPIC_API_KEY: 'key',
};
