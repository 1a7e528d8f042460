import { Module } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { GetGmailPersonalData } from '../../../../src/auth/contracts';
import { CountMailOutcomes, type MailOutcomes, WalkMailbox } from '../../../../src/gmail/contracts';
import { ForgetMailboxes } from '../../../../src/gmail/forget-user/forget-mailboxes.handler';
import { type ConnectedMailbox, type GmailApp, mail, startGmailApp } from './gmail-app';

/** The jobs module's answer, so that gmail can be tested alone. */
@QueryHandler(CountMailOutcomes)
class OutcomesHandler implements IQueryHandler<CountMailOutcomes> {
  execute(): Promise<MailOutcomes> {
    return Promise.resolve({ summarised: 3, skipped: { 'email.encrypted': 1 }, failed: 1, waiting: 2 });
  }
}

@Module({ providers: [OutcomesHandler] })
class JobsStandIn {}

let gmail: GmailApp;
beforeAll(async () => {
  gmail = await startGmailApp({ modules: [JobsStandIn] });
});
afterAll(() => gmail.close());
afterEach(() => gmail.emulator.faults.clear());

const walk = ({ userId, connectionId }: ConnectedMailbox) =>
  gmail.commands.execute(new WalkMailbox(userId, connectionId, uuidv7()));

const get = ({ connectionId }: ConnectedMailbox, userId: string) =>
  request(gmail.http).get(`/api/gmail/connections/${connectionId}`).set('x-test-user', userId);

const patch = ({ userId, connectionId }: ConnectedMailbox, body: object) =>
  request(gmail.http).patch(`/api/gmail/connections/${connectionId}`).set('x-test-user', userId).send(body);

describe('one mailbox', () => {
  it('tells what became of its mails, how old its cursor is, and how it is', async () => {
    const box = await gmail.connected(4);
    expect((await get(box, box.userId).expect(200)).body).toMatchObject({
      status: 'connected',
      healthy: true,
      backfillComplete: false,
      cursorAgeSeconds: null,
    });
    await walk(box);
    const { body } = await get(box, box.userId).expect(200);
    expect(body).toMatchObject({
      id: box.connectionId,
      emailAddress: box.email,
      actionsAllowed: false,
      healthy: true,
      backfillComplete: true,
      lastError: null,
      lastPushAt: null,
      coverage: { discovered: 4, summarised: 3, skipped: { 'email.encrypted': 1 }, failed: 1, waiting: 2 },
      filter: { onlyLabels: [], skipLabels: expect.arrayContaining(['SPAM']), backfillDays: null },
    });
    expect(body.cursorAgeSeconds).toBeLessThan(30);
    expect(JSON.stringify(body)).not.toMatch(/cipher|token|lease/i);
  });

  it('tells its last error, and that it is not well', async () => {
    const box = await gmail.connected(1);
    gmail.emulator.faults.add({
      path: '/profile$',
      action: 'respond',
      status: 403,
      body: { error: { code: 403 } },
    });
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.refused' });
    await gmail.sql(
      `update gmail_connections set failing_since = now() - interval '15 minutes' where id = $1`,
      [box.connectionId],
    );
    expect((await get(box, box.userId)).body).toMatchObject({ lastError: 'gmail.refused', healthy: false });
  });

  it('is nobody else’s to see or to change', async () => {
    const box = await gmail.connected(1);
    const stranger = await gmail.user();
    await get(box, stranger).expect(404);
    await patch({ ...box, userId: stranger }, { paused: true }).expect(404);
    expect((await get(box, box.userId)).body.status).toBe('connected');
  });
});

describe('the labels of a mailbox', () => {
  it('are read from Gmail, for their owner', async () => {
    const box = await gmail.connected(0);
    const path = `/api/gmail/connections/${box.connectionId}/labels`;
    const { body } = await request(gmail.http).get(path).set('x-test-user', box.userId).expect(200);
    expect(body.data).toEqual(expect.arrayContaining([{ id: 'INBOX', name: 'INBOX', type: 'system' }]));
    await request(gmail.http)
      .get(path)
      .set('x-test-user', await gmail.user())
      .expect(404);
  });
});

