import { v7 as uuidv7 } from 'uuid';
import { ListConnectionsDueForSync, WalkMailbox } from '../../../../src/gmail/contracts';
import { type ConnectedMailbox, type GmailApp, mail, startGmailApp } from './gmail-app';

let gmail: GmailApp;
beforeAll(async () => {
  gmail = await startGmailApp();
});
afterAll(() => gmail.close());
afterEach(() => gmail.emulator.faults.clear());

const walk = ({ userId, connectionId }: ConnectedMailbox, maxMails?: number) =>
  gmail.commands.execute(new WalkMailbox(userId, connectionId, uuidv7(), maxMails));

async function discovered({ connectionId }: ConnectedMailbox): Promise<string[]> {
  const rows = await gmail.sql<{ id: string }>(
    `select gmail_message_id as id from email_discoveries where connection_id = $1 order by received_at desc`,
    [connectionId],
  );
  return rows.map(({ id }) => id);
}

const present = ({ mailbox }: ConnectedMailbox): string[] => mailbox.newestFirst().map(({ id }) => id);

async function announced({ connectionId }: ConnectedMailbox): Promise<string[][]> {
  const rows = await gmail.sql<{ ids: string[] }>(
    `select payload->'emailIds' as ids from outbox_messages
     where subject_id = $1 and type = 'gmail.emails-discovered.v1' order by id`,
    [connectionId],
  );
  return rows.map(({ ids }) => ids);
}

describe('the first walk through a mailbox', () => {
  it('discovers every mail once, newest first, in events of at most 100', async () => {
    const box = await gmail.connected(250);
    expect(await walk(box)).toEqual({ mode: 'backfill', pages: 5, discovered: 250 });
    expect(await discovered(box)).toEqual(present(box));
    const events = await announced(box);
    expect(events.map((ids) => ids.length)).toEqual([100, 100, 50]);
    const order = await gmail.sql<{ id: string }>(
      `select id from email_discoveries where connection_id = $1 order by received_at desc`,
      [box.connectionId],
    );
    expect(events.flat()).toEqual(order.map(({ id }) => id));
  });

  it('leaves promotions, spam, drafts and own mail alone', async () => {
    const box = await gmail.connected([
      mail(0),
      mail(1, ['INBOX', 'CATEGORY_PROMOTIONS']),
      mail(2, ['SPAM']),
      mail(3, ['SENT']),
      mail(4, ['DRAFT']),
      mail(5, ['INBOX', 'CATEGORY_UPDATES']),
    ]);
    expect(await walk(box)).toMatchObject({ discovered: 2 });
  });

  it('takes no more than it is asked to', async () => {
    const box = await gmail.connected(130);
    expect(await walk(box, 115)).toMatchObject({ discovered: 115 });
    expect(await discovered(box)).toEqual(present(box).slice(0, 115));
    expect(await walk(box)).toMatchObject({ mode: 'history', discovered: 0 });
  });

  // Mutant caught: a cursor or page token that moves before its rows loses the page that failed.
  it('goes on where it was cut off, and finds everything once', async () => {
    const box = await gmail.connected(350);
    gmail.emulator.faults.add({
      path: '/messages$',
      action: 'respond',
      status: 400,
      skip: 2,
      body: { error: { code: 403 } },
    });
    gmail.emulator.faults.add({
      path: '/batch',
      action: 'respond',
      status: 403,
      skip: 4,
      body: { error: { code: 403 } },
    });
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.refused' });
    expect((await discovered(box)).length).toBe(200);
    const [row] = await gmail.sql(
      `select last_error_code as e, history_id from gmail_connections where id = $1`,
      [box.connectionId],
    );
    expect(row).toEqual({ e: 'gmail.refused', history_id: null });
    expect(await walk(box)).toMatchObject({ mode: 'backfill', discovered: 150 });
    expect(await discovered(box)).toEqual(present(box));
    expect((await announced(box)).flat()).toHaveLength(350);
  });

  it('finds what arrives while it reads, and is not put off by what vanishes', async () => {
    const box = await gmail.connected(220);
    const vanishing = box.mailbox.newestFirst()[150]!.id;
    const running = walk(box);
    await new Promise((resolve) => setTimeout(resolve, 30));
    box.mailbox.add([mail(-1), mail(-2)]);
    box.mailbox.delete(vanishing);
    await running;
    const found = await discovered(box);
    for (const id of present(box)) expect(found).toContain(id);
    expect(new Set(found).size).toBe(found.length);
  });
});

