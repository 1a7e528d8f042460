import { v7 as uuidv7 } from 'uuid';
import { seedMailbox, seedPaidPayment, violationsOf } from '../../support/ledger-fixtures';
import { useFaultyLedger } from './faulty-ledger';

describe('ledger_violations', () => {
  const ledger = useFaultyLedger();
  const { run, mutate, withoutGuards, broken, grant, hold, capture, wholeStory } = ledger;

  it('is empty after credits were granted, held, captured and released', async () => {
    await wholeStory();
    expect(await violationsOf(ledger.db)).toEqual([]);
  });

  it('I1: a wallet that does not count what its journal says', async () => {
    await mutate('ledger_post', 'posted = posted + p_d_posted', 'posted = posted + p_d_posted - 1');
    await grant();
    expect(await broken()).toContain('I1');
  });

  it('I2: a journal with a gap', async () => {
    await mutate('ledger_post', 'seq = seq + 1', 'seq = seq + 2');
    await grant();
    expect(await broken()).toContain('I2');
  });

  it('I3: a line with the balance before it instead of after it', async () => {
    await mutate('ledger_hold', 'wallet.held + n, hold_id', 'wallet.held, hold_id');
    await wholeStory();
    expect(await broken()).toEqual(['I3']);
  });

  it('I4: a hold of more than the wallet sets aside', async () => {
    await mutate(
      'ledger_hold',
      '(id, user_id, lot_id, email_id, created_at',
      '(amount, id, user_id, lot_id, email_id, created_at',
    );
    await mutate('ledger_hold', 'select hold_id, p_user_id', 'select 2, hold_id, p_user_id');
    await grant();
    await hold(ledger.mails.slice(0, 2));
    expect(await broken()).toContain('I4');
  });

  it.each([
    ['holds twice what it takes', 'ledger_hold', 'held = l.held + c.n', 'held = l.held + 2 * c.n'],
    [
      'keeps what was captured',
      'ledger_resolve',
      'remaining = l.remaining - c.amount * taken_now,',
      'remaining = l.remaining,',
    ],
  ])('I5: a lot that %s', async (_, name, from, to) => {
    await withoutGuards('credit_lots');
    await mutate(name, from, to);
    await grant(20);
    await hold(ledger.mails);
    await capture(ledger.mails);
    expect(await broken()).toEqual(['I5']);
  });

  it('I6: a hold that ended without a line in the journal', async () => {
    await mutate('ledger_resolve', 'from numbered', 'from numbered where false');
    await wholeStory();
    expect(await broken()).toContain('I6');
  });

  it('I7: a mail that is charged twice', async () => {
    await run('drop index credit_holds_one_charge');
    await mutate('ledger_hold', 'where c.email_id is null', '');
    await grant();
    await hold(ledger.mails.slice(0, 2));
    await hold(ledger.mails.slice(0, 2));
    expect(await broken()).toEqual(['I7']);
  });

  it('I9: a hold that nobody renewed or ended', async () => {
    await wholeStory();
    await run(`update credit_holds set expires_at = now() - interval '2 hours' where state = 'held'`);
    expect(await broken()).toEqual(['I9']);
  });

  describe('I10: payments and grants that do not match', () => {
    it('a payment without its grant', async () => {
      await seedPaidPayment(ledger.db, ledger.userId, 10);
      expect(await broken()).toEqual(['I10']);
    });

    it('a grant of other credits than were paid for', async () => {
      const payment = await seedPaidPayment(ledger.db, ledger.userId, 10);
      await run(`select ledger_grant($1, $2, 'purchase', $3, 11)`, [ledger.userId, uuidv7(), payment]);
      expect(await broken()).toEqual(['I10']);
    });

    it('a grant for a payment that is not paid', async () => {
      const payment = await seedPaidPayment(ledger.db, ledger.userId, 10);
      await run(`update stripe_payments set status = 'processing', paid_at = null where id = $1`, [payment]);
      await run(`select ledger_grant($1, $2, 'purchase', $3, 10)`, [ledger.userId, uuidv7(), payment]);
      expect(await broken()).toEqual(['I10']);
    });

    it('a purchase lot that nobody paid', async () => {
      await run(`select ledger_grant($1, $2, 'purchase', 'pi_unknown', 10)`, [ledger.userId, uuidv7()]);
      expect(await broken()).toEqual(['I10']);
    });
  });

  it.each([
    ['claws back more than the claims say', 'floor(', '1 + floor('],
    [
      'ignores that a refund and a dispute together exceed the price',
      'least(sum(claimed), max(total))',
      'sum(claimed)',
    ],
    ['forgets the debt', 'owed := greatest(need, 0) - take', 'owed := 0'],
  ])('I11: a claw-back that %s', async (_, from, to) => {
    await withoutGuards('credit_lots');
    await mutate('ledger_apply_claims', from, to);
    const payment = await seedPaidPayment(ledger.db, ledger.userId, 10);
    await run(`select ledger_grant($1, $2, 'purchase', $3, 10)`, [ledger.userId, uuidv7(), payment]);
    await hold(ledger.mails.slice(0, 8));
    await run(`select ledger_claw_back($1, $2, $2 || 'r', 60, 100)`, [ledger.userId, payment]);
    await run(`select ledger_claw_back($1, $2, $2 || 'd', 100, 100)`, [ledger.userId, payment]);
    expect(await broken()).toContain('I11');
  });

  it('I12: a balance below zero that no claw-back explains', async () => {
    await withoutGuards('credit_wallets');
    await withoutGuards('credit_lots');
    await mutate('ledger_hold', 'room := wallet.posted - wallet.held', 'room := 1000');
    await mutate('ledger_hold', 'remaining > held and', 'true and');
    await mutate('ledger_hold', 'f.n > p.upto - p.free and f.n <= p.upto', 'true');
    await grant(1);
    await hold(ledger.mails);
    expect(await broken()).toContain('I12');
  });

  it('I13: a hold from a lot past its date', async () => {
    await grant();
    await run(`update credit_lots set expires_at = now() - interval '1 minute'`);
    await mutate('ledger_hold', 'and (expires_at is null or expires_at > at)', '');
    await hold(ledger.mails.slice(0, 1));
    expect(await broken()).toEqual(['I13']);
  });

  it('I14: lines that belong to no wallet', async () => {
    await grant();
    await run('set local session_replication_role = replica');
    await run('delete from credit_wallets where user_id = $1', [ledger.userId]);
    expect(await broken()).toContain('I14');
  });

  it.each(['credit_lots', 'processing_jobs', 'credit_transactions'])(
    'I15: a row of %s under another user',
    async (table) => {
      await wholeStory();
      const other = await seedMailbox(ledger.db, 0);
      await run('set local session_replication_role = replica');
      await run(`update ${table} set user_id = $1 where user_id = $2`, [other.userId, ledger.userId]);
      expect(await broken()).toContain('I15');
    },
  );

  it.each([
    [
      'outbox message',
      `insert into outbox_messages (id, type, payload, occurred_at) values (gen_random_uuid(), 'x', '{}', now() - interval '6 minutes')`,
    ],
    [
      'Stripe event',
      `insert into stripe_events (id, type, livemode, payload, source, occurred_at, received_at) values ('evt_1', 'x', false, '{}', 'webhook', now(), now() - interval '6 minutes')`,
    ],
  ])('I16: an %s that nothing happens to', async (_, sql) => {
    await run(sql);
    expect(await broken()).toEqual(['I16']);
  });

  it.each([
    ['grants a write to the service', 'grant update on credit_wallets to inbrief_service'],
    ['grants one column to the user', 'grant update (remaining) on credit_lots to inbrief_user'],
    ['grants truncate to the login', 'grant truncate on credit_transactions to inbrief_app'],
    ['makes the login a member of the ledger', 'grant inbrief_ledger to inbrief_app'],
    ['switches row level security off', 'alter table credit_holds no force row level security'],
    [
      'lets the journal be rewritten',
      'alter table credit_transactions disable trigger credit_transactions_append_only',
    ],
  ])('I17: a migration that %s', async (_, sql) => {
    await run(sql);
    expect(await broken()).toEqual(['I17']);
  });
});
