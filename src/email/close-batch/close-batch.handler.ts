import { Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AnthropicBatches } from '../anthropic/anthropic-batches.client';
import { BatchesRepository } from '../batches.repository';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { type BatchOutcome, CloseBatch, KeepBatchAnswer, ListBatchOutcomes } from '../contracts';
import { EmailRepository } from '../email.repository';

/** Milliseconds before a mail is put into another batch, by why it has to be; at once for any other reason. */
const pauses: Record<string, number> = {
  'email.spend-limit': 600_000,
  'email.model-refused-key': 600_000,
  'email.rate-limited': 60_000,
  'email.overloaded': 60_000,
  'email.model-failed': 60_000,
  'anthropic.circuit-open': 60_000,
};

@QueryHandler(ListBatchOutcomes)
export class ListBatchOutcomesHandler implements IQueryHandler<ListBatchOutcomes> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
  ) {}

  async execute({ batchId }: ListBatchOutcomes): Promise<BatchOutcome[]> {
    const rows = await this.uow.readAsService('list the outcomes of a batch', () =>
      this.batches.listOutcomes(batchId),
    );
    return rows.map(({ emailId, outcome, reasonCode }) => ({
      emailId,
      outcome: outcome as BatchOutcome['outcome'],
      reasonCode: reasonCode ?? '',
      afterMs: pauses[reasonCode ?? ''] ?? 0,
    }));
  }
}

@CommandHandler(KeepBatchAnswer)
export class KeepBatchAnswerHandler implements ICommandHandler<KeepBatchAnswer> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly emails: EmailRepository,
  ) {}

  execute({ batchId, userId, emailId }: KeepBatchAnswer): Promise<void> {
    return this.uow.asService('keep an answer', async () => {
      const draft = await this.batches.draftOf(batchId, emailId);
      if (!draft)
        throw new DomainError('internal', 'email.no-draft', `No answer is kept for mail ${emailId}`);
      await this.emails.keepDraft(userId, emailId, draft);
    });
  }
}

@CommandHandler(CloseBatch)
export class CloseBatchHandler implements ICommandHandler<CloseBatch> {
  private readonly logger = new Logger(CloseBatchHandler.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly anthropic: AnthropicBatches,
  ) {}

  async execute({ batchId }: CloseBatch): Promise<void> {
    const vendorId = await this.uow.asService('close a batch', () => this.batches.close(batchId));
    if (vendorId === undefined) return;
    // The vendor forgets it by itself after 29 days; sooner is a courtesy to the mails' owners.
    await this.anthropic
      .forget(vendorId)
      .catch((error: unknown) => this.logger.warn({ err: error, batchId }, 'The vendor kept a batch'));
  }
}
