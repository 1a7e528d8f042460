import { Client, type QueryResult } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { recordOutcomes, seedMailbox, violationsOf } from '../../support/ledger-fixtures';
import { replaceInFunction } from '../../support/mutate';

/** A ledger with one user and ten mails, in which a test plants a fault; each test is rolled back. */
export class FaultyLedger {
  db!: Client;
  userId!: string;
  mails!: string[];

  readonly run = (sql: string, args: unknown[] = []): Promise<QueryResult> => this.db.query(sql, args);

  /** Replaces a piece of a ledger function's source. */
  readonly mutate = (name: string, from: string, to: string): Promise<string> =>
    replaceInFunction(this.db, name, from, to);

  /** Drops a table's check constraints, so that only the view stands between a fault and the books. */
  readonly withoutGuards = (table: string): Promise<QueryResult> =>
    this.run(`do $$ declare c record; begin
      for c in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' loop
        execute format('alter table ${table} drop constraint %I', c.conname); end loop; end $$`);

  /** The invariants that the view finds broken. */
  readonly broken = async (): Promise<string[]> => [
    ...new Set((await violationsOf(this.db)).map((row) => row.invariant)),
  ];

  readonly grant = (credits = 5): Promise<QueryResult> =>
    this.run(`select ledger_grant($1, $2, 'promotion', $3, $4)`, [
      this.userId,
      uuidv7(),
      this.userId,
      credits,
    ]);

  readonly hold = (mails: string[]): Promise<void> =>
    this.act(`select ledger_hold($1, $2, $3, interval '7 days')`, mails, [mails.map(() => uuidv7())]);

  readonly capture = (mails: string[]): Promise<void> => this.act(`select ledger_capture($1, $2)`, mails);

  readonly release = (mails: string[]): Promise<void> =>
    this.act(`select ledger_release($1, $2, 'test')`, mails);

  /** Of five credits two are captured, one is released and taken again, and two are held. */
  readonly wholeStory = async (): Promise<void> => {
    await this.grant();
    await this.hold(this.mails.slice(0, 6));
    await this.capture(this.mails.slice(0, 2));
    await this.release(this.mails.slice(2, 3));
    await recordOutcomes(this.db, this.mails);
  };

  private async act(sql: string, mails: string[], more: unknown[] = []): Promise<void> {
    await this.run(sql, [this.userId, mails, ...more]);
    await recordOutcomes(this.db, mails);
  }
}

/** Opens the database for a spec file, and a transaction for each of its tests. */
export function useFaultyLedger(): FaultyLedger {
  const ledger = new FaultyLedger();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    ledger.db = new Client({ connectionString: database.ownerUrl });
    await ledger.db.connect();
  });
  beforeEach(async () => {
    await ledger.db.query('begin');
    ({ userId: ledger.userId, emailIds: ledger.mails } = await seedMailbox(ledger.db, 10));
  });
  afterEach(() => ledger.db.query('rollback'));
  afterAll(async () => {
    await ledger.db.end();
    await database.drop();
  });
  return ledger;
}
