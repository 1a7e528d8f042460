import { Client, Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { recordOutcomes, seedMailbox, seedPaidPayment, violationsOf } from '../../support/ledger-fixtures';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe('the ledger under concurrency', () => {
  let database: TestDatabase;
  let db: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new Pool({ connectionString: database.ownerUrl, max: 16 });
  });
  afterEach(async () => expect(await violationsOf(db)).toEqual([]));
  afterAll(async () => {
    await db.end();
    await database.drop();
  });

  const grant = (userId: string, credits: number, ref = 'w') =>
    db.query(`select ledger_grant($1, $2, 'promotion', $3, $4)`, [userId, uuidv7(), userId + ref, credits]);
  const hold = async (userId: string, emails: string[]): Promise<string[]> => {
    const ids = emails.map(() => uuidv7());
    const { rows } = await db.query<{ id: string }>(`select ledger_hold($1, $2, $3, '7 days') as id`, [
      userId,
      emails,
      ids,
    ]);
    return rows.map((row) => row.id);
  };
  const end = async (userId: string, email: string, how: 'capture' | 'release'): Promise<string> => {
    const call = how === 'capture' ? 'ledger_capture($1, $2)' : `ledger_release($1, $2, 'race')`;
    const { rows } = await db.query<{ outcome: string }>(`select outcome from ${call}`, [userId, [email]]);
    return rows[0]!.outcome;
  };
  const balance = async (userId: string) =>
    (
      await db.query('select posted::int, held::int, debt::int from credit_wallets where user_id = $1', [
        userId,
      ])
    ).rows[0] as object;

  // Mutant: reading the balance before locking the wallet.
  it('grants exactly 100 of 1,200 concurrent holds on 100 credits', async () => {
    const { userId, emailIds } = await seedMailbox(db, 1_200);
    await grant(userId, 60, 'a');
    await grant(userId, 40, 'b');
    const held = await Promise.all(emailIds.map((email) => hold(userId, [email])));
    expect(held.flat()).toHaveLength(100);
    expect(await balance(userId)).toEqual({ posted: 100, held: 100, debt: 0 });
    await recordOutcomes(db, emailIds);
  }, 60_000);

  it('holds one mail once, however many ask for it at the same time', async () => {
    const { userId, emailIds } = await seedMailbox(db, 5);
    await grant(userId, 100);
    const held = await Promise.all(Array.from({ length: 60 }, () => hold(userId, emailIds)));
    expect(held.every((emails) => emails.length === 5)).toBe(true);
    expect(await balance(userId)).toMatchObject({ held: 5 });
    await recordOutcomes(db, emailIds);
  });

  // Mutant: resolving a hold without asking whether it is still held.
  it('lets exactly one win in each of 1,200 races between capture and release', async () => {
    const { userId, emailIds } = await seedMailbox(db, 1_200);
    await grant(userId, 1_200);
    expect(await hold(userId, emailIds)).toHaveLength(1_200);
    const races = await Promise.all(
      emailIds.map(async (email, n) => {
        const ways = n % 2 ? (['capture', 'release'] as const) : (['release', 'capture'] as const);
        return Promise.all(ways.map((how) => end(userId, email, how)));
      }),
    );
    const winners = races.map((outcomes) => outcomes.filter((outcome) => outcome !== 'conflict'));
    expect(winners.every((outcomes) => outcomes.length === 1)).toBe(true);
    const captured = winners.flat().filter((outcome) => outcome === 'captured').length;
    expect(await balance(userId)).toEqual({ posted: 1_200 - captured, held: 0, debt: 0 });
    await recordOutcomes(db, emailIds);
  }, 60_000);

  it('grants a purchase once, though fifty deliveries ask at once while its refund is on the way', async () => {
    const { userId } = await seedMailbox(db, 0);
    const payment = await seedPaidPayment(db, userId, 40);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2
          ? db.query(`select ledger_grant($1, $2, 'purchase', $3, 40)`, [userId, uuidv7(), payment])
          : db.query(`select ledger_claw_back($1, $2, 're_' || $2, 250, 1000)`, [userId, payment]),
      ),
    );
    expect(await balance(userId)).toEqual({ posted: 30, held: 0, debt: 0 });
  });

  it(`breaks nothing in a storm of everything at once (FUZZ_SEED=${seed})`, async () => {
    const { userId, emailIds } = await seedMailbox(db, 60);
    const payment = await seedPaidPayment(db, userId, 30);
    let state = seed;
    const pick = (size: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * size);
    };
    const some = (): string[] => Array.from({ length: 1 + pick(8) }, () => emailIds[pick(emailIds.length)]!);
    const acts = [
      () => grant(userId, 1 + pick(9), String(pick(20))),
      () => db.query(`select ledger_grant($1, $2, 'purchase', $3, 30)`, [userId, uuidv7(), payment]),
      () => hold(userId, some()),
      () => hold(userId, some()),
      () => db.query('select ledger_capture($1, $2)', [userId, some()]),
      () => db.query(`select ledger_release($1, $2, 'storm')`, [userId, some()]),
      () =>
        db.query('select ledger_claw_back($1, $2, $3, $4, 1000)', [
          userId,
          payment,
          `${payment}-${pick(3)}`,
          1 + pick(999),
        ]),
      () =>
        db.query('select ledger_reverse_claw_back($1, $2, $3)', [userId, payment, `${payment}-${pick(3)}`]),
      () =>
        db.query('select ledger_adjust($1, $2, $3, $4, $5)', [
          userId,
          uuidv7(),
          `${userId}${pick(30)}`,
          pick(2) ? 3 : -3,
          'storm',
        ]),
      () =>
        db.query(
          `update credit_lots set expires_at = clock_timestamp() where user_id = $1 and source_ref = $2`,
          [userId, `${userId}${pick(20)}`],
        ),
      () => db.query('select ledger_expire(10)'),
    ];
    await Promise.all(Array.from({ length: 600 }, () => acts[pick(acts.length)]!()));
    await db.query(`select ledger_grant($1, $2, 'purchase', $3, 30)`, [userId, uuidv7(), payment]);
    await recordOutcomes(db, emailIds);
  }, 60_000);
});

