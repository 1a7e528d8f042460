import { v7 as uuidv7 } from 'uuid';
import { seedPaidPayment } from '../../support/ledger-fixtures';
import { permutations } from '../../support/permutations';
import { useFaultyLedger } from './faulty-ledger';

/** Orders that share a transaction: in a longer one, what was undone piles up in front of what is read. */
const together = 20;

describe('a purchase, its refunds and its dispute', () => {
  const ledger = useFaultyLedger();

  // Mutants: claims kept apart that together exceed the price; a reversal that opens what a later claim had covered.
  it('leave the same balance in each of the 720 orders in which they can arrive', async () => {
    const { run, db } = ledger;
    const payment = await seedPaidPayment(db, ledger.userId, 100);
    await run('commit');
    await run('begin');
    const claim = (ref: string, share: number) => () =>
      run(`select ledger_claw_back($1, $2, $3, $4, 100)`, [ledger.userId, payment, ref, share]);
    const grant = () =>
      run(`select ledger_grant($1, $2, 'purchase', $3, 100)`, [ledger.userId, uuidv7(), payment]);
    const won = () => run(`select ledger_reverse_claw_back($1, $2, 'dispute:d')`, [ledger.userId, payment]);
    const arrivals = [
      grant,
      grant,
      claim('refund:a', 70),
      claim('refund:b', 15),
      claim('dispute:d', 100),
      won,
    ];
    const balances = new Set<string>();
    let done = 0;
    for (const order of permutations(arrivals)) {
      await run('savepoint before');
      for (const [n, arrive] of order.entries()) {
        await arrive();
        // Some of the credits are used as soon as there are any.
        if (n === 2) await ledger.hold(ledger.mails.slice(0, 4));
      }
      await ledger.hold(ledger.mails);
      const { rows } = await run(
        'select posted::int, held::int, debt::int from credit_wallets where user_id = $1',
        [ledger.userId],
      );
      balances.add(JSON.stringify(rows[0]));
      await run('rollback to savepoint before');
      done += 1;
      if (done % together === 0) await run('rollback; begin');
    }
    expect(done).toBe(720);
    expect([...balances]).toEqual([JSON.stringify({ posted: 15, held: 10, debt: 0 })]);
  }, 120_000);
});
