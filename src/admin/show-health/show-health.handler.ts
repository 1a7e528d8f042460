import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { FindStripeEvents, GetLedgerHealth } from '../../billing/contracts';
import { CountOpenBatches } from '../../email/contracts';
import { GetQueueHealth, type QueueHealth } from '../../jobs/contracts';
import { DatabaseHealth } from '../../kernel/database/database-health';
import { Metrics } from '../../kernel/observability/metrics';
import { OutboxRepository } from '../../kernel/outbox/outbox.repository';
import { SystemConfig } from '../../kernel/system-config/system-config';
import type { QueueHealthDto, SystemHealthDto } from './show-health.dto';

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
    private readonly metrics: Metrics,
  ) {}

  async execute(): Promise<SystemHealthDto> {
    const [backlog, ledger, pendingMigrations, open, queue, batches] = await Promise.all([
      this.outbox.backlog(),
      this.queries.execute(new GetLedgerHealth()),
      this.database.pendingMigrations(patienceMs),
      this.queries.execute(new FindStripeEvents({ open: true }, 100)),
      this.queries.execute(new GetQueueHealth()),
      this.queries.execute(new CountOpenBatches()),
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
      queue: queueView(queue),
      batches,
      breakers: this.metrics.breakers.list(),
    };
  }
}

function queueView({ pausedLanes, ...depth }: QueueHealth): QueueHealthDto {
  const closedLanes = pausedLanes.map(({ lane, pausedUntil, reasonCode }) => ({
    lane,
    closedUntil: pausedUntil.toISOString(),
    reasonCode,
  }));
  return { ...depth, closedLanes };
}
