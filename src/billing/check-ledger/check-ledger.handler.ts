import { Logger } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { LedgerRepository, type Violation } from '../ledger.repository';
import { ScheduleRepository } from '../schedule.repository';

/** Violations that an audit row spells out; the rest is counted. */
const spelledOut = 20;

/** The duty under which the last result is kept. */
export const checkDuty = 'check-ledger';

/** How many violations of each invariant a check found. */
export type ViolationCounts = Record<string, number>;

/** Looks at every invariant; what is broken goes into the metric, the readiness detail and the audit log. */
export class CheckLedger extends Command<Violation[]> {}

@CommandHandler(CheckLedger)
export class CheckLedgerHandler implements ICommandHandler<CheckLedger> {
  private readonly logger = new Logger(CheckLedger.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly schedule: ScheduleRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute(): Promise<Violation[]> {
    const beganAt = new Date();
    const violations = await this.uow.readAsService('check the ledger', () => this.ledger.violations());
    await this.uow.asService('note the state of the ledger', async () => {
      const counts = countByInvariant(violations);
      await this.schedule.finish(checkDuty, beganAt, counts);
      if (violations.length === 0) return;
      const changes = { counts, violations: violations.slice(0, spelledOut) };
      await this.audit.record({ action: 'billing.ledger-violated', targetType: 'ledger', changes });
    });
    if (violations.length > 0)
      this.logger.error({ violations: violations.slice(0, spelledOut) }, 'The ledger drifted');
    return violations;
  }
}

function countByInvariant(violations: Violation[]): ViolationCounts {
  const counts: ViolationCounts = {};
  for (const { invariant } of violations) counts[invariant] = (counts[invariant] ?? 0) + 1;
  return counts;
}
