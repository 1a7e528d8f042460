import { Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AnthropicBatches, isRefusal, submitTimeoutMs } from '../anthropic/anthropic-batches.client';
import { BatchesRepository } from '../batches.repository';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { RecordBatch, SubmitBatch } from '../contracts';
import { customIdOf } from '../summariser/custom-id';
import { promptVersion } from '../summariser/prompt';

@CommandHandler(RecordBatch)
export class RecordBatchHandler implements ICommandHandler<RecordBatch> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
  ) {}

  execute({ batchId, mails }: RecordBatch): Promise<void> {
    const { ANTHROPIC_MODEL: model, BATCH_CONFIRM_MS: graceMs } = this.env;
    return this.uow.asService('record a batch', () =>
      this.batches.record({ id: batchId, model, promptVersion }, mails, submitTimeoutMs, graceMs),
    );
  }
}

@CommandHandler(SubmitBatch)
export class SubmitBatchHandler implements ICommandHandler<SubmitBatch> {
  private readonly logger = new Logger(SubmitBatchHandler.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly anthropic: AnthropicBatches,
  ) {}

  async execute({ batchId, mails }: SubmitBatch): Promise<void> {
    const items = mails.map(({ emailId, request }) => ({ customId: customIdOf(batchId, emailId), request }));
    try {
      await this.note(batchId, await this.anthropic.submit(items));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.settle(batchId, error);
    }
  }

  /** Nobody waits any more for a batch that was given up before its answer came: it is stopped. */
  private async note(batchId: string, vendorId: string): Promise<void> {
    const noted = await this.uow.readAsService('note a submitted batch', () =>
      this.batches.noteSubmitted(batchId, vendorId),
    );
    if (noted) this.logger.log({ batchId, vendorId }, 'A batch was submitted');
    else await this.anthropic.cancel(vendorId);
  }

  private async settle(batchId: string, error: DomainError): Promise<void> {
    this.logger.warn({ err: error, batchId }, 'A batch was not submitted this time');
    // What is wrong with the whole is seen at its parts, one by one.
    const outcome = error.retryable ? 'again' : 'live';
    await this.uow.asService('settle a submission', () =>
      isRefusal(error)
        ? this.batches.giveUp(batchId, 'refused', { outcome, reasonCode: error.code, draft: null })
        : this.batches.noteUnanswered(batchId, this.env.BATCH_CONFIRM_MS),
    );
  }
}
