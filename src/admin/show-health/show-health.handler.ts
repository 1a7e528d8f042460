import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { FindStripeEvents, GetLedgerHealth } from '../../billing/contracts';
import { DatabaseHealth } from '../../kernel/database/database-health';
import { OutboxRepository } from '../../kernel/outbox/outbox.repository';
import { SystemConfig } from '../../kernel/system-config/system-config';
import type { SystemHealthDto } from './show-health.dto';

const patienceMs = 3_000;

/** How the product is, over all processes; what one process alone knows is in its metrics. */
export class ShowSystemHealth extends Query<SystemHealthDto> {}

@QueryHandler(ShowSystemHealth)
export class ShowSystemHealthHandler implements IQueryHandler<ShowSystemHealth> {
  constructor(
    private readonly queries: QueryBus,
    private readonly outbox: OutboxRepository,
    private readonly database: DatabaseHealth,
    private readonly config: SystemConfig,
  ) {}

  async execute(): Promise<SystemHealthDto> {
    const [backlog, ledger, pendingMigrations, open] = await Promise.all([
      this.outbox.backlog(),
      this.queries.execute(new GetLedgerHealth()),
      this.database.pendingMigrations(patienceMs),
      this.queries.execute(new FindStripeEvents({ open: true }, 100)),
    ]);
    return {
      outboxWaiting: backlog.waiting,
      outboxLagMs: Math.round(backlog.lagMs),
      deadLetters: backlog.dead,
      ledgerViolations: ledger?.violations ?? null,
      ledgerCheckedAt: ledger?.checkedAt ?? null,
      pendingMigrations,
      unsoundSettings: this.config
        .list()
        .filter(({ fault }) => fault !== undefined)
        .map(({ setting }) => setting.key),
      openStripeEvents: open.length,
    };
  }
}
