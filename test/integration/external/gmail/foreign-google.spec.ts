import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { ConnectGmail } from '../../../../src/gmail/connect-gmail/connect-gmail.handler';
import { WalkMailbox } from '../../../../src/gmail/contracts';
import { FinishConnect } from '../../../../src/gmail/finish-connect/finish-connect.handler';
import { AccessTokens } from '../../../../src/gmail/tokens/access-tokens';
import { type GmailApp, publicUrl, startGmailApp } from './gmail-app';

const email = 'ada@example.com';
const client = { client_id: 'foreign-client', client_secret: 'foreign-secret' };
const messages = ['First', 'Second', 'Third'].map((subject, n) => ({
  id: `msg_${n}`,
  user_email: email,
  from: 'Bob <bob@example.com>',
  to: email,
  subject,
  body_text: `${subject} mail, in full.`,
  label_ids: ['INBOX', 'UNREAD'],
}));

let google: ChildProcess;
let folder: string;
let url: string;
let gmail: GmailApp;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-google-'));
  const seed = join(folder, 'seed.json');
  const clients = [{ ...client, name: 'Inbrief', redirect_uris: [`${publicUrl}/api/gmail/callback`] }];
  writeFileSync(
    seed,
    JSON.stringify({ google: { users: [{ email, name: 'Ada' }], oauth_clients: clients, messages } }),
  );
  const port = await freePort();
  const program = join(__dirname, '../../../../node_modules/emulate/dist/index.js');
  const options = ['--service', 'google', '--port', String(port), '--seed', seed];
  google = spawn(process.execPath, [program, ...options], { cwd: folder, stdio: 'ignore' });
  url = `http://localhost:${port}`;
  await reachable(url);
  gmail = await startGmailApp({
    env: {
      GOOGLE_OAUTH_BASE_URL: url,
      GOOGLE_API_BASE_URL: url,
      GOOGLE_CLIENT_ID: client.client_id,
      GOOGLE_CLIENT_SECRET: client.client_secret,
    },
  });
}, 60_000);

afterAll(async () => {
  await gmail.close();
  const gone = once(google, 'exit');
  google.kill();
  await gone;
  rmSync(folder, { recursive: true });
});

/** Somebody else's reading of Google's documentation, with none of our code in it: only the base URLs are changed. */
describe('a Google emulator that is not ours', () => {
  it('sees us connect, sync, fetch and refresh', async () => {
    const userId = await gmail.user();
    const answer = await allow(await gmail.commands.execute(new ConnectGmail(userId, uuidv7())));
    const connected = await gmail.commands.execute(
      new FinishConnect(answer.get('state') ?? '', answer.get('code') ?? undefined, undefined),
    );
    expect(connected).toMatchObject({ emailAddress: email });
    const { connectionId } = connected as { connectionId: string };

    const walk = () => gmail.commands.execute(new WalkMailbox(userId, connectionId, uuidv7()));
    expect(await walk()).toMatchObject({ mode: 'backfill', discovered: 3 });

    const token = await gmail.app.get(AccessTokens).get(userId, connectionId);
    await insertMessage(token);
    expect(await walk()).toMatchObject({ mode: 'history', discovered: 1 });

    const [row] = await gmail.sql<{ id: string }>(
      `select id from email_discoveries where connection_id = $1 and gmail_message_id = 'msg_1'`,
      [connectionId],
    );
    const mail = await gmail.fetch(userId, row!.id);
    expect(JSON.stringify(mail.payload.headers)).toContain('Second');

    await gmail.sql(`update gmail_connections set access_token_expires_at = now() where id = $1`, [
      connectionId,
    ]);
    expect(await gmail.app.get(AccessTokens).get(userId, connectionId)).not.toBe(token);
  });
});

/** Chooses the account on its consent page, which is a form of its own. */
async function allow(consentUrl: string): Promise<URLSearchParams> {
  const asked = new URL(consentUrl).searchParams;
  const form = new URLSearchParams({ email });
  for (const name of [
    'redirect_uri',
    'scope',
    'state',
    'client_id',
    'code_challenge',
    'code_challenge_method',
  ])
    form.set(name, asked.get(name) ?? '');
  const response = await fetch(`${url}/o/oauth2/v2/auth/callback`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '').searchParams;
}

async function insertMessage(token: string): Promise<void> {
  const raw = Buffer.from(
    `From: bob@example.com\r\nTo: ${email}\r\nSubject: Fourth\r\n\r\nNew.\r\n`,
  ).toString('base64url');
  const response = await fetch(`${url}/gmail/v1/users/me/messages/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ raw, labelIds: ['INBOX', 'UNREAD'] }),
  });
  expect(response.status).toBe(200);
}

async function reachable(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${address}/.well-known/openid-configuration`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The foreign emulator did not start');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