describe('the ledger towards the application', () => {
  let database: TestDatabase;
  let db: Client;
  const tables = ['credit_wallets', 'credit_lots', 'credit_holds', 'credit_transactions', 'credit_claims'];

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new Client({ connectionString: database.appUrl });
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await database.drop();
  });

  // Mutant: a migration that grants a write (planted in violations.spec.ts, I17).
  it.each(tables)('gives nobody of the application a write to %s', async (table) => {
    const { rows } = await db.query<{ role: string; privilege: string }>(
      `select role, privilege from unnest(array['inbrief_app', 'inbrief_user', 'inbrief_service']) role,
         unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) privilege
       where has_table_privilege(role, $1, privilege)`,
      [table],
    );
    expect(rows).toEqual([]);
  });

  it('lets the service alone call the ledger, and nobody its inner functions', async () => {
    const { rows } = await db.query<{ role: string; name: string }>(
      `select role, p.proname as name from pg_proc p, unnest(array['inbrief_app', 'inbrief_user', 'inbrief_service']) role
       where p.proname like 'ledger\\_%' and has_function_privilege(role, p.oid, 'execute') order by 2`,
    );
    const callable = [
      'adjust',
      'capture',
      'claw_back',
      'expire',
      'grant',
      'hold',
      'open_wallet',
      'release',
      'reverse_claw_back',
    ];
    expect(rows).toEqual(callable.map((name) => ({ role: 'inbrief_service', name: `ledger_${name}` })));
  });

  it.each(['delete from', 'update', 'truncate'])(
    'refuses to %s the journal, even to its owner',
    async (verb) => {
      const owner = new Client({ connectionString: database.ownerUrl });
      await owner.connect();
      try {
        const { userId } = await seedMailbox(owner, 0);
        await owner.query(`select ledger_grant($1, $2, 'welcome', $3, 1)`, [userId, uuidv7(), userId]);
        const sql =
          verb === 'update' ? 'update credit_transactions set reason = null' : `${verb} credit_transactions`;
        await expect(owner.query(sql)).rejects.toThrow('append-only');
      } finally {
        await owner.end();
      }
    },
  );
});
