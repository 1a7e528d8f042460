import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { ListConnections } from '../../gmail/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { processingEnabled } from '../jobs.settings';
import { TurnsRepository } from '../turns.repository';
import type { ProcessingDto } from './get-processing.dto';

/** How the work for one user stands. */
export class GetProcessing extends Query<ProcessingDto> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetProcessing)
export class GetProcessingHandler implements IQueryHandler<GetProcessing> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly turns: TurnsRepository,
    private readonly config: SystemConfig,
  ) {}

  async execute({ userId }: GetProcessing): Promise<ProcessingDto> {
    const mailboxes = await this.queries.execute(new ListConnections(userId));
    const lanes = ['model', `user:${userId}`, ...mailboxes.map(({ id }) => `mailbox:${id}`)];
    return this.uow.readAsService('show how work stands', async () => {
      const standing = await this.turns.standingOf(userId);
      return {
        enabled: this.env.ENABLE_BACKGROUND_PROCESSING && this.config.get(processingEnabled),
        pausedSince: standing.pausedAt,
        class: standing.class,
        pausedLanes: await this.turns.closedLanes(lanes),
      };
    });
  }
}
