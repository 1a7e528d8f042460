import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { serviceNotice, shownAt } from '../dashboard.settings';
import type { StatusDto } from './get-status.dto';

/** What the service has to say to everybody now. Asks no database: it can be told while that is away. */
export class GetStatus extends Query<StatusDto> {}

@QueryHandler(GetStatus)
export class GetStatusHandler implements IQueryHandler<GetStatus> {
  constructor(private readonly config: SystemConfig) {}

  execute(): Promise<StatusDto> {
    const shown = shownAt(this.config.get(serviceNotice), Date.now());
    if (!shown) return Promise.resolve({ notice: null });
    const { text, level, until } = shown;
    return Promise.resolve({
      notice: { text, level, until: until === undefined ? null : new Date(until).toISOString() },
    });
  }
}