describe('a later walk', () => {
  it('reads the history from the cursor', async () => {
    const box = await gmail.connected(3);
    await walk(box);
    box.mailbox.add([mail(-1), mail(-2, ['SPAM']), mail(-3, ['SENT'])]);
    expect(await walk(box)).toEqual({ mode: 'history', pages: 1, discovered: 1 });
    expect(await walk(box)).toEqual({ mode: 'history', pages: 1, discovered: 0 });
  });

  it('finds a mail that came out of spam', async () => {
    const box = await gmail.connected([mail(0, ['SPAM'])]);
    expect(await walk(box)).toMatchObject({ discovered: 0 });
    box.mailbox.relabel([box.mailbox.newestFirst()[0]!], ['INBOX'], ['SPAM']);
    expect(await walk(box)).toMatchObject({ discovered: 1 });
  });

  it('reads a long history in pages and keeps the cursor of the pages that were stored', async () => {
    const box = await gmail.connected(1);
    await walk(box);
    box.mailbox.add(Array.from({ length: 250 }, (_, n) => mail(-1 - n)));
    gmail.emulator.faults.add({
      path: '/history$',
      action: 'respond',
      status: 403,
      skip: 2,
      body: { error: { code: 403 } },
    });
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.refused' });
    expect(await discovered(box)).toHaveLength(201);
    expect(await walk(box)).toMatchObject({ mode: 'history', discovered: 50 });
  });

  it('falls back to a backfill when the cursor is too old, without a duplicate', async () => {
    const box = await gmail.connected(120);
    await walk(box);
    box.mailbox.add([mail(-1), mail(-2)]);
    box.mailbox.history.expire();
    const [before] = await gmail.sql<{ id: string }>(
      `select history_id as id from gmail_connections where id = $1`,
      [box.connectionId],
    );
    expect(await walk(box)).toMatchObject({ discovered: 2 });
    const [after] = await gmail.sql<{ id: string }>(
      `select history_id as id from gmail_connections where id = $1`,
      [box.connectionId],
    );
    expect(Number(after!.id)).toBeGreaterThan(Number(before!.id));
    expect(await discovered(box)).toEqual(present(box));
  });
});

