import { Injectable } from '@nestjs/common';
import { migrationsDirectory, readMigrations } from './migration-files';
import { UnitOfWork } from './unit-of-work';

/** What a probe may ask of the database. */
@Injectable()
export class DatabaseHealth {
  private readonly expected = readMigrations(migrationsDirectory).map(({ name }) => name);

  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Names of the migrations that this build brings and the database lacks.
   * @throws Error when Postgres does not answer within `timeoutMs`.
   */
  async pendingMigrations(timeoutMs: number): Promise<string[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`Postgres did not answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
    });
    try {
      const applied = new Set(await Promise.race([this.applied(), late]));
      return this.expected.filter((name) => !applied.has(name));
    } finally {
      clearTimeout(timer);
    }
  }

  private async applied(): Promise<string[]> {
    const rows = await this.uow.readAsService(
      'answer a probe',
      () => this.uow.db.$queryRaw<{ migration_name: string }[]>`
        select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
    );
    return rows.map((row) => row.migration_name);
  }
}
