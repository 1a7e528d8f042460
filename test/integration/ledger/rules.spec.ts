import { useFaultyLedger } from './faulty-ledger';

// The mutants: each rule taken out of its function.
describe('a row that breaks a rule of the ledger is refused', () => {
  const ledger = useFaultyLedger();
  const line = (kind: string, posted: number, held: number, hold: string, key: string, seq = 100) =>
    `insert into credit_transactions (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id, key)
      select l.user_id, ${seq}, '${kind}', ${posted}, ${held}, 0, 0, ${hold}, l.id, ${key}
      from credit_lots l join credit_holds h on h.lot_id = l.id and h.state = 'released'`;
  const none = 'null';
  const hold = 'h.id';
  const key = `'k'`;

  beforeEach(async () => {
    await ledger.wholeStory();
    // What is asked here is whether the row may be at all: not whether another of its kind is there, and not who may write.
    await ledger.run('drop index credit_transactions_one_hold, credit_transactions_one_end');
  });

  it.each([
    ['a wallet that holds less than nothing', 'update credit_wallets set held = -1'],
    ['a wallet that owes less than nothing', 'update credit_wallets set posted = posted + 1, debt = -1'],
    ['a wallet that holds more than it has', 'update credit_wallets set held = posted + debt + 1'],
    ['a lot from nowhere', `update credit_lots set source = 'gift'`],
    [
      'a lot of nothing',
      'update credit_lots set granted = 0, remaining = 0, held = 0, captured = 0, spent = true',
    ],
    ['a lot that holds less than nothing', 'update credit_lots set held = -1'],
    ['a lot that captured less than nothing', 'update credit_lots set captured = -1'],
    ['a lot that lost less than nothing', 'update credit_lots set expired = -1'],
    ['a lot that gave back less than nothing', 'update credit_lots set captured = 0, taken = -1'],
    ['a lot that owes less than nothing', 'update credit_lots set debt = -1'],
    ['a lot that holds more than remains', 'update credit_lots set held = remaining + 1'],
    [
      'a lot of which more was captured than was granted',
      'update credit_lots set captured = granted - remaining + 1',
    ],
    [
      'a lot of which more expired than was granted',
      'update credit_lots set expired = granted - remaining - captured + 1',
    ],
    [
      'a lot of which more was taken than was granted',
      'update credit_lots set taken = granted - remaining - captured + 1',
    ],
    ['a lot that owes more than was granted', 'update credit_lots set debt = granted - taken + 1'],
    ['a lot that is called spent and is not', 'update credit_lots set spent = true'],
    ['a hold of nothing', 'update credit_holds set amount = 0'],
    ['a hold in no known state', `update credit_holds set state = 'lost', resolved_at = now()`],
    ['a living hold that has ended', `update credit_holds set resolved_at = now() where state = 'held'`],
    ['a hold that ended at no time', `update credit_holds set resolved_at = null where state = 'captured'`],
    ['a line numbered zero', line('GRANT', 1, 0, none, key, 0)],
    ['a line of no known kind', line('GIFT', 1, 0, none, key)],
    ['a line of no known kind on a hold', line('KEEP', 0, 1, hold, none)],
    ['a hold that moves what is owned', line('HOLD', 1, 1, hold, none)],
    ['a hold that sets nothing aside', line('HOLD', 0, 0, hold, none)],
    ['a capture that adds', line('CAPTURE', 1, 1, hold, none)],
    ['a capture of more than was held', line('CAPTURE', -2, -1, hold, none)],
    ['a release that moves what is owned', line('RELEASE', -1, -1, hold, none)],
    ['a release that sets aside', line('RELEASE', 0, 1, hold, none)],
    ['a hold without its hold', line('HOLD', 0, 1, none, none)],
    ['a capture without its hold', line('CAPTURE', -1, -1, none, none)],
    ['a release without its hold', line('RELEASE', 0, -1, none, none)],
    ['a grant on a hold', line('GRANT', 1, 0, hold, key)],
    ['a grant that takes', line('GRANT', -1, 0, none, key)],
    ['a grant that holds', line('GRANT', 1, 1, none, key)],
    ['a grant without its key', line('GRANT', 1, 0, none, none)],
    ['an expiry that gives', line('EXPIRE', 1, 0, none, none)],
    ['a claw-back that gives', line('CLAWBACK', 1, 0, none, key)],
    ['a claw-back without its key', line('CLAWBACK', -1, 0, none, none)],
    ['a reversal that takes', line('CLAWBACK_REVERSAL', -1, 0, none, key)],
    ['a reversal without its key', line('CLAWBACK_REVERSAL', 1, 0, none, none)],
    ['an adjustment of nothing', line('ADJUST', 0, 0, none, key)],
    ['an adjustment without its key', line('ADJUST', 1, 0, none, none)],
  ])('%s', async (_what, sql) => {
    await expect(ledger.run(sql)).rejects.toMatchObject({ code: '23514' });
  });

  it.each([
    ['a hold', line('HOLD', 0, 1, hold, none)],
    ['a capture', line('CAPTURE', -1, -1, hold, none)],
    ['a release', line('RELEASE', 0, -1, hold, none)],
    ['a grant', line('GRANT', 1, 0, none, key)],
    ['an expiry', line('EXPIRE', -1, 0, none, none)],
    ['a claw-back', line('CLAWBACK', -1, 0, none, key)],
    ['a reversal', line('CLAWBACK_REVERSAL', 1, 0, none, key)],
    ['an adjustment upwards', line('ADJUST', 1, 0, none, key)],
    ['an adjustment downwards', line('ADJUST', -1, 0, none, key)],
  ])('but for that, %s is a line like any other', async (_what, sql) => {
    await expect(ledger.run(sql)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('and all of this holds for the rows that were there before, too', async () => {
    const { rows } = await ledger.run(
      `select conrelid::regclass::text as tab, convalidated from pg_constraint where conname ~ '^credit_[a-z]+_sound$' order by 1`,
    );
    expect(rows).toEqual(
      ['credit_holds', 'credit_lots', 'credit_transactions', 'credit_wallets'].map((tab) => ({
        tab,
        convalidated: true,
      })),
    );
  });
});
