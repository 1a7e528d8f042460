import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { PauseProcessing, ResumeProcessing } from '../contracts';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { TurnsRepository } from '../turns.repository';

@CommandHandler(PauseProcessing)
export class PauseProcessingHandler implements ICommandHandler<PauseProcessing> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly turns: TurnsRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId }: PauseProcessing): Promise<void> {
    return this.uow.asService('pause processing', async () => {
      if (!(await this.turns.pause(userId))) return;
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action: 'jobs.processing-paused', ...target });
    });
  }
}

@CommandHandler(ResumeProcessing)
export class ResumeProcessingHandler implements ICommandHandler<ResumeProcessing> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly turns: TurnsRepository,
    private readonly audit: AuditLog,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  execute({ userId }: ResumeProcessing): Promise<void> {
    return this.uow.asService('resume processing', async () => {
      if (!(await this.turns.resume(userId))) return;
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action: 'jobs.processing-resumed', ...target });
      this.uow.afterCommit(() => this.dispatcher.ring());
    });
  }
}
