import { Module } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { ListSummaryFacts, RunRules, type SummaryFacts, WalkMailbox } from '../../../../src/gmail/contracts';
import { OutboxRelay } from '../../../../src/kernel/outbox/outbox-relay';
import { type ConnectedMailbox, type GmailApp, startGmailApp } from './gmail-app';

const summaries: SummaryFacts[] = [];

/** The email module's answer, so that gmail can be tested alone. */
@QueryHandler(ListSummaryFacts)
class SummaryFactsHandler implements IQueryHandler<ListSummaryFacts> {
  execute({ filter, limit }: ListSummaryFacts): Promise<SummaryFacts[]> {
    const wanted = summaries.filter(({ emailId }) => filter.emailIds?.includes(emailId) ?? true);
    return Promise.resolve(wanted.slice(0, limit));
  }
}

@Module({ providers: [SummaryFactsHandler] })
class EmailStandIn {}

let gmail: GmailApp;
beforeAll(async () => {
  gmail = await startGmailApp({ modules: [EmailStandIn] });
});
afterAll(() => gmail.close());
afterEach(() => {
  gmail.emulator.faults.clear();
  summaries.length = 0;
});

interface Box extends ConnectedMailbox {
  emailIds: string[];
}

async function box(mails: number, actions = true): Promise<Box> {
  const messages = Array.from({ length: mails }, (_, n) => ({
    raw: Buffer.from(
      `From: News <news@shop-${n}.example>\r\nList-Id: Weekly <weekly-${n}.example>\r\nSubject: ${n}\r\n\r\nHi\r\n`,
    ),
    internalDate: 1_700_000_000_000 - n * 60_000,
  }));
  const connected = await gmail.connected(messages, { actions });
  await gmail.commands.execute(new WalkMailbox(connected.userId, connected.connectionId, uuidv7()));
  const rows = await gmail.sql<{ id: string }>(
    `select id from email_discoveries where connection_id = $1 order by received_at desc`,
    [connected.connectionId],
  );
  return { ...connected, emailIds: rows.map(({ id }) => id) };
}

const post = (userId: string, path: string, body: object = {}) =>
  request(gmail.http).post(path).set('x-test-user', userId).send(body);
const get = (userId: string, path: string) => request(gmail.http).get(path).set('x-test-user', userId);

/** Lets the worker's relay carry out what was recorded. */
async function work(): Promise<void> {
  const relay = gmail.app.get(OutboxRelay);
  await gmail.sql(`update outbox_messages set available_at = now() where published_at is null`);
  while ((await relay.relayOnce()) > 0);
}

const labels = ({ mailbox }: Box): string[][] =>
  mailbox.newestFirst().map(({ labelIds }) => [...labelIds].sort());

async function statuses(userId: string, requestId: string): Promise<unknown> {
  const { body } = await get(userId, `/api/email/actions?requestId=${requestId}`);
  return (body as { data: { status: string; reasonCode: string | null }[] }).data.map(
    ({ status, reasonCode }) => [status, reasonCode],
  );
}

