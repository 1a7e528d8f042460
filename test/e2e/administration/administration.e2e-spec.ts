import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { until } from '../../../sandbox/demo/journey';
import { Inbrief } from '../../../sdk/src';
import { AuditChain } from '../../../src/kernel/audit/audit-chain';
import { createOpaqueToken } from '../../../src/kernel/crypto/opaque-token';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader, type Reader } from '../../support/reader';
import { buyCredits, settledBooks, syncAndWait } from '../../support/sdk-journey';

const reason = 'ticket 4711';
const password = 'correct-horse-battery-staple';

describe('an administrator with the SDK', () => {
  const key = createOpaqueToken('ibs_');
  let product: TestApp;
  let admin: Inbrief['admin'];
  let reader: Reader;
  beforeAll(async () => {
    product = await startTestApp({ env: { SERVICE_KEYS: `a:audit:${key.hash.toString('hex')}` } });
    const inbrief = new Inbrief({ baseUrl: product.url });
    const { user } = await inbrief.auth.register({ email: 'root@example.com', password, name: 'Root' });
    await product.sql(`update users set role = 'admin' where id = $1`, [user.id]);
    admin = inbrief.admin;
    reader = await arrangeReader(product, 2);
    await refuse(0);
    await syncAndWait(reader.inbrief);
    await settledBooks(reader.inbrief);
  });
  afterAll(() => product.close());
  afterEach(() => expectRightBooks(product));

  /** What the model says once to the note of that number. */
  const refuse = (note: number) =>
    product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind: 'refusal', times: 1, match: `note number ${note}` },
    });

  it('finds an account, and takes it out and back in', async () => {
    const { data } = await admin.searchUsers({ q: reader.email });
    expect(data).toMatchObject([{ id: reader.userId, status: 'active', role: 'user' }]);
    expect(await admin.getUser(reader.userId)).toMatchObject({ connections: [{ status: 'connected' }] });
    const person = new Inbrief({ baseUrl: product.url });
    const account = { email: `${randomUUID()}@example.com`, password };
    const { user } = await person.auth.register({ ...account, name: 'Ben' });
    await admin.suspendUser(user.id, { reason });
    await expect(person.users.me()).rejects.toMatchObject({ status: 401 });
    await admin.reinstateUser(user.id, { reason });
    await person.auth.login(account);
    await admin.changeRole(user.id, { role: 'admin', reason });
    expect(await person.admin.showHealth()).toMatchObject({ deadLetters: 0 });
    await admin.changeRole(user.id, { role: 'user', reason });
    await expect(person.admin.showHealth()).rejects.toMatchObject({ status: 403, code: 'auth.forbidden' });
    await admin.signOutUser(user.id, { reason });
    await expect(person.users.me()).rejects.toMatchObject({ status: 401 });
    expect(await admin.exportUser(user.id, { reason })).toMatchObject({
      account: { profile: { id: user.id } },
    });
    await admin.eraseUser(user.id, { reason });
    await expect(admin.suspendUser(user.id, { reason })).rejects.toMatchObject({ status: 404 });
    const trail = await admin.searchAuditLog({ targetId: user.id, limit: 3 }).all();
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['auth.user-suspended', 'auth.user-reinstated', 'auth.user-erased']),
    );
  });

  it('looks after work, over all users', async () => {
    const { data: failed } = await admin.searchJobs({ userId: reader.userId, state: 'failed' });
    const [job] = failed;
    expect(failed).toMatchObject([{ reasonCode: 'email.refused' }]);
    await until(
      async () => (await admin.retryJob(job?.id ?? '').catch(() => undefined)) !== undefined,
      'the retry',
    );
    await until(async () => (await reader.inbrief.billing.balance()).captured === 2, 'its capture');
    await expect(admin.cancelJob(job?.id ?? '')).rejects.toMatchObject({ code: 'jobs.job-ended' });
    expect((await admin.listQuarantine()).data).toEqual([]);
    await expect(admin.releaseQuarantined(job?.id ?? '')).rejects.toMatchObject({
      code: 'jobs.not-quarantined',
    });
    const [mailbox] = (await reader.inbrief.connections.list()).data;
    const { runId } = await admin.forceSync(reader.userId, mailbox?.id ?? '');
    await reader.inbrief.runs.wait(runId);
    expect(await admin.retryRun(runId)).toMatchObject({ queued: 0 });
    expect(await admin.cancelRun(runId)).toEqual({ cancelled: 0 });
  });

  it('looks after money: what was bought, given and paid back', async () => {
    await buyCredits(reader.inbrief, 1);
    const { data } = await admin.searchPayments({ userId: reader.userId });
    const [payment] = data;
    expect(data).toMatchObject([{ status: 'paid', amountMinor: 500, currency: 'eur' }]);
    const { data: events } = await admin.searchStripeEvents({ limit: 1 });
    await admin.replayStripeEvent(events[0]?.id ?? '', { reason });
    await admin.refundPurchase(payment?.id ?? '', { reason });
    await until(
      async () => (await reader.inbrief.payments.get(payment?.id ?? '')).refundedMinor === 500,
      'the money to be back',
    );
    const adjustment = { credits: 5, reference: 'ticket-1', reason };
    expect(await admin.adjustCredits(reader.userId, adjustment)).toEqual({ applied: true });
    expect(await admin.adjustCredits(reader.userId, adjustment)).toEqual({ applied: false });
    const today = new Date().toISOString().slice(0, 10);
    const { data: days } = await admin.showUsage({ from: today, to: today });
    expect(days.at(-1)).toMatchObject({ summarised: 2 });
  });

  it('changes settings, and looks after events that were given up', async () => {
    const { data: settings } = await admin.listSettings();
    expect(settings).toContainEqual(expect.objectContaining({ key: 'dispatch.window', version: 0 }));
    const changed = await admin.changeSetting('dispatch.window', { value: 7, expectedVersion: 0, reason });
    expect(changed).toEqual({ version: 1 });
    await admin.resetSetting('dispatch.window', { expectedVersion: 1, reason });
    expect((await admin.getSettingHistory('dispatch.window')).data).toMatchObject([
      { version: 2, isSet: false },
      { version: 1, value: 7, reason },
    ]);
    const [lost, hopeless] = [uuidv7(), uuidv7()];
    for (const id of [lost, hopeless])
      await product.sql(
        `insert into outbox_messages (id, type, payload, dead_at, attempts, last_error)
         values ($1, 'auth.user-suspended.v1', $2, now(), 12, 'broken')`,
        [id, { userId: uuidv7() }],
      );
    expect((await admin.listDeadLetters()).data.map(({ id }) => id)).toEqual([hopeless, lost]);
    await admin.replayDeadLetter(lost, { reason });
    await admin.dropDeadLetter(hopeless, { reason });
    expect((await admin.listDeadLetters()).data).toEqual([]);
  });

  it('has the head of the audit log kept by a machine', async () => {
    const machine = new Inbrief({ baseUrl: product.url, apiKey: key.token });
    await product.app.get(AuditChain).seal({ olderThanMs: 0 });
    expect((await machine.internal.auditHead()).head).toMatch(/^\d+:[0-9a-f]{64}$/);
  });
});
