import { CreditFlow } from './billing/credit-flow';
import { LedgerRepository } from './billing/ledger.repository';
import { databaseUrl } from './kernel/config/database-url';
import { EnvDto } from './kernel/config/env.dto';
import { PrismaConnection } from './kernel/database/prisma-connection';
import { UnitOfWork } from './kernel/database/unit-of-work';
import { Metrics } from './kernel/observability/metrics';

/** `node dist/verify.js`: prints every broken invariant of the database at DATABASE_URL; exits 1 if there is any. */
async function main(): Promise<void> {
  const connection = new PrismaConnection(
    Object.assign(new EnvDto(), { DATABASE_URL: databaseUrl(), DATABASE_POOL_SIZE: 2 }),
  );
  try {
    const uow = new UnitOfWork(connection);
    const ledger = new LedgerRepository(uow, new CreditFlow(uow, new Metrics()));
    const violations = await uow.readAsService('verify the database', () => ledger.violations());
    for (const { invariant, subject, detail } of violations)
      process.stdout.write(`${invariant} ${subject}: ${detail}\n`);
    process.stdout.write(`violations: ${violations.length}\n`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await connection.onModuleDestroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
