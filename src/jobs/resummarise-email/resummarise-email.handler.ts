import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { GetSummarisedMail } from '../../email/contracts';
import { AddMailRevision } from '../../gmail/contracts';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { JobControlRepository } from '../job-control.repository';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import type { OrderedResummaryDto } from './resummarise-email.dto';

/**
 * Orders a new summary of a mail, for a credit that is held at once. The new revision of the mail, its job and its hold commit
 * together; the summary there is stays the current one until the new one is stored.
 * @throws DomainError `email.summary-not-found`; `email.resummarise-under-way` (conflict) while work on any revision of the mail
 * has not ended; `billing.insufficient-credits` (payment-required); what `AddMailRevision` throws. Nothing is written then.
 */
export class ResummariseEmail extends Command<OrderedResummaryDto> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
  ) {
    super();
  }
}

@CommandHandler(ResummariseEmail)
export class ResummariseEmailHandler implements ICommandHandler<ResummariseEmail> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly control: JobControlRepository,
    private readonly jobs: ProcessingJobsRepository,
    private readonly audit: AuditLog,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  async execute({ userId, summaryId }: ResummariseEmail): Promise<OrderedResummaryDto> {
    const mail = await this.queries.execute(new GetSummarisedMail(userId, summaryId));
    return this.uow.asService('summarise a mail anew', async () => {
      const { emailId, earlier } = await this.commands.execute(new AddMailRevision(userId, mail.emailId));
      if (await this.control.anyOpen(earlier)) throw underWay();
      const jobId = await this.control.addAsked(userId, emailId);
      const held = await this.commands.execute(new HoldCredits(userId, [emailId]));
      if (held.length === 0) throw noCredit();
      await this.jobs.markQueued(held);
      await this.audit.record({
        action: 'jobs.resummary-ordered',
        targetType: 'summary',
        targetId: summaryId,
        userId,
        changes: { jobId, emailId },
      });
      this.uow.afterCommit(() => this.dispatcher.ring());
      return { jobId, emailId, credits: held.length };
    });
  }
}

function underWay(): DomainError {
  return new DomainError('conflict', 'email.resummarise-under-way', 'This mail is being summarised already');
}

function noCredit(): DomainError {
  return new DomainError('payment-required', 'billing.insufficient-credits', 'There is no credit for it');
}
