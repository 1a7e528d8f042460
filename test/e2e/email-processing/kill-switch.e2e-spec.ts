import { setTimeout as sleep } from 'node:timers/promises';
import { CommandBus } from '@nestjs/cqrs';
import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { ProcessEmails } from '../../../src/jobs/process-emails/process-emails.handler';
import { DispatchesRepository } from '../../../src/jobs/dispatches.repository';
import { ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { SystemConfigEditor } from '../../../src/kernel/system-config/system-config-editor';
import { SystemConfig } from '../../../src/kernel/system-config/system-config';
import { startTestApp, type TestApp } from '../../support/app';
import { arrangeMailbox } from '../../support/mail-fixtures';
import { joinAs, startSync, welcomed } from '../../support/sdk-journey';

const email = 'ada@example.com';
const raw = Buffer.from(
  `From: Bo <bo@example.org>\r\nSubject: Note\r\nMessage-ID: <1@example.org>\r\n\r\nPlease read this note before Friday.\r\n`,
);

describe('the kill switch', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ settings: { 'processing.perUserConcurrency': 5 } });
  });
  afterAll(() => product.close());

  const turn = async (value: boolean, expectedVersion: number) => {
    await product.app.get(SystemConfigEditor).edit({
      key: 'processing.enabled',
      value,
      expectedVersion,
      reason: 'the spec says so',
      editor: { name: 'spec' },
    });
    await product.app.get(SystemConfig).refresh();
  };
  const done = async () => (await product.sql(`select from processing_jobs where state = 'done'`)).length > 0;

  // Mutant: a dispatcher that does not look at the switch.
  it('starts nothing, loses nothing, and lets everything go on afterwards', async () => {
    const inbrief = new Inbrief({ baseUrl: product.url });
    await fillMailbox(product.google.url, email, [{ raw, internalDate: Date.now() - 60_000 }]);
    await joinAs(inbrief, { email, password: 'correct-horse-battery-staple' }, product.url);
    await welcomed(inbrief);
    await product.stopWorker();
    await startSync(inbrief);
    await turn(false, 0);
    await product.startWorker();
    await sleep(1_200); // two looks of the dispatcher
    expect(await product.sql(`select state from background_jobs where state <> 'done'`)).toEqual([
      { state: 'queued' },
    ]);
    await turn(true, 1);
    await until(done, 'the summary');
  }, 60_000);

  // Mutants: a worker that runs what was handed over before; one that drops the wake-up and leaves the mail in flight.
  it('gives a mail that was handed over before its place back', async () => {
    await product.stopWorker();
    const [uow, repository] = [product.app.get(UnitOfWork), product.app.get(ProcessingJobsRepository)];
    const mailbox = await arrangeMailbox(product.sql);
    const emailIds = await mailbox.discover(1);
    const [handed] = await uow.asService('hand a mail over', async () => {
      await repository.markQueued(await repository.add(mailbox.userId, null, emailIds));
      return product.app.get(DispatchesRepository).claimDispatches(10);
    });
    if (!handed) throw new Error('nothing was handed over');
    await turn(false, 2);
    await product.app.get(CommandBus).execute(new ProcessEmails(handed.ids, handed.dispatchId));
    expect(
      await product.sql(
        'select state, dispatched_at is null as waits from processing_jobs where id = any($1)',
        [handed.ids],
      ),
    ).toEqual([{ state: 'queued', waits: true }]);
  });
});
