import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BatchesRepository } from '../batches.repository';
import { CountOpenBatches, type OpenBatches } from '../contracts';

@QueryHandler(CountOpenBatches)
export class CountOpenBatchesHandler implements IQueryHandler<CountOpenBatches> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
  ) {}

  async execute(): Promise<OpenBatches> {
    const found = await this.uow.readAsService('count open batches', () => this.batches.countOpen());
    return { open: found.batches, mails: found.mails, oldestSeconds: Math.round(found.oldestSeconds) };
  }
}
