import { consent, until } from '../../../sandbox/demo/journey';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import type { Inbrief, Summary } from '../../../sdk/src';
import { MailDigest } from '../../../src/email/mail-digest/mail-digest.handler';
import { CommandBus } from '@nestjs/cqrs';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader, type Reader } from '../../support/reader';
import { buyCredits, settledBooks, syncAndWait } from '../../support/sdk-journey';

/** The day of the notes that a reader begins with. */
const day = '2026-11-20';

describe('what a reader does with their mails', () => {
  let product: TestApp;
  let post: MailCatcher;
  let reader: Reader;
  let inbrief: Inbrief;
  let first: Summary;
  let connectionId: string;
  beforeAll(async () => {
    post = await startMailCatcher();
    product = await startTestApp({ env: { SMTP_URL: post.url } });
    reader = await arrangeReader(product, 3);
    inbrief = reader.inbrief;
    // Reading alone was asked for at first; acting on mails is a consent of its own.
    const { consentUrl } = await inbrief.connections.create({ actions: true, loginHint: reader.email });
    await consent(consentUrl, reader.email, product.url);
    await syncAndWait(inbrief);
    await settledBooks(inbrief);
    const [summary] = (await inbrief.summaries.list({ limit: 1 })).data;
    if (!summary) throw new Error('There is no summary');
    first = summary;
    connectionId = summary.connectionId;
  });
  afterEach(() => expectRightBooks(product));
  afterAll(async () => {
    await product.close();
    await post.close();
  });

  it('finds them by word, by page and by day', async () => {
    expect((await inbrief.summaries.list({ q: 'note' })).data).toHaveLength(3);
    expect((await inbrief.summaries.list({ q: 'zzzzzz' })).data).toEqual([]);
    const pages: number[] = [];
    for await (const { data } of inbrief.summaries.list({ limit: 2 }).pages()) pages.push(data.length);
    expect(pages).toEqual([2, 1]);
    expect(await inbrief.summaries.digest({ day })).toMatchObject({ day, mails: 3, timeZone: 'UTC' });
  });

  it('marks them read, and says whether they were of use', async () => {
    await inbrief.summaries.markRead(first.id);
    expect((await inbrief.summaries.list({ unread: false })).data.map(({ id }) => id)).toContain(first.id);
    await inbrief.summaries.markUnread(first.id);
    expect((await inbrief.summaries.get(first.id)).readAt).toBeNull();
    const feedback = { useful: false, reason: 'too-long', comment: 'Twice the mail itself.' } as const;
    await inbrief.summaries.giveFeedback(first.id, feedback);
    expect((await inbrief.summaries.get(first.id)).feedback).toMatchObject(feedback);
  });

  it('has one summarised again, for a credit that was named before', async () => {
    const before = await inbrief.billing.balance();
    expect(await inbrief.summaries.quoteResummary(first.id)).toEqual({
      credits: 1,
      available: before.available,
    });
    await inbrief.summaries.resummarise(first.id);
    await until(
      async () => (await inbrief.billing.balance()).captured === before.captured + 1,
      'its capture',
    );
    expect((await inbrief.summaries.get(first.id)).supersededAt).not.toBeNull();
    expect((await inbrief.summaries.list()).data).toHaveLength(3);
  });

  it('acts on a mail and takes it back', async () => {
    const [summary] = (await inbrief.summaries.list({ limit: 1 })).data;
    const { actions } = await inbrief.actions.create({ kind: 'star', emailIds: [summary?.emailId ?? ''] });
    const id = actions[0]?.id ?? '';
    const status = async () =>
      (await inbrief.actions.list().all()).find((action) => action.id === id)?.status;
    await until(async () => (await status()) === 'applied', 'the star');
    await inbrief.actions.undo(id);
    await until(async () => (await status()) === 'undone', 'its end');
  });

  it('has rules that were tried before they act', async () => {
    const rule = {
      ...{ kind: 'archive' as const, categories: [], urgencies: [] },
      ...{ senders: ['@example.org'], lists: [] },
    };
    expect((await inbrief.rules.dryRun(rule)).matched).toBe(3);
    const { id } = await inbrief.rules.create({ ...rule, name: 'Notes' });
    expect((await inbrief.rules.list()).data).toMatchObject([{ id, name: 'Notes', enabled: true }]);
    await inbrief.rules.update(id, { enabled: false });
    expect(await inbrief.rules.get(id)).toMatchObject({ enabled: false });
    await inbrief.rules.delete(id);
    await expect(inbrief.rules.get(id)).rejects.toMatchObject({ status: 404 });
  });

  it('sees what was used and paid for, and asks for more by itself', async () => {
    await buyCredits(inbrief, 1);
    expect((await inbrief.transactions.list({ kind: ['capture'] }).all()).length).toBe(4);
    expect((await inbrief.users.usage()).days.at(-1)).toMatchObject({ discovered: 3, summarised: 4 });
    await until(
      async () => (await inbrief.history.list({ kind: 'purchase' })).data.length === 1,
      'the purchase',
    );
    expect(await inbrief.history.export(new Date().toISOString().slice(0, 7))).toContain('purchase');
    expect((await inbrief.runs.list()).data).toHaveLength(1);
    const topUp = await inbrief.topUp.update({ enabled: false, threshold: 7 });
    expect(await inbrief.topUp.get()).toEqual(topUp);
  });

  it('is mailed a digest, until they say that it is enough', async () => {
    await inbrief.users.update({ preferences: { digest: true } });
    await product.sql('update users set email_verified_at = now() where id = $1', [reader.userId]);
    await product.sql('insert into digest_mails (user_id, day, time_zone) values ($1, $2, $3)', [
      reader.userId,
      day,
      'UTC',
    ]);
    await product.app.get(CommandBus).execute(new MailDigest(reader.userId, day));
    const token = /unsubscribe\?token=([\w-]+)/.exec(post.to(reader.email).at(-1)?.text ?? '')?.[1] ?? '';
    expect(await inbrief.summaries.showUnsubscribe({ token })).toContain('<form');
    expect((await inbrief.users.me()).preferences).toMatchObject({ digest: true });
    await inbrief.summaries.unsubscribeDigest({ token });
    expect((await inbrief.users.me()).preferences).toMatchObject({ digest: false });
  });

  it('says what of a mailbox is read, and disconnects it', async () => {
    expect((await inbrief.connections.listLabels(connectionId)).data).toContainEqual(
      expect.objectContaining({ id: 'INBOX', type: 'system' }),
    );
    await inbrief.connections.update(connectionId, { skipLabels: ['CATEGORY_PROMOTIONS'] });
    expect((await inbrief.connections.get(connectionId)).filter).toMatchObject({
      skipLabels: ['CATEGORY_PROMOTIONS'],
    });
    await inbrief.connections.delete(connectionId);
    await expect(inbrief.gmail.sync({})).rejects.toThrow('jobs.connection-not-ready');
  });
});
