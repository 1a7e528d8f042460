import { Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AnthropicBatches } from '../anthropic/anthropic-batches.client';
import { BatchesRepository, type OpenBatch } from '../batches.repository';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { TendBatch, type TendedBatch } from '../contracts';
import { CollectResults } from './collect-results';
import { LostBatches } from './lost-batches';

/** Milliseconds that a batch is left to the worker that looks after it; after that another may. */
const careMs = 60_000;
/** A batch is asked for again when it has grown older by this part, within the bounds of the configuration. */
const patience = 10;
const longestPauseMs = 60_000;

@CommandHandler(TendBatch)
export class TendBatchHandler implements ICommandHandler<TendBatch> {
  private readonly logger = new Logger(TendBatchHandler.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly anthropic: AnthropicBatches,
    private readonly lost: LostBatches,
    private readonly results: CollectResults,
  ) {}

  async execute(): Promise<TendedBatch | null> {
    const batch = await this.uow.readAsService('find a batch to look after', () =>
      this.batches.claimDue(careMs),
    );
    return batch ? { batchId: batch.id, settled: await this.tend(batch) } : null;
  }

  /** Whether every mail's outcome is known. */
  private tend(batch: OpenBatch): Promise<boolean> {
    if (batch.state === 'submitting') return this.lookFor(batch);
    if (batch.state === 'in_progress' && batch.vendorId !== null) return this.collect(batch, batch.vendorId);
    return Promise.resolve(true);
  }

  private async lookFor(batch: OpenBatch): Promise<boolean> {
    const whereabouts = await this.lost.find(batch);
    if (whereabouts === 'unknown') return this.later(batch);
    if (whereabouts === 'absent') {
      this.logger.warn({ batchId: batch.id }, 'A batch never arrived; its mails are queued again');
      const settled = { outcome: 'again' as const, reasonCode: 'email.batch-lost', draft: null };
      await this.uow.asService('give a lost batch up', () =>
        this.batches.giveUp(batch.id, 'absent', settled),
      );
      return true;
    }
    this.logger.warn({ batchId: batch.id, ...whereabouts }, 'A batch whose answer was lost is found');
    await this.uow.readAsService('note a found batch', () =>
      this.batches.noteSubmitted(batch.id, whereabouts.vendorId),
    );
    return this.collect(batch, whereabouts.vendorId);
  }

  private async collect(batch: OpenBatch, vendorId: string): Promise<boolean> {
    const found = await this.anthropic.find(vendorId);
    if (found && !found.ended) return this.later(batch);
    if (found) await this.results.collect(batch, vendorId);
    else await this.results.end(batch, 'email.batch-gone');
    this.logger.log({ batchId: batch.id, mails: batch.mails }, 'A batch has ended');
    return true;
  }

  private async later({ id, createdAt }: OpenBatch): Promise<boolean> {
    const age = Date.now() - createdAt.getTime();
    const afterMs = Math.max(this.env.BATCH_POLL_MS, Math.min(longestPauseMs, age / patience));
    await this.uow.readAsService('look again later', () => this.batches.lookAgain(id, Math.round(afterMs)));
    return false;
  }
}
