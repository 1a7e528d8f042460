import { createHash } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type { QueryResult } from 'pg';
import { EnvDto } from '../config/env.dto';
import { PrismaClient } from './generated/client';
import { poolTerms } from './pool-terms';
import { RlsPool } from './rls-pool';

type NameOf = (sql: string) => string;

/** The process's one connection pool and the Prisma client over it. Only `UnitOfWork` hands it out. */
@Injectable()
export class PrismaConnection implements OnModuleDestroy {
  readonly pool: RlsPool;
  readonly client: PrismaClient;
  private readonly nameOf: NameOf | undefined;

  constructor(env: EnvDto) {
    this.pool = new RlsPool({
      connectionString: env.DATABASE_URL,
      max: env.DATABASE_POOL_SIZE,
      connectionTimeoutMillis: 10_000,
      application_name: 'inbrief',
      ...poolTerms,
    });
    this.pool.on('error', () => undefined); // an idle connection that breaks is replaced at its next use
    const nameOf = env.DATABASE_PREPARED_STATEMENTS ? nameByText() : undefined;
    this.nameOf = nameOf;
    const adapter = new PrismaPg(this.pool, {
      disposeExternalPool: true,
      ...(nameOf && { statementNameGenerator: ({ sql }) => nameOf(sql) }),
    });
    this.client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  }

  /** One statement under the ambient identity, or in the ambient transaction, past Prisma. */
  send<T extends object>(text: string, values: unknown[]): Promise<QueryResult<T>> {
    const name = this.nameOf?.(text);
    return this.pool.query<T>({ text, values, ...(name !== undefined && { name }) });
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.$disconnect();
  }
}

/** Names statements by their text, so that a connection prepares each one once. */
function nameByText(): NameOf {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = createHash('sha1').update(sql).digest('hex').slice(0, 24);
    names.set(sql, name);
    return name;
  };
}
