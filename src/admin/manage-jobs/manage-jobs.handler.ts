import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { ListQuarantined, SearchJobs, SearchRuns } from '../../jobs/contracts';
import { AdminLists } from '../admin-lists';
import type { AdminJobPage, AdminRunPage, SearchJobsDto, SearchRunsDto } from './manage-jobs.dto';

/** A page of jobs over all users, the newest first. */
export class FindJobs extends Query<AdminJobPage> {
  constructor(readonly search: SearchJobsDto) {
    super();
  }
}

@QueryHandler(FindJobs)
export class FindJobsHandler implements IQueryHandler<FindJobs> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: FindJobs): Promise<AdminJobPage> {
    const { userId, runId, state, reasonCode } = search;
    return this.lists.page('admin.jobs', search, (limit, before) =>
      this.queries.execute(new SearchJobs({ userId, runId, state, reasonCode }, before ?? null, limit)),
    );
  }
}

/** A page of runs over all users, the newest first. */
export class FindRuns extends Query<AdminRunPage> {
  constructor(readonly search: SearchRunsDto) {
    super();
  }
}

@QueryHandler(FindRuns)
export class FindRunsHandler implements IQueryHandler<FindRuns> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: FindRuns): Promise<AdminRunPage> {
    const { userId, connectionId, state, reasonCode } = search;
    return this.lists.page('admin.runs', search, (limit, before) =>
      this.queries.execute(
        new SearchRuns({ userId, connectionId, state, reasonCode }, before ?? null, limit),
      ),
    );
  }
}

/** A page of the mails that killed their workers. */
export class ShowQuarantine extends Query<AdminJobPage> {
  constructor(readonly page: { limit: number; cursor?: string }) {
    super();
  }
}

@QueryHandler(ShowQuarantine)
export class ShowQuarantineHandler implements IQueryHandler<ShowQuarantine> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ page }: ShowQuarantine): Promise<AdminJobPage> {
    return this.lists.page('admin.quarantine', page, (limit, before) =>
      this.queries.execute(new ListQuarantined(before ?? null, limit)),
    );
  }
}
