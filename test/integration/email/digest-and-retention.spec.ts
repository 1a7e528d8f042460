import { CommandBus } from '@nestjs/cqrs';
import { Api } from '../../../sandbox/demo/api';
import { register } from '../../../sandbox/demo/journey';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import { PurgeSummaries } from '../../../src/email/contracts';
import { DigestClock } from '../../../src/email/mail-digest/digest-clock';
import { MailDigest } from '../../../src/email/mail-digest/mail-digest.handler';
import { startTestApp, type TestApp } from '../../support/app';
import { chargeSummaries, connectMailbox, storeSummaries } from './summary-rows';

const email = 'ada@example.com';
/** Seven in the morning in Auckland, the evening before in London. */
const morning = new Date('2026-11-20T18:05:00Z');
const day = '2026-11-20';

describe("a reader's digest and retention", () => {
  let product: TestApp;
  let post: MailCatcher;
  let api: Api;
  let userId: string;
  let commands: CommandBus;
  beforeAll(async () => {
    post = await startMailCatcher();
    product = await startTestApp({ worker: false, env: { SMTP_URL: post.url } });
    api = new Api(product.url);
    await register(api, { email, password: 'correct-horse-battery-staple' });
    const [user] = await product.sql<{ id: string }>(
      'update users set email_verified_at = now() returning id',
    );
    userId = user?.id ?? '';
    commands = product.app.get(CommandBus);
    const mailbox = await connectMailbox(product, userId);
    await storeSummaries(product, userId, mailbox, [
      {
        headline: 'Pay <b>118</b>',
        receivedAt: '2026-11-20T10:00:00Z',
        urgency: 'high',
        actionItems: [{ task: 'Pay Acme', dueDate: null }],
      },
      { headline: 'Too early', receivedAt: '2026-11-19T10:59:00Z' },
      { headline: 'Just in time', receivedAt: '2026-11-19T11:00:00Z' },
      { headline: 'Too late', receivedAt: '2026-11-20T11:00:00Z' },
    ]);
    await chargeSummaries(product, userId);
  });
  afterAll(async () => {
    await product.close();
    await post.close();
  });

  const prefer = (preferences: object) => api.patch('/api/users/me', { preferences });
  const digests = () => post.to(email).filter(({ subject }) => subject.startsWith('Your digest'));
  const queued = () =>
    product.sql<{ day: string; handed: boolean }>(
      `select to_char(day, 'YYYY-MM-DD') as day, handed_at is not null as handed from digest_mails`,
    );

  it("of a day is the reader's own day, unless another zone is asked for", async () => {
    const shown = async (query: string) => {
      const { timeZone, groups } = await api.get<{
        timeZone: string;
        groups: { mails: { headline: string }[] }[];
      }>(`/api/email/digest?day=${day}${query}`);
      return [timeZone, ...groups.flatMap(({ mails }) => mails.map(({ headline }) => headline))];
    };
    expect(await shown('')).toEqual(['UTC', 'Pay <b>118</b>', 'Too late']);
    await prefer({ timeZone: 'Pacific/Auckland' });
    expect(await shown('')).toEqual(['Pacific/Auckland', 'Pay <b>118</b>', 'Just in time']);
    expect(await shown('&timeZone=UTC')).toEqual(['UTC', 'Pay <b>118</b>', 'Too late']);
  });

  it('is queued for nobody who did not ask, and before no hour', async () => {
    const clock = product.app.get(DigestClock);
    await clock.round(morning);
    await prefer({ digest: true });
    await clock.round(new Date('2026-11-20T17:55:00Z'));
    expect(await queued()).toEqual([]);
  });

  // Mutants: the row written without its key; the event published outside of the row's transaction.
  it('is queued once, however many workers look, and however often', async () => {
    const clock = product.app.get(DigestClock);
    await Promise.all([clock.round(morning), clock.round(morning), clock.round(morning)]);
    await clock.round(new Date(morning.getTime() + 3_600_000));
    expect(await queued()).toEqual([{ day, handed: false }]);
    const [events] = await product.sql<{ count: string }>(
      `select count(*) from outbox_messages where type = 'email.digest-due.v1'`,
    );
    expect(events?.count).toBe('1');
  });

  it('is tried again where the mail server surely has not taken it', async () => {
    post.refuseNext(1);
    await expect(commands.execute(new MailDigest(userId, day))).rejects.toMatchObject({
      code: 'auth.mail-not-sent',
    });
    expect(await queued()).toEqual([{ day, handed: false }]);
  });

  // Mutants: the hand-over noted after the mail; noted without looking at what is noted already.
  it('is mailed once, whatever is repeated, in both forms and with a way out', async () => {
    await Promise.all([1, 2, 3].map(() => commands.execute(new MailDigest(userId, day))));
    await commands.execute(new MailDigest(userId, day));
    expect(digests()).toHaveLength(1);
    const [mail] = digests();
    expect(mail?.subject).toBe(`Your digest: 2 mails on ${day}`);
    expect(mail?.text).toContain('- Pay Acme');
    expect(mail?.text).toContain('Just in time');
    expect(mail?.html).toContain('Pay &#60;b&#62;118');
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mail?.headers['list-unsubscribe']).toMatch(
      /^<http.*\/api\/email\/digest\/unsubscribe\?token=[\w-]+>$/,
    );
  });

  // Mutants: a look at the page enough; any signed cursor taken for a link.
  it('ends with one click on its own link, and by no look at it', async () => {
    const link = /token=([\w-]+)/.exec(digests()[0]?.text ?? '')?.[1] ?? '';
    const path = `/api/email/digest/unsubscribe?token=${link}`;
    const wants = async () =>
      (await api.get<{ preferences: { digest?: boolean } }>('/api/users/me')).preferences.digest;
    const page = await fetch(product.url + path);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await wants()).toBe(true);
    const { nextCursor } = await api.get<{ nextCursor: string }>('/api/email/summaries?limit=1');
    const post = (token: string) =>
      fetch(`${product.url}/api/email/digest/unsubscribe?token=${token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
    expect((await post(nextCursor)).status).toBe(400);
    expect(await wants()).toBe(true);
    expect((await post(link)).status).toBe(204);
    expect(await wants()).toBe(false);
  });

  it('marks what was read, for the filter', async () => {
    await product.sql(`update email_discoveries set labels = '{UNREAD}'`);
    const unread = async () =>
      (await api.get<{ data: { id: string; readAt: string | null }[] }>('/api/email/summaries?unread=true'))
        .data;
    const [first] = await unread();
    const path = `/api/email/summaries/${first?.id ?? ''}/read`;
    await api.put(path);
    expect((await unread()).map(({ id }) => id)).not.toContain(first?.id);
    expect(await unread()).toHaveLength(3);
    await api.delete(path);
    expect(await unread()).toHaveLength(4);
    await expect(api.put(`/api/email/summaries/${userId}/read`)).rejects.toThrow();
  });

  // Mutants: rows deleted instead of emptied (I8 speaks up); the policy without `purged_at`; the age taken from the mail.
  it('forgets summaries when their time is over: nothing of them is left to read, and the books still balance', async () => {
    const count = async (query = '') =>
      (await api.get<{ data: unknown[] }>(`/api/email/summaries${query}`)).data.length;
    await product.sql(
      `update email_summaries set created_at = now() - interval '31 days' where headline like 'Too%'`,
    );
    expect(await commands.execute(new PurgeSummaries())).toEqual({ purged: 0 });
    await prefer({ summaryRetentionDays: 30 });
    expect(await commands.execute(new PurgeSummaries())).toEqual({ purged: 2 });
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
    expect(await commands.execute(new PurgeSummaries())).toEqual({ purged: 0 });
    expect(await count()).toBe(2);
    expect(await count('?q=purged')).toBe(0);
    const rows = await product.sql<{ subject: string; sender: string; cost: number }>(
      'select subject, sender, cost_micros::int as cost from email_summaries where purged_at is not null',
    );
    expect(rows).toEqual([
      { subject: '', sender: '', cost: 7 },
      { subject: '', sender: '', cost: 7 },
    ]);
    await prefer({ summaryRetentionDays: null });
    await product.sql(`update email_summaries set created_at = now() - interval '9 years'`);
    expect(await commands.execute(new PurgeSummaries())).toEqual({ purged: 0 });
  });
});
