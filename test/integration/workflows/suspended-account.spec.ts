import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { balanceOf, follow, sync, until } from '../../../sandbox/demo/journey';
import { ReinstateUser, SuspendUser } from '../../../src/auth/contracts';
import { ListConnectionsDueForSync } from '../../../src/gmail/contracts';
import { StartSync } from '../../../src/jobs/contracts';
import { QueueEmails } from '../../../src/jobs/queue-emails/queue-emails.handler';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader, noteMail, type Reader } from '../../support/reader';

describe('a suspended account', () => {
  let product: TestApp;
  let reader: Reader;
  let connectionId: string;
  let held: number;
  beforeAll(async () => {
    product = await startTestApp();
    reader = await arrangeReader(product, 1);
    await follow(reader.api, await sync(reader.api), () => undefined);
    await until(async () => (await balanceOf(reader.api)).held === 0, 'the ledger to settle');
    const rows = await product.sql<{ id: string }>('select id from gmail_connections where user_id = $1', [
      reader.userId,
    ]);
    connectionId = rows[0]!.id;
    held = await jobs('true');
    product.google.google.mailboxes.get(reader.email)?.add([noteMail(1)]);
    await commands().execute(new SuspendUser(reader.userId, 'the spec says so', null));
    await expectRightBooks(product);
  });
  afterAll(() => product.close());

  const commands = () => product.app.get(CommandBus);
  const due = async () => {
    const found = await product.app.get(QueryBus).execute(new ListConnectionsDueForSync(0, 10));
    return found.map((box) => box.connectionId);
  };
  const jobs = async (condition: string) =>
    (await product.sql(`select from processing_jobs where user_id = $1 and ${condition}`, [reader.userId]))
      .length;
  const run = async (runId: string) =>
    (await product.sql<object>('select state, reason_code from background_jobs where id = $1', [runId]))[0];

  const ended = (runId: string) =>
    until(
      async () =>
        (await product.sql('select from background_jobs where id = $1 and finished_at is not null', [runId]))
          .length === 1,
      'the end of the run',
    );

  // Mutants, one for each: due mailboxes of any account; a walk begun for any account; mails queued for any account.
  it('has no mailbox that is due', async () => {
    expect(await due()).not.toContain(connectionId);
  });

  it('has no walk begun, whoever asked for it', async () => {
    const { runId } = await commands().execute(new StartSync(reader.userId, connectionId, 'push'));
    await ended(runId);
    expect(await run(runId)).toEqual({ state: 'failed', reason_code: 'gmail.account-not-active' });
  });

  it('has nothing queued that was found before, and no credit held for it', async () => {
    const emailId = uuidv7();
    await product.sql(
      `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, labels, received_at)
       values ($1::uuid, $2, $3, $1::text, $1::text, '{INBOX}', now())`,
      [emailId, reader.userId, connectionId],
    );
    await commands().execute(new QueueEmails(reader.userId, null, [emailId]));
    expect(await jobs(`state = 'cancelled' and reason_code = 'jobs.account-suspended'`)).toBe(1);
    expect(await product.sql('select from credit_holds where email_id = $1', [emailId])).toEqual([]);
  });

  it('goes on where it was once it is reinstated', async () => {
    await commands().execute(new ReinstateUser(reader.userId, 'the spec says so', null));
    expect(await due()).toContain(connectionId);
    const { runId } = await commands().execute(new StartSync(reader.userId, connectionId, 'schedule'));
    await ended(runId);
    await until(async () => (await jobs(`state = 'done'`)) === held + 1, 'the mail that came meanwhile');
    await expectRightBooks(product);
  });
});
