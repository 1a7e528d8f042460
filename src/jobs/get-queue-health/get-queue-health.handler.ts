import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { GetQueueHealth, type QueueHealth } from '../contracts';
import { JobListsRepository } from '../job-lists.repository';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { processingEnabled } from '../jobs.settings';
import { TurnsRepository } from '../turns.repository';

@QueryHandler(GetQueueHealth)
export class GetQueueHealthHandler implements IQueryHandler<GetQueueHealth> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
    private readonly turns: TurnsRepository,
    private readonly config: SystemConfig,
  ) {}

  execute(): Promise<QueueHealth> {
    return this.uow.readAsService('look at the queue', async () => ({
      enabled: this.env.ENABLE_BACKGROUND_PROCESSING && this.config.get(processingEnabled),
      ...(await this.jobs.queueDepth()),
      pausedLanes: await this.turns.closedLanes(),
    }));
  }
}
