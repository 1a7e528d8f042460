import { Client } from 'pg';
import type { Prisma } from '../../../src/kernel/database/generated/client';
import type { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { DispatchesRepository } from '../../../src/jobs/dispatches.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { arrangeMailbox } from '../../support/mail-fixtures';

const backlog = 50_000;
const users = 5;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** The claim as the dispatcher sends it: text with numbered parameters, and their values. */
async function claimStatement(): Promise<{ text: string; values: unknown[] }> {
  const statements: { text: string; values: unknown[] }[] = [];
  const rows = ({ text, values }: Prisma.Sql) => {
    statements.push({ text, values });
    return Promise.resolve([]);
  };
  const run = () => Promise.resolve(1);
  await new DispatchesRepository({ rows, run } as unknown as UnitOfWork).claimDispatches(60);
  const claim = statements.at(-1);
  if (!claim?.text.includes('update processing_jobs'))
    throw new Error('The claim is no longer the last call');
  return claim;
}

/** Every way in which a plan reads the jobs' rows. */
function waysIn(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(waysIn);
  const reads = plan['Relation Name'] === 'processing_jobs' && plan['Node Type'].endsWith('Scan');
  return reads ? [plan['Node Type'], ...below] : below;
}

describe("the dispatcher's claim, with 50,000 mails waiting", () => {
  let database: TestDatabase;
  let owner: Client;

  /** Runs the claim as the dispatcher's role after `first`, tells how it was run, and undoes both. */
  const explain = async (first = 'select') => {
    const { text, values } = await claimStatement();
    await owner.query('begin');
    try {
      await owner.query(first);
      await owner.query('set local role inbrief_service');
      const { rows } = await owner.query<{
        'QUERY PLAN': [{ Plan: Plan & { 'Actual Rows': number }; 'Execution Time': number }];
      }>(`explain (analyze, format json) ${text}`, values);
      const [report] = rows[0]?.['QUERY PLAN'] ?? [];
      if (!report) throw new Error('Postgres told no plan');
      const { Plan: plan, 'Execution Time': ms } = report;
      return { ways: waysIn(plan), claimed: plan['Actual Rows'], ms };
    } finally {
      await owner.query('rollback');
    }
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (let user = 0; user < users; user += 1) {
      const mailbox = await arrangeMailbox((text, values) => owner.query(text, values));
      await mailbox.discover(backlog / users);
    }
    await owner.query(
      `insert into processing_jobs (id, user_id, email_id, connection_id, state, received_at, held_at)
       select gen_random_uuid(), user_id, id, connection_id, 'queued', received_at, now() from email_discoveries`,
    );
    await owner.query('vacuum analyze processing_jobs');
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  // Mutant: the one below, which the same eye sees.
  it('reads the jobs through their indexes alone', async () => {
    const { ways, claimed, ms } = await explain();
    process.stdout.write(`claimed ${claimed} of ${backlog} in ${ms.toFixed(1)} ms: ${ways.join(', ')}\n`);
    expect(claimed).toBe(60);
    expect(ways.length).toBeGreaterThanOrEqual(5);
    expect(ways).not.toContain('Seq Scan');
  });

  it('would read the whole table without the index of what is in flight', async () => {
    const { ways } = await explain('drop index processing_jobs_in_flight');
    expect(ways).toContain('Seq Scan');
  });
});
