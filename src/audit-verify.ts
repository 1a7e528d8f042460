import 'reflect-metadata';
import { databaseUrl } from './kernel/config/database-url';
import { EnvDto } from './kernel/config/env.dto';
import { type Anchor, anchorText, AuditChain, type AuditFault } from './kernel/audit/audit-chain';
import { AuditChainRepository } from './kernel/audit/audit-chain.repository';
import { PrismaConnection } from './kernel/database/prisma-connection';
import { UnitOfWork } from './kernel/database/unit-of-work';

/**
 * `node dist/audit-verify.js [SEQ:HASH]`: recomputes the audit log's chain in the database at DATABASE_URL, prints every row
 * and block that is not what was sealed, and the head. A head that was printed or logged before may be given: it must still be
 * part of the chain. Exits 1 if anything is wrong.
 */
async function main([anchor]: string[]): Promise<void> {
  const connection = new PrismaConnection(
    Object.assign(new EnvDto(), { DATABASE_URL: databaseUrl(), DATABASE_POOL_SIZE: 2 }),
  );
  try {
    const chain = new AuditChain(new AuditChainRepository(new UnitOfWork(connection)));
    const { blocks, rows, head, faults } = await chain.verify(
      anchor === undefined ? undefined : parse(anchor),
    );
    for (const fault of faults) process.stdout.write(`${told(fault)}\n`);
    const at = head ? anchorText(head) : 'none';
    process.stdout.write(`blocks: ${blocks}, rows: ${rows}, head: ${at}\nfaults: ${faults.length}\n`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await connection.onModuleDestroy();
  }
}

function parse(text: string): Anchor {
  const [, block, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (block === undefined || hash === undefined)
    throw new Error('An anchor is SEQ:HASH, as a verification prints it');
  return { block: BigInt(block), hash };
}

function told({ block, rowId, what }: AuditFault): string {
  return [block !== undefined && `block ${block}`, rowId !== undefined && `row ${rowId}`, what]
    .filter(Boolean)
    .join(' ');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