describe('a walk in trouble', () => {
  it('asks again for the parts of a batch that failed, alone', async () => {
    const box = await gmail.connected(60);
    gmail.emulator.faults.add({
      path: '/messages/[^/]+$',
      action: 'respond',
      status: 429,
      times: 5,
      headers: { 'retry-after': '0' },
      body: { error: { code: 429 } },
    });
    await walk(box);
    expect(await discovered(box)).toEqual(present(box));
  });

  it('survives 5xx, 403 rate limits, dropped connections and a refused token', async () => {
    const box = await gmail.connected(150);
    const limited = { error: { code: 403, errors: [{ reason: 'userRateLimitExceeded' }] } };
    gmail.emulator.faults.add({ path: '/messages$', action: 'respond', status: 503 });
    gmail.emulator.faults.add({ path: '/messages$', action: 'respond', status: 403, body: limited });
    gmail.emulator.faults.add({ path: '^/batch', action: 'drop' });
    gmail.emulator.faults.add({ path: '^/batch', action: 'drop-after', skip: 1 });
    gmail.google.tokens.expireAccessTokens(box.email);
    await walk(box);
    expect(await discovered(box)).toEqual(present(box));
  });

  it('asks for a new consent when Google refuses the old one', async () => {
    const box = await gmail.connected(2);
    gmail.google.tokens.revokeGrants(box.email);
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.needs-reauth' });
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.needs-reauth', kind: 'conflict' });
  });

  it('is the only one in its mailbox', async () => {
    const box = await gmail.connected(120);
    // The first is still at it when the last asks, however busy the machine.
    gmail.emulator.faults.add({ path: '/messages$', action: 'delay', delayMs: 500, times: 1 });
    const answers = await Promise.allSettled([walk(box), walk(box), walk(box)]);
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'gmail.walk-in-progress' } });
    expect(await discovered(box)).toHaveLength(120);
  });

  // Mutant caught: a commit that does not compare the lease lets a walker write that was taken for dead.
  it('writes nothing more once another walker has taken over', async () => {
    const box = await gmail.connected(250);
    gmail.emulator.faults.add({ path: '/messages$', action: 'delay', delayMs: 300, skip: 1 });
    const running = walk(box);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await gmail.sql(`update gmail_connections set lease_token = gen_random_uuid() where id = $1`, [
      box.connectionId,
    ]);
    const before = (await discovered(box)).length;
    await expect(running).rejects.toMatchObject({ code: 'gmail.lease-lost', kind: 'unavailable' });
    expect(await discovered(box)).toHaveLength(before);
  });

  it('takes a mailbox over whose walker died', async () => {
    const box = await gmail.connected(5);
    await gmail.sql(
      `update gmail_connections set lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 second' where id = $1`,
      [box.connectionId],
    );
    expect(await walk(box)).toMatchObject({ discovered: 5 });
  });

  it('ends at the next page when its mailbox is disconnected', async () => {
    const box = await gmail.connected(1);
    await gmail.sql(`update gmail_connections set status = 'paused' where id = $1`, [box.connectionId]);
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.not-connected' });
    await expect(walk({ ...box, userId: await gmail.user() })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('fetching a mail', () => {
  it('gives its parts, with large texts filled in', async () => {
    const text = 'word '.repeat(200_000);
    const raw = Buffer.from(
      `From: a@b.test\r\nSubject: Long\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
    );
    const box = await gmail.connected([{ raw, internalDate: 1_700_000_000_000 }]);
    await walk(box);
    const [row] = await gmail.sql<{ id: string }>(
      `select id from email_discoveries where connection_id = $1`,
      [box.connectionId],
    );
    const fetched = await gmail.fetch(box.userId, row!.id);
    expect(fetched).toMatchObject({
      emailId: row!.id,
      connectionId: box.connectionId,
      receivedAt: '2023-11-14T22:13:20.000Z',
    });
    expect(fetched.labels).toContain('INBOX');
    expect(Buffer.from(fetched.payload.body!.data!, 'base64url').toString()).toContain('word word');
  });

  it('says that a mail is gone, for that mail alone', async () => {
    const box = await gmail.connected(2);
    await walk(box);
    const gone = box.mailbox.newestFirst()[0]!.id;
    box.mailbox.delete(gone);
    const rows = await gmail.sql<{ id: string; gone: boolean }>(
      `select id, gmail_message_id = $2 as gone from email_discoveries where connection_id = $1`,
      [box.connectionId, gone],
    );
    for (const row of rows) {
      const fetching = gmail.fetch(box.userId, row.id);
      if (row.gone)
        await expect(fetching).rejects.toMatchObject({ kind: 'gone', code: 'gmail.message-gone' });
      else expect(await fetching).toMatchObject({ emailId: row.id });
    }
    const foreign = gmail.fetch(await gmail.user(), rows[0]!.id);
    await expect(foreign).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('the list of mailboxes due for a poll', () => {
  it('holds connected ones that waited long enough, the longest waiting first', async () => {
    const fresh = await gmail.connected(1);
    await walk(fresh);
    const never = await gmail.connected(1);
    const due = await gmail.queries.execute(new ListConnectionsDueForSync(60_000, 1_000));
    const ids = due.map(({ connectionId }) => connectionId);
    expect(ids).toContain(never.connectionId);
    expect(ids).not.toContain(fresh.connectionId);
  });
});