describe('acting on mails', () => {
  it('records first, then reaches Gmail, for one or many mails', async () => {
    const mine = await box(3);
    const { body } = await post(mine.userId, '/api/email/actions', {
      kind: 'archive',
      emailIds: mine.emailIds.slice(0, 2),
    }).expect(202);
    expect(body.actions).toMatchObject([{ status: 'requested' }, { status: 'requested' }]);
    expect(labels(mine)[0]).toContain('INBOX');
    await work();
    expect(labels(mine)).toEqual([['UNREAD'], ['UNREAD'], ['INBOX', 'UNREAD']]);
    expect(await statuses(mine.userId, body.requestId as string)).toEqual([
      ['applied', null],
      ['applied', null],
    ]);
  });

  // Mutant caught: without the request's id in the key, a retry of the caller acts twice.
  it('does a request once, however often it is sent', async () => {
    const mine = await box(2);
    const wish = { kind: 'star', emailIds: mine.emailIds, requestId: uuidv7() };
    const first = await post(mine.userId, '/api/email/actions', wish).expect(202);
    await work();
    const second = await post(mine.userId, '/api/email/actions', wish).expect(202);
    expect(second.body.actions).toMatchObject(
      (first.body.actions as { id: string }[]).map(({ id }) => ({ id, status: 'applied' })),
    );
    expect(await gmail.sql(`select 1 from email_actions where user_id = $1`, [mine.userId])).toHaveLength(2);
  });

  it('tells for each mail what became of it', async () => {
    const mine = await box(3);
    mine.mailbox.delete(mine.mailbox.newestFirst()[1]!.id);
    const { body } = await post(mine.userId, '/api/email/actions', {
      kind: 'mark_read',
      emailIds: mine.emailIds,
    }).expect(202);
    await work();
    expect(await statuses(mine.userId, body.requestId as string)).toEqual(
      expect.arrayContaining([
        ['applied', null],
        ['failed', 'gmail.message-gone'],
        ['applied', null],
      ]),
    );
  });

  it('is put off, not given up, while Gmail is down', async () => {
    const mine = await box(1);
    gmail.emulator.faults.add({ path: '/modify$', action: 'respond', status: 503, times: 5 });
    const { body } = await post(mine.userId, '/api/email/actions', {
      kind: 'star',
      emailIds: mine.emailIds,
    }).expect(202);
    await gmail.app.get(OutboxRelay).relayOnce();
    gmail.emulator.faults.clear();
    await work();
    expect(await statuses(mine.userId, body.requestId as string)).toEqual([['applied', null]]);
  });

  it('needs the permission that the user gives when turning actions on', async () => {
    const mine = await box(1, false);
    const { body } = await post(mine.userId, '/api/email/actions', {
      kind: 'star',
      emailIds: mine.emailIds,
    }).expect(202);
    await work();
    expect(await statuses(mine.userId, body.requestId as string)).toEqual([
      ['failed', 'gmail.actions-not-allowed'],
    ]);
  });

  it('is for one’s own mails, and for labels that are named', async () => {
    const [mine, theirs] = [await box(1), await box(1)];
    await post(mine.userId, '/api/email/actions', {
      kind: 'star',
      emailIds: [...mine.emailIds, ...theirs.emailIds],
    }).expect(404);
    expect(await gmail.sql(`select 1 from email_actions where user_id = $1`, [mine.userId])).toHaveLength(0);
    await post(mine.userId, '/api/email/actions', { kind: 'label', emailIds: mine.emailIds }).expect(400);
    await post(mine.userId, '/api/email/actions', { kind: 'burn', emailIds: mine.emailIds }).expect(400);
  });

  it('is listed newest first, page by page', async () => {
    const mine = await box(3);
    await post(mine.userId, '/api/email/actions', { kind: 'star', emailIds: mine.emailIds }).expect(202);
    await post(mine.userId, '/api/email/actions', {
      kind: 'mark_read',
      emailIds: mine.emailIds.slice(0, 2),
    }).expect(202);
    const first = (await get(mine.userId, '/api/email/actions?limit=3').expect(200)).body;
    const second = (
      await get(mine.userId, `/api/email/actions?limit=3&cursor=${first.nextCursor as string}`).expect(200)
    ).body;
    expect([...first.data, ...second.data].map(({ kind }: { kind: string }) => kind)).toEqual([
      'mark_read',
      'mark_read',
      'star',
      'star',
      'star',
    ]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('taking an action back', () => {
  async function acted(mine: Box, wish: object): Promise<string> {
    const { body } = await post(mine.userId, '/api/email/actions', {
      emailIds: mine.emailIds,
      ...wish,
    }).expect(202);
    await work();
    return body.actions[0].id as string;
  }

  it.each([
    { kind: 'archive' },
    { kind: 'mark_read' },
    { kind: 'star' },
    { kind: 'trash' },
    { kind: 'mark_unread' },
    { kind: 'label', labelId: 'IMPORTANT' },
  ])('restores exactly the labels before: %j', async (wish) => {
    const mine = await box(1);
    const before = labels(mine);
    const id = await acted(mine, wish);
    await post(mine.userId, `/api/email/actions/${id}/undo`).expect(202);
    await work();
    expect(labels(mine)).toEqual(before);
    expect((await get(mine.userId, '/api/email/actions')).body.data[0]).toMatchObject({ status: 'undone' });
    await post(mine.userId, `/api/email/actions/${id}/undo`).expect(202);
  });

  it('is possible for 30 days, once it was applied, for one’s own', async () => {
    const mine = await box(1);
    const id = await acted(mine, { kind: 'star' });
    await post(await gmail.user(), `/api/email/actions/${id}/undo`).expect(404);
    await gmail.sql(`update email_actions set applied_at = now() - interval '31 days' where id = $1`, [id]);
    expect((await post(mine.userId, `/api/email/actions/${id}/undo`).expect(409)).body.code).toBe(
      'gmail.action-not-undoable',
    );
  });

  it('leaves the action applied, with the reason, when the mail is gone', async () => {
    const mine = await box(1);
    const id = await acted(mine, { kind: 'star' });
    mine.mailbox.delete(mine.mailbox.newestFirst()[0]!.id);
    await post(mine.userId, `/api/email/actions/${id}/undo`).expect(202);
    await work();
    expect((await get(mine.userId, '/api/email/actions')).body.data[0]).toMatchObject({
      status: 'applied',
      reasonCode: 'gmail.message-gone',
    });
  });
});

describe('rules', () => {
  const newsletters = { categories: ['newsletter'], kind: 'archive' };
  const summarise = (mine: Box, categories: string[]): void => {
    summaries.push(
      ...mine.emailIds.map((emailId, n) => ({
        emailId,
        category: categories[n] ?? 'personal',
        urgency: 'normal',
      })),
    );
  };

  it('are made, listed, turned off and forgotten', async () => {
    const userId = await gmail.user();
    const { body } = await post(userId, '/api/email/rules', {
      name: 'News',
      ...newsletters,
      senders: ['@Shop.example'],
    }).expect(201);
    expect(body).toMatchObject({
      name: 'News',
      enabled: true,
      senders: ['@shop.example'],
      kind: 'archive',
      labelId: null,
    });
    const path = `/api/email/rules/${body.id as string}`;
    const stranger = await gmail.user();
    await request(gmail.http).delete(path).set('x-test-user', stranger).expect(404);
    await request(gmail.http).patch(path).set('x-test-user', userId).send({ enabled: false }).expect(204);
    expect((await get(userId, '/api/email/rules')).body.data).toMatchObject([{ enabled: false }]);
    await request(gmail.http).delete(path).set('x-test-user', userId).expect(204);
    expect((await get(userId, '/api/email/rules')).body.data).toEqual([]);
  });

  it('need a condition, for without one they would hit every mail', async () => {
    const userId = await gmail.user();
    expect(
      (await post(userId, '/api/email/rules', { name: 'All', kind: 'trash' }).expect(400)).body.code,
    ).toBe('gmail.rule-without-condition');
    await post(userId, '/api/email/rules', { name: 'Label', kind: 'label', categories: ['x'] }).expect(400);
  });

  // Mutant caught: a dry run that records what it finds would send it.
  it('show what they would do, and a dry run changes nothing', async () => {
    const mine = await box(3);
    summarise(mine, ['newsletter', 'receipt', 'newsletter']);
    const before = labels(mine);
    const { body } = await post(mine.userId, '/api/email/rules/dry-run', newsletters).expect(200);
    expect(body).toMatchObject({
      looked: 3,
      matched: 2,
      matches: [{ emailId: mine.emailIds[0], sender: 'news@shop-0.example' }, {}],
    });
    const byList = await post(mine.userId, '/api/email/rules/dry-run', {
      lists: ['weekly-1.example'],
      kind: 'trash',
    });
    expect(byList.body).toMatchObject({ matched: 1, matches: [{ emailId: mine.emailIds[1] }] });
    await work();
    expect(labels(mine)).toEqual(before);
    expect(await gmail.sql(`select 1 from email_actions where user_id = $1`, [mine.userId])).toEqual([]);
    expect(await gmail.sql(`select 1 from email_rules where user_id = $1`, [mine.userId])).toEqual([]);
  });

  it('act once on each mail whose summary fulfils them, and their acts can be taken back', async () => {
    const mine = await box(2);
    summarise(mine, ['newsletter', 'receipt']);
    await post(mine.userId, '/api/email/rules', { name: 'News', ...newsletters }).expect(201);
    for (const emailId of [...mine.emailIds, ...mine.emailIds])
      await gmail.commands.execute(new RunRules(mine.userId, emailId));
    await work();
    expect(labels(mine)).toEqual([['UNREAD'], ['INBOX', 'UNREAD']]);
    const { data } = (await get(mine.userId, '/api/email/actions')).body as { data: { id: string }[] };
    expect(data).toMatchObject([{ requestedBy: 'rule', status: 'applied' }]);
    await post(mine.userId, `/api/email/actions/${data[0]!.id}/undo`).expect(202);
    await work();
    expect(labels(mine)[0]).toEqual(['INBOX', 'UNREAD']);
  });

  it('that are turned off do nothing', async () => {
    const mine = await box(1);
    summarise(mine, ['newsletter']);
    const { body } = await post(mine.userId, '/api/email/rules', { name: 'News', ...newsletters });
    await request(gmail.http)
      .patch(`/api/email/rules/${body.id as string}`)
      .set('x-test-user', mine.userId)
      .send({ enabled: false });
    await gmail.commands.execute(new RunRules(mine.userId, mine.emailIds[0]!));
    expect(await gmail.sql(`select 1 from email_actions where user_id = $1`, [mine.userId])).toEqual([]);
  });
});
