import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { balanceOf, follow, sync, until } from '../../../sandbox/demo/journey';
import { AdjustCredits } from '../../../src/billing/contracts';
import { PurgeSummaries } from '../../../src/email/contracts';
import { WalksRepository } from '../../../src/gmail/walks.repository';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader, type Reader } from '../../support/reader';

interface Summary {
  id: string;
  emailId: string;
  gmailMessageId: string;
  connectionId: string;
  readAt: string | null;
  feedback: object | null;
  supersededAt: string | null;
}
interface Order {
  jobId: string;
  emailId: string;
  credits: number;
}

describe('a mail summarised anew', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  // Whatever was ordered, refused or raced for, the books are right once the outbox is empty.
  afterEach(async () => {
    await control('/__control/latency', { ms: 0 });
    await expectRightBooks(product);
  });
  afterAll(() => product.close());

  const control = (url: string, payload: object) =>
    product.anthropic.app.inject({ method: 'POST', url, payload });
  const refuse = () => control('/__control/answers', { kind: 'refusal', times: 1, match: 'note number 0' });
  const quotePath = (summaryId: string) => `/api/email/summaries/${summaryId}/resummarise`;
  const order = ({ api }: Reader, summaryId: string, key: string = randomUUID()) =>
    api.post<Order>(quotePath(summaryId), {}, { 'idempotency-key': key });
  const listed = async ({ api }: Reader, query = '') =>
    (await api.get<{ data: Summary[] }>(`/api/email/summaries${query}`)).data;
  const summary = ({ api }: Reader, id: string) => api.get<Summary>(`/api/email/summaries/${id}`);
  const ended = (jobId: string, state: string) =>
    until(
      async () => {
        const rows = await product.sql<{ state: string }>('select state from processing_jobs where id = $1', [
          jobId,
        ]);
        return rows[0]?.state === state;
      },
      `the job to be ${state}`,
      20_000,
    );
  const settled = ({ api }: Reader) =>
    until(async () => (await balanceOf(api)).held === 0, 'the ledger to settle');
  const count = async (table: string, { userId }: Reader) =>
    (
      await product.sql<{ n: number }>(`select count(*)::int as n from ${table} where user_id = $1`, [userId])
    )[0]?.n;

  /** Somebody with one mail that is summarised, and its summary. */
  async function arrange(): Promise<{ reader: Reader; first: Summary }> {
    const reader = await arrangeReader(product, 1);
    await follow(reader.api, await sync(reader.api), () => undefined);
    await settled(reader);
    const [first] = await listed(reader);
    if (!first) throw new Error('The mail was not summarised');
    return { reader, first };
  }

  // Mutant: the first summary not superseded.
  it('is quoted, costs one more credit, and takes the place of the old summary, which stays to be read', async () => {
    const { reader, first } = await arrange();
    const { api, userId } = reader;
    await api.put(`/api/email/summaries/${first.id}/read`);
    await api.post(`/api/email/summaries/${first.id}/feedback`, { useful: false });
    const before = await balanceOf(api);
    const quote = await api.get(quotePath(first.id));
    expect(quote).toEqual({ credits: 1, available: before.available });
    expect(await balanceOf(api)).toEqual(before);
    const asked = async () =>
      (
        await product.sql<{ n: number }>(
          'select output_tokens::int as n from usage_analytics where user_id = $1',
          [userId],
        )
      )[0]?.n ?? 0;
    const askedBefore = await asked();
    const { jobId, emailId, credits } = await order(reader, first.id);
    expect(credits).toBe(1);
    await ended(jobId, 'done');
    await settled(reader);
    expect(await asked()).toBeGreaterThan(askedBefore);
    const after = await balanceOf(api);
    expect(after).toMatchObject({ available: before.available - 1, captured: before.captured + 1 });
    const current = await listed(reader);
    expect(current).toMatchObject([
      { emailId, gmailMessageId: first.gmailMessageId, supersededAt: null, readAt: null, feedback: null },
    ]);
    expect((await summary(reader, first.id)).supersededAt).not.toBeNull();
    expect((await summary(reader, first.id)).readAt).not.toBeNull();
    expect(
      await product.sql(
        `select action, target_id as target from audit_logs where user_id = $1 and action = 'jobs.resummary-ordered'`,
        [userId],
      ),
    ).toEqual([{ action: 'jobs.resummary-ordered', target: first.id }]);
  });

  // Mutants: `superseded_at is null` left out of one of the readers.
  it('is one mail wherever mails are counted, listed, searched or handed out, and two summaries in the export', async () => {
    const { reader, first } = await arrange();
    const { api } = reader;
    await ended((await order(reader, first.id)).jobId, 'done');
    await settled(reader);
    expect(await listed(reader)).toHaveLength(1);
    expect(await listed(reader, '?q=note')).toHaveLength(1);
    const { groups } = await api.get<{ groups: { mails: object[] }[] }>('/api/email/digest?day=2026-11-20');
    expect(groups.flatMap(({ mails }) => mails)).toHaveLength(1);
    const { summaries } = await api.get<{ summaries: { total: number } }>('/api/dashboard');
    expect(summaries.total).toBe(1);
    const mailbox = await api.get<object>(`/api/gmail/connections/${first.connectionId}`);
    expect(JSON.stringify(mailbox)).toContain('"summarised":1');
    const dryRun = await api.post<{ looked: number }>('/api/email/rules/dry-run', {
      senders: ['bo@example.org'],
      kind: 'star',
    });
    expect(dryRun.looked).toBe(1);
    const { email } = await api.post<{ email: { summaries: Summary[] } }>('/api/users/me/export', {});
    expect(email.summaries.map(({ id, supersededAt }) => [id === first.id, supersededAt !== null])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('is ordered once by a double click, and by its repetition', async () => {
    const { reader, first } = await arrange();
    const key = randomUUID();
    const clicks = await Promise.allSettled([order(reader, first.id, key), order(reader, first.id, key)]);
    const answers = clicks.flatMap((click) => (click.status === 'fulfilled' ? [click.value] : []));
    answers.push(await order(reader, first.id, key));
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(await count('email_discoveries', reader)).toBe(2);
    await ended(answers[0]?.jobId ?? '', 'done');
    await settled(reader);
  });

  // Mutants: the first revision not locked (a unique key speaks instead, 500); open work not looked for (two orders).
  it('is ordered once by two that ask at the same time, and not while it is under way', async () => {
    const { reader, first } = await arrange();
    await control('/__control/latency', { ms: 1_500 });
    const clicks = await Promise.allSettled([1, 2, 3].map(() => order(reader, first.id)));
    const refused = clicks.flatMap((click) => (click.status === 'rejected' ? [String(click.reason)] : []));
    expect(refused).toHaveLength(2);
    for (const why of refused) expect(why).toMatch(/answered 409.*email\.resummarise-under-way/s);
    expect(await count('processing_jobs', reader)).toBe(2);
    await expect(order(reader, first.id)).rejects.toThrow('email.resummarise-under-way');
    const [won] = clicks.flatMap((click) => (click.status === 'fulfilled' ? [click.value] : []));
    await ended(won?.jobId ?? '', 'done');
    await settled(reader);
    expect(await listed(reader)).toMatchObject([{ emailId: won?.emailId }]);
  });

  // Mutants: the old summary superseded when the new one is ordered; a late one put above a newer one.
  it('that fails gives its credit back and leaves the old summary; tried again too late, it takes no place', async () => {
    const { reader, first } = await arrange();
    const before = await balanceOf(reader.api);
    await refuse();
    const failed = await order(reader, first.id);
    await ended(failed.jobId, 'failed');
    await settled(reader);
    expect(await balanceOf(reader.api)).toMatchObject({
      available: before.available,
      captured: before.captured,
    });
    expect(await listed(reader)).toEqual([first]);
    const newer = await order(reader, first.id);
    await ended(newer.jobId, 'done');
    await settled(reader);
    await reader.api.post(`/api/jobs/${failed.jobId}/retry`, {});
    await ended(failed.jobId, 'done');
    await settled(reader);
    expect(await listed(reader)).toMatchObject([{ emailId: newer.emailId }]);
    expect(await count('email_summaries', reader)).toBe(3);
  });

  // Mutant: ON CONFLICT without the revision.
  it('is found by no walk as a new mail', async () => {
    const { reader, first } = await arrange();
    await ended((await order(reader, first.id)).jobId, 'done');
    await settled(reader);
    await product.sql('update gmail_connections set history_id = null where user_id = $1', [reader.userId]);
    expect((await follow(reader.api, await sync(reader.api), () => undefined)).discovered).toBe(0);
    const again = await product.app.get(UnitOfWork).asService('find a mail again', () =>
      product.app
        .get(WalksRepository, { strict: false })
        .discover(reader.userId, first.connectionId, randomUUID(), [
          {
            gmailMessageId: first.gmailMessageId,
            gmailThreadId: 't',
            labels: [],
            sender: null,
            listId: null,
            receivedAt: new Date(),
          },
        ]),
    );
    expect(again).toEqual([]);
    expect(await count('email_discoveries', reader)).toBe(2);
  });

  // Mutant: the hold not looked at (a job that waits for credits, 202).
  it('is refused without a credit, without its mailbox and to a stranger, and then nothing is written', async () => {
    const { reader, first } = await arrange();
    const { api, userId } = reader;
    const written = async () =>
      Promise.all(
        ['email_discoveries', 'processing_jobs', 'credit_holds', 'credit_transactions', 'audit_logs'].map(
          (table) => count(table, reader),
        ),
      );
    const { reader: stranger } = await arrange();
    const { available } = await balanceOf(api);
    await product.app
      .get(CommandBus)
      .execute(new AdjustCredits(userId, randomUUID(), -available, 'A test', userId));
    const before = await written();
    await expect(order(reader, first.id)).rejects.toThrow(/answered 402.*billing\.insufficient-credits/s);
    expect(await api.get(quotePath(first.id))).toEqual({ credits: 1, available: 0 });
    await expect(order(stranger, first.id)).rejects.toThrow(/answered 404.*email\.summary-not-found/s);
    await expect(stranger.api.get(quotePath(first.id))).rejects.toThrow('answered 404');
    await product.sql(
      `update gmail_connections set status = 'needs_reauth', status_reason = 'consent-revoked' where user_id = $1`,
      [userId],
    );
    await expect(order(reader, first.id)).rejects.toThrow(/answered 409.*gmail\.needs-reauth/s);
    await api.delete(`/api/gmail/connections/${first.connectionId}`);
    await expect(order(reader, first.id)).rejects.toThrow(/answered 409.*gmail\.not-connected/s);
    const [audited = 0, ...rest] = before.reverse();
    // The one thing that was done is the farewell to the mailbox.
    expect(await written()).toEqual([...rest.reverse(), audited + 1]);
  });

  // Mutant: rules that act on the revision instead of the message.
  it('is acted on by a rule no second time', async () => {
    const { reader, first } = await arrange();
    const rule = await reader.api.post<{ id: string }>('/api/email/rules', {
      name: 'Bo',
      senders: ['bo@example.org'],
      kind: 'star',
    });
    const acted = () =>
      product.sql<{ email: string }>('select email_id as email from email_actions where request_id = $1', [
        rule.id,
      ]);
    await ended((await order(reader, first.id)).jobId, 'done');
    await until(async () => (await acted()).length > 0, 'the rule');
    await ended((await order(reader, first.id)).jobId, 'done');
    await settled(reader);
    expect(await acted()).toEqual([{ email: first.emailId }]);
  });

  // Mutant: a retention, or a deletion, that knows current summaries only.
  it('goes with all its summaries when their time is over, and with the account', async () => {
    const { reader, first } = await arrange();
    await ended((await order(reader, first.id)).jobId, 'done');
    await settled(reader);
    const texts = async () =>
      (
        await product.sql<{ headline: string }>('select headline from email_summaries where user_id = $1', [
          reader.userId,
        ])
      ).map(({ headline }) => headline);
    await reader.api.patch('/api/users/me', { preferences: { summaryRetentionDays: 30 } });
    await product.sql(
      `update email_summaries set created_at = now() - interval '31 days' where user_id = $1 and superseded_at is not null`,
      [reader.userId],
    );
    expect(await product.app.get(CommandBus).execute(new PurgeSummaries())).toEqual({ purged: 1 });
    expect((await texts()).filter((text) => text === 'purged')).toHaveLength(1);
    await expect(order(reader, first.id)).rejects.toThrow('email.summary-not-found');
    await reader.api.delete('/api/users/me');
    await until(async () => (await texts()).every((text) => text === 'deleted'), 'the deletion');
  });
});
