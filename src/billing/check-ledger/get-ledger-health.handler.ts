import type { OnModuleInit } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Metrics } from '../../kernel/observability/metrics';
import { Samples } from '../../kernel/observability/samples';
import { GetLedgerHealth, type LedgerHealth } from '../contracts';
import { ScheduleRepository } from '../schedule.repository';
import { checkDuty, type ViolationCounts } from './check-ledger.handler';

/** Answers from what the last check left behind, whichever worker did it. */
@QueryHandler(GetLedgerHealth)
export class GetLedgerHealthHandler implements IQueryHandler<GetLedgerHealth>, OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly schedule: ScheduleRepository,
    private readonly metrics: Metrics,
    private readonly samples: Samples,
  ) {}

  onModuleInit(): void {
    const help = 'Broken invariants of the ledger at the last check.';
    const gauge = this.metrics.gauge('inbrief_ledger_violations', help, ['invariant']);
    this.samples.add('ledger', async () => {
      const { counts = {} } = (await this.last()) ?? {};
      gauge.reset();
      gauge.set({ invariant: 'any' }, sum(counts));
      for (const [invariant, count] of Object.entries(counts)) gauge.set({ invariant }, count);
    });
  }

  async execute(): Promise<LedgerHealth | null> {
    const last = await this.last();
    return last ? { checkedAt: last.checkedAt, violations: sum(last.counts) } : null;
  }

  private async last(): Promise<{ checkedAt: string; counts: ViolationCounts } | undefined> {
    const done = await this.uow.readAsService('read the last check', () => this.schedule.lastDone(checkDuty));
    return done && { checkedAt: done.beganAt.toISOString(), counts: (done.result ?? {}) as ViolationCounts };
  }
}

function sum(counts: ViolationCounts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
