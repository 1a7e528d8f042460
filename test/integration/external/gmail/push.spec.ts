import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { pushToken } from '../../../../sandbox/google/push/push-token';
import {
  FlagStalledConnections,
  ListConnectionsDueForSync,
  RenewWatch,
  RenewWatches,
  WalkMailbox,
} from '../../../../src/gmail/contracts';
import {
  type ConnectedMailbox,
  type GmailApp,
  mail,
  publicUrl,
  pushAccount,
  startGmailApp,
} from './gmail-app';

let gmail: GmailApp;
beforeAll(async () => {
  gmail = await startGmailApp();
});
afterAll(() => gmail.close());

const audience = `${publicUrl}/api/gmail/push`;
const good = () => pushToken(gmail.google.key, { aud: audience, email: pushAccount }, Date.now());

function push(body: object, token: string | undefined = good()): request.Test {
  const call = request(gmail.http).post('/api/gmail/push');
  return (token === '' ? call : call.set('authorization', `Bearer ${token}`)).send(body);
}

function notice({ email, mailbox }: ConnectedMailbox): object {
  const data = JSON.stringify({ emailAddress: email, historyId: mailbox.history.current });
  return { message: { data: Buffer.from(data).toString('base64'), messageId: '1' }, subscription: 's' };
}

async function changes({ connectionId }: ConnectedMailbox): Promise<number> {
  const rows = await gmail.sql(
    `select 1 from outbox_messages where subject_id = $1 and type = 'gmail.mailbox-changed.v1'`,
    [connectionId],
  );
  return rows.length;
}

const walk = ({ userId, connectionId }: ConnectedMailbox) =>
  gmail.commands.execute(new WalkMailbox(userId, connectionId, uuidv7()));

async function historyCalls(): Promise<number> {
  const answer = await fetch(`${gmail.emulator.url}/__control/requests`);
  const { requests } = (await answer.json()) as { requests: { path: string }[] };
  return requests.filter(({ path }) => path.endsWith('/history')).length;
}

describe('who may push', () => {
  it.each<[string, () => string]>([
    [
      'a token for another audience',
      () => pushToken(gmail.google.key, { aud: 'https://other.test/', email: pushAccount }, Date.now()),
    ],
    [
      'a token of another account',
      () => pushToken(gmail.google.key, { aud: audience, email: 'me@evil.test' }, Date.now()),
    ],
    [
      'an address Google has not verified',
      () =>
        pushToken(gmail.google.key, { aud: audience, email: pushAccount, emailVerified: false }, Date.now()),
    ],
    [
      'another issuer',
      () =>
        pushToken(
          gmail.google.key,
          { aud: audience, email: pushAccount, iss: 'https://evil.test' },
          Date.now(),
        ),
    ],
    [
      'a token that is over',
      () => pushToken(gmail.google.key, { aud: audience, email: pushAccount, expiresIn: -900 }, Date.now()),
    ],
    [
      'a key that is not Google’s',
      () => pushToken(gmail.google.foreignKey, { aud: audience, email: pushAccount }, Date.now()),
    ],
    ['a token without a signature', () => `${good().split('.').slice(0, 2).join('.')}.`],
    [
      'an unsigned header',
      () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good().split('.')[1]!}.AAAA`,
    ],
    ['no token', () => ''],
    ['nonsense', () => 'x'],
  ])('not %s', async (_name, token) => {
    const answer = await push({}, token()).expect(401);
    expect(answer.body.code).toBe('gmail.push-refused');
  });

  it('is Google, by Google’s own signature, whatever it says', async () => {
    await push({}).expect(204);
    await push({ message: { data: 'nonsense' } }).expect(204);
    const data = Buffer.from(JSON.stringify({ emailAddress: 'nobody@example.test', historyId: 1 })).toString(
      'base64',
    );
    await push({ message: { data } }).expect(204);
  });
});

describe('a push', () => {
  // Mutant caught: publishing per push queues fifty walks.
  it('asks for one walk, however many come at once', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    box.mailbox.add([mail(-1)]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => push(notice(box))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(await changes(box)).toBe(1);
    const before = await historyCalls();
    expect(await walk(box)).toMatchObject({ discovered: 1 });
    expect((await historyCalls()) - before).toBe(1);
  });

  it('asks for none about what is known already', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    await push(notice(box)).expect(204);
    expect(await changes(box)).toBe(0);
  });

  it('asks again once the walk it asked for is over', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    for (const n of [1, 2]) {
      box.mailbox.add([mail(-n)]);
      await push(notice(box)).expect(204);
      await walk(box);
    }
    expect(await changes(box)).toBe(2);
  });

  // Mutant caught: a walk that ends without looking at the pushes leaves a mail until the next poll.
  it('that comes while a walk runs is seen by that walk', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    gmail.emulator.faults.add({ path: '/history$', action: 'delay', delayMs: 300 });
    const running = walk(box);
    await new Promise((resolve) => setTimeout(resolve, 400));
    gmail.emulator.faults.clear();
    box.mailbox.add([mail(-1)]);
    await push(notice(box)).expect(204);
    const found = (await running).discovered + (await walk(box)).discovered;
    expect(found).toBe(1);
  });

  it('whose walk got lost makes the mailbox due after a minute, long before the poll', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    box.mailbox.add([mail(-1)]);
    await push(notice(box)).expect(204);
    const due = async (): Promise<boolean> =>
      (await gmail.queries.execute(new ListConnectionsDueForSync(3_600_000, 1_000))).some(
        ({ connectionId }) => connectionId === box.connectionId,
      );
    expect(await due()).toBe(false);
    await gmail.sql(
      `update gmail_connections set push_pending_since = now() - interval '61 seconds' where id = $1`,
      [box.connectionId],
    );
    expect(await due()).toBe(true);
  });

  it('that is lost does no harm: the next poll finds the mail', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    box.mailbox.add([mail(-1), mail(-2)]);
    expect(await changes(box)).toBe(0);
    expect(await walk(box)).toMatchObject({ discovered: 2 });
  });

  it('arrives through Google’s own sender', async () => {
    const box = await gmail.connected(1);
    await gmail.commands.execute(new RenewWatch(box.userId, box.connectionId));
    await walk(box);
    await new Promise<void>((resolve) => gmail.http.listen(0, '127.0.0.1', resolve));
    const { port } = gmail.http.address() as AddressInfo;
    gmail.google.pushes.settings = {
      ...gmail.google.pushes.settings,
      endpoint: `http://127.0.0.1:${port}/api/gmail/push`,
      audience,
      serviceAccount: pushAccount,
    };
    box.mailbox.add([mail(-1)]);
    await gmail.google.pushes.idle();
    expect(gmail.google.pushes.snapshot().at(-1)).toMatchObject({ outcome: 'delivered', status: 204 });
    expect(await changes(box)).toBe(1);
  });
});