describe('setting up a mailbox', () => {
  it('pauses and resumes it, with a reason in between', async () => {
    const box = await gmail.connected(1);
    await patch(box, { paused: true }).expect(204);
    expect((await get(box, box.userId)).body).toMatchObject({
      status: 'paused',
      statusReason: expect.stringContaining('paused'),
    });
    await expect(walk(box)).rejects.toMatchObject({ code: 'gmail.not-connected' });
    await patch(box, { paused: false }).expect(204);
    expect(await walk(box)).toMatchObject({ discovered: 1 });
  });

  // Mutant caught: resuming whatever is not connected would call a mailbox connected that has no tokens.
  it('does not resume what was not paused', async () => {
    const box = await gmail.connected(1);
    await request(gmail.http)
      .delete(`/api/gmail/connections/${box.connectionId}`)
      .set('x-test-user', box.userId);
    expect((await patch(box, { paused: false }).expect(409)).body.code).toBe('gmail.status-conflict');
    await patch(box, { paused: true }).expect(409);
  });

  it('finds what the old filter left out, and skips what the new one does not want', async () => {
    const box = await gmail.connected([
      mail(0),
      mail(1, ['INBOX', 'CATEGORY_PROMOTIONS']),
      mail(2, ['INBOX', 'CATEGORY_SOCIAL']),
    ]);
    expect(await walk(box)).toMatchObject({ discovered: 2 });
    await patch(box, { skipLabels: ['SPAM', 'TRASH', 'SENT', 'CATEGORY_SOCIAL'] }).expect(204);
    expect(await walk(box)).toMatchObject({ mode: 'backfill', discovered: 1 });
    box.mailbox.add([mail(-1, ['INBOX', 'CATEGORY_SOCIAL']), mail(-2, ['INBOX', 'CATEGORY_PROMOTIONS'])]);
    expect(await walk(box)).toMatchObject({ mode: 'history', discovered: 1 });
  });

  it('reads only labels that were chosen, and only so far back', async () => {
    const old = { ...mail(0), internalDate: Date.now() - 40 * 86_400_000 };
    const fresh = { ...mail(1), internalDate: Date.now() - 86_400_000 };
    const starred = { ...mail(2, ['INBOX', 'STARRED']), internalDate: Date.now() - 86_400_000 };
    const box = await gmail.connected([old, fresh, starred]);
    await patch(box, { onlyLabels: ['STARRED'], backfillDays: 30 }).expect(204);
    expect(await walk(box)).toMatchObject({ discovered: 1 });
    await patch(box, { onlyLabels: [] }).expect(204);
    expect(await walk(box)).toMatchObject({ discovered: 1 });
    await patch(box, { backfillDays: 60 }).expect(204);
    expect(await walk(box)).toMatchObject({ discovered: 1 });
  });

  it('refuses labels that are none', async () => {
    const box = await gmail.connected(0);
    await patch(box, { skipLabels: ['no label; drop table'] }).expect(400);
    await patch(box, { backfillDays: 0 }).expect(400);
  });
});

describe('the mailboxes of a deleted account', () => {
  it('lose their tokens, their rules, and the names of everybody who wrote', async () => {
    const box = await gmail.connected(2);
    await walk(box);
    await gmail.sql(
      `insert into email_rules (id, user_id, name, categories, kind) values (gen_random_uuid(), $1, 'News', '{news}', 'star')`,
      [box.userId],
    );
    const exported = await gmail.queries.execute(new GetGmailPersonalData(box.userId));
    expect(JSON.stringify(exported)).toContain('bob@example.test');
    expect(JSON.stringify(exported)).toContain('News');
    await gmail.commands.execute(new ForgetMailboxes(box.userId));
    const left = await gmail.sql(
      `select c.email_address as address, c.refresh_token_cipher as token, d.sender,
         (select count(*)::int from email_rules r where r.user_id = c.user_id) as rules
       from gmail_connections c join email_discoveries d on d.connection_id = c.id where c.user_id = $1`,
      [box.userId],
    );
    const nothing = { address: 'deleted', token: null, sender: null, rules: 0 };
    expect(left).toEqual([nothing, nothing]);
  });
});
