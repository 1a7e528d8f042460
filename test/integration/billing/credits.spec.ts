import { randomUUID } from 'node:crypto';
import type { ICommand } from '@nestjs/cqrs';
import { UserRegistered } from '../../../src/auth/contracts';
import {
  AdjustCredits,
  CaptureCredits,
  GrantCredits,
  HoldCredits,
  ReleaseCredits,
} from '../../../src/billing/contracts';
import { ReportOverdueHolds } from '../../../src/billing/report-overdue-holds/report-overdue-holds.handler';
import { SummaryFailed, SummarySkipped, SummaryStored } from '../../../src/email/contracts';
import type { DomainEvent } from '../../../src/kernel/cqrs/domain-event';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { Outbox } from '../../../src/kernel/outbox/outbox';
import { OutboxRelay } from '../../../src/kernel/outbox/outbox-relay';
import { SystemConfig } from '../../../src/kernel/system-config/system-config';
import { type BillingApp, startBillingApp } from '../../support/billing-app';
import { recordOutcomes, seedMailbox } from '../../support/ledger-fixtures';

describe('credits, as other modules move them', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp({ worker: false });
  });
  afterEach(async () => expect(await billing.violations()).toEqual([]));
  afterAll(() => billing.close());

  const db = () =>
    ({
      query: async (text: string, values: unknown[]) => ({ rows: await billing.sql(text, values) }),
    }) as never;
  const run = (command: ICommand): Promise<unknown> => billing.commands.execute(command);
  /** Publishes as another module would, and relays what follows, twice. */
  const happen = async (...events: DomainEvent[]) => {
    const uow = billing.app.get(UnitOfWork);
    await uow.asService('test', () => billing.app.get(Outbox).publish(...events));
    await billing.sql(
      `update outbox_messages set published_at = null, available_at = now() where dead_at is null`,
    );
    while ((await billing.app.get(OutboxRelay).relayOnce()) > 0);
    await billing.sql(
      `update outbox_messages set published_at = null, available_at = now() where dead_at is null`,
    );
    while ((await billing.app.get(OutboxRelay).relayOnce()) > 0);
  };
  const funded = async (mails: number, credits: number) => {
    const user = await billing.user(mails);
    await run(new GrantCredits(user.userId, 'promotion', randomUUID(), credits));
    return user;
  };

  it('a registration opens a wallet with the welcome credits, once however often it is told', async () => {
    const { userId } = await seedMailbox(db(), 0);
    await happen(new UserRegistered(userId));
    expect(await billing.balance(userId)).toEqual({ posted: 25, held: 0, debt: 0 });
  });

  it('welcome credits follow the configuration, and none means none', async () => {
    const set = async (value: object) => {
      await billing.sql(
        `insert into system_config (key, value) values ('billing.welcome', $1) on conflict (key) do update set value = $1`,
        [value],
      );
      await billing.app.get(SystemConfig).refresh();
    };
    const [ada, bob] = [await seedMailbox(db(), 0), await seedMailbox(db(), 0)];
    await set({ credits: 7, validityDays: 30 });
    await happen(new UserRegistered(ada.userId));
    await set({ credits: 0 });
    await happen(new UserRegistered(bob.userId));
    await billing.sql(`delete from system_config`);
    await billing.app.get(SystemConfig).refresh();
    expect(await billing.balance(ada.userId)).toMatchObject({ posted: 7 });
    expect(await billing.balance(bob.userId)).toMatchObject({ posted: 0 });
    const [lot] = await billing.sql(
      `select expires_at between now() + interval '29 days' and now() + interval '31 days' as soon from credit_lots where user_id = $1`,
      [ada.userId],
    );
    expect(lot).toEqual({ soon: true });
  });

  it('a summary captures its credit, a failure and a skip give it back, each once', async () => {
    const { userId, emailIds } = await funded(4, 3);
    const [stored, failed, skipped, waiting] = emailIds as [string, string, string, string];
    expect(await run(new HoldCredits(userId, emailIds))).toEqual([stored, failed, skipped]);
    await happen(
      new SummaryStored(userId, stored, randomUUID()),
      new SummaryFailed(userId, failed, 'email.refused'),
      new SummarySkipped(userId, skipped, 'email.empty'),
      new SummaryFailed(userId, waiting, 'jobs.cancelled'),
    );
    expect(await billing.balance(userId)).toEqual({ posted: 2, held: 0, debt: 0 });
    await recordOutcomes(db(), emailIds);
  });

  // Mutant: a cap that counts only what this call holds.
  it('a cap is never exceeded, however often the batch is asked for', async () => {
    const { userId, emailIds } = await funded(10, 10);
    for (let time = 0; time < 3; time += 1)
      expect(await run(new HoldCredits(userId, emailIds, 4))).toEqual(emailIds.slice(0, 4));
    expect(await billing.balance(userId)).toMatchObject({ held: 4 });
    await recordOutcomes(db(), emailIds);
  });

  it('a capture without a hold, and a release of what was captured, are faults that are seen', async () => {
    const { userId, emailIds } = await funded(2, 2);
    const [charged, free] = emailIds as [string, string];
    await run(new HoldCredits(userId, [charged]));
    await run(new CaptureCredits(userId, [charged]));
    await run(new CaptureCredits(userId, [charged]));
    await expect(run(new CaptureCredits(userId, [free]))).rejects.toMatchObject({
      code: 'billing.nothing-to-capture',
    });
    await expect(run(new ReleaseCredits(userId, [charged], 'x'))).rejects.toMatchObject({
      code: 'billing.captured-already',
    });
    await run(new ReleaseCredits(userId, [free], 'x'));
    await recordOutcomes(db(), emailIds);
  });

  it('a hold past its time is asked about, and lives on when it is asked for again', async () => {
    const { userId, emailIds } = await funded(2, 2);
    await run(new HoldCredits(userId, emailIds));
    await billing.sql(`update credit_holds set expires_at = now() - interval '1 minute' where user_id = $1`, [
      userId,
    ]);
    await run(new ReportOverdueHolds());
    const [told] = await billing.sql<{ payload: { emailIds: string[] } }>(
      `select payload from outbox_messages where type = 'billing.holds-overdue.v1' and user_id = $1`,
      [userId],
    );
    expect(told?.payload.emailIds.sort()).toEqual([...emailIds].sort());
    await run(new HoldCredits(userId, emailIds));
    const overdue = await billing.sql(`select from credit_holds where user_id = $1 and expires_at < now()`, [
      userId,
    ]);
    expect(overdue).toEqual([]);
    await recordOutcomes(db(), emailIds);
  });

  it('an adjustment applies once per key, never below zero, and leaves an audit row', async () => {
    const { userId } = await funded(0, 5);
    const [admin, key] = [randomUUID(), randomUUID()];
    expect(await run(new AdjustCredits(userId, key, 10, 'sorry', admin))).toEqual({ applied: true });
    expect(await run(new AdjustCredits(userId, key, 10, 'sorry', admin))).toEqual({ applied: false });
    await expect(run(new AdjustCredits(userId, randomUUID(), -16, 'typo', admin))).rejects.toMatchObject({
      code: 'billing.adjustment-too-large',
    });
    expect(await run(new AdjustCredits(userId, randomUUID(), -15, 'typo', admin))).toEqual({ applied: true });
    expect(await billing.balance(userId)).toMatchObject({ posted: 0 });
    const rows = await billing.sql(
      `select from audit_logs where action = 'billing.credits-adjusted' and target_id = $1`,
      [userId],
    );
    expect(rows).toHaveLength(2);
  });
});