describe('a watch', () => {
  it('is begun, renewed after a day, and left alone in between', async () => {
    const box = await gmail.connected();
    const expiry = async (): Promise<Date | null> =>
      (
        await gmail.sql<{ at: Date | null }>(
          `select watch_expires_at as at from gmail_connections where id = $1`,
          [box.connectionId],
        )
      )[0]!.at;
    await gmail.commands.execute(new RenewWatch(box.userId, box.connectionId));
    expect((await expiry())!.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    expect(box.mailbox.watch).toMatchObject({ topicName: 'projects/inbrief-sandbox/topics/gmail' });
    await gmail.commands.execute(new RenewWatches());
    const before = await expiry();
    await gmail.sql(
      `update gmail_connections set watch_expires_at = now() + interval '5 days', watch_tried_at = now() - interval '1 day' where id = $1`,
      [box.connectionId],
    );
    expect((await gmail.commands.execute(new RenewWatches())).tried).toBe(1);
    expect((await expiry())!.getTime()).toBeGreaterThanOrEqual(before!.getTime());
    expect((await gmail.commands.execute(new RenewWatches())).tried).toBe(0);
  });

  it('that Google refuses is tried again later, and nothing is thrown', async () => {
    const box = await gmail.connected();
    gmail.emulator.faults.add({
      path: '/watch$',
      action: 'respond',
      status: 403,
      body: { error: { code: 403 } },
    });
    await gmail.commands.execute(new RenewWatch(box.userId, box.connectionId));
    expect(box.mailbox.watch).toBeUndefined();
    gmail.emulator.faults.clear();
    await gmail.commands.execute(new RenewWatches());
    expect(box.mailbox.watch).toBeDefined();
  });
});

describe('a mailbox that falls silent', () => {
  it.each([
    ['keeps failing', `failing_since = now() - interval '13 minutes'`],
    ['is not walked after a push', `push_pending_since = now() - interval '13 minutes'`],
    ['is not polled', `last_synced_at = now() - interval '73 minutes'`],
  ])('because it %s is told once', async (_name, change) => {
    const box = await gmail.connected();
    await walk(box);
    await gmail.commands.execute(new FlagStalledConnections());
    await gmail.sql(`update gmail_connections set ${change} where id = $1`, [box.connectionId]);
    expect(await gmail.commands.execute(new FlagStalledConnections())).toEqual({ stalled: 1 });
    expect(await gmail.commands.execute(new FlagStalledConnections())).toEqual({ stalled: 0 });
    const events = await gmail.sql(
      `select 1 from outbox_messages where subject_id = $1 and type = 'gmail.connection-stalled.v1'`,
      [box.connectionId],
    );
    expect(events).toHaveLength(1);
    await walk(box);
    expect(
      await gmail.sql(`select stalled_at from gmail_connections where id = $1`, [box.connectionId]),
    ).toEqual([{ stalled_at: null }]);
  });
});
