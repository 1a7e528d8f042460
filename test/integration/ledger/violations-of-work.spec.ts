import { v7 as uuidv7 } from 'uuid';
import { useFaultyLedger } from './faulty-ledger';

describe('ledger_violations, I8: work and credit that disagree', () => {
  const ledger = useFaultyLedger();
  const { run, broken, grant, hold, capture, release } = ledger;

  /** Puts the job where no move leads it: the books must show what a guard of the states failed to stop. */
  const setJob = async (state: string) => {
    await run('set local session_replication_role = replica');
    await run(
      `update processing_jobs set state = $2, reason_code = 'test.reason', lease_token = case when $2 = 'running' then id end,
           lease_expires_at = case when $2 = 'running' then now() end,
           finished_at = case when $2 in ('done', 'skipped', 'failed', 'cancelled') then now() end where email_id = $1`,
      [ledger.mails[0], state],
    );
    await run('set local session_replication_role = origin');
  };
  const tell = (type: string, set = '') =>
    run(
      `insert into outbox_messages (id, type, subject_id, user_id, payload, dead_at)
         values ($1, $2, $3, $4, '{}', ${set || 'null'})`,
      [uuidv7(), type, ledger.mails[0], ledger.userId],
    );

  beforeEach(async () => {
    await grant();
    await hold([ledger.mails[0]!]);
  });

  // Mutant: the credit is captured by code that runs after the commit and was killed before it, with no event to repeat it.
  it('a summary stored without its capture', async () => {
    await capture([ledger.mails[0]!]);
    await run(`set local session_replication_role = replica`);
    await run(`update credit_holds set state = 'held', resolved_at = null where email_id = $1`, [
      ledger.mails[0],
    ]);
    expect(await broken()).toContain('I8');
  });

  it.each(['done', 'awaiting_credits', 'skipped', 'failed', 'cancelled'])(
    'a job %s that keeps its hold',
    async (state) => {
      await setJob(state);
      expect(await broken()).toEqual(['I8']);
    },
  );

  it.each(['queued', 'running'])('a job %s whose hold was released', async (state) => {
    await release([ledger.mails[0]!]);
    await setJob(state);
    expect(await broken()).toEqual(['I8']);
  });

  it.each(['queued', 'failed', 'cancelled', 'skipped'])(
    'a job %s whose credit was captured',
    async (state) => {
      await capture([ledger.mails[0]!]);
      await setJob(state);
      expect(await broken()).toEqual(['I8']);
    },
  );

  it('a capture without a summary, and a job done without one', async () => {
    await capture([ledger.mails[0]!]);
    await run('delete from email_summaries');
    expect(await broken()).toEqual(['I8']);
  });

  it('a summary that nobody paid for', async () => {
    await capture([ledger.mails[0]!]);
    await run(`update email_summaries set email_id = $1`, [ledger.mails[1]]);
    expect(await broken()).toEqual(['I8']);
  });

  it('a hold that no job ever asked for', async () => {
    await run('delete from processing_jobs');
    expect(await broken()).toEqual([]);
    await run(`update credit_holds set created_at = now() - interval '6 minutes'`);
    expect(await broken()).toEqual(['I8']);
  });

  it.each([
    ['failed', 'email.summary-failed.v1'],
    ['skipped', 'email.summary-skipped.v1'],
  ])(
    'not while the event of a %s job waits for the relay; but once that event is dead',
    async (state, type) => {
      await setJob(state);
      await tell(type);
      expect(await broken()).toEqual([]);
      await run('update outbox_messages set dead_at = now()');
      expect(await broken()).toEqual(['I8']);
    },
  );

  it('not for an account that was deleted, unless it still holds a credit', async () => {
    await run(`update users set status = 'deleted', deleted_at = now(), password_hash = null where id = $1`, [
      ledger.userId,
    ]);
    expect(await broken()).toEqual(['I8']);
    await capture([ledger.mails[0]!]);
    await run('delete from email_summaries');
    expect(await broken()).toEqual([]);
  });
});
