import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { runView } from '../get-run/run-view';
import { RunsRepository } from '../runs.repository';
import type { RunPage } from './list-runs.dto';

/** A page of a user's runs, newest first: two statements, however many runs it shows. */
export class ListRuns extends Query<RunPage> {
  constructor(
    readonly userId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListRuns)
export class ListRunsHandler implements IQueryHandler<ListRuns> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  execute({ userId, limit, cursor }: ListRuns): Promise<RunPage> {
    const before = cursor === undefined ? null : String(this.cursors.decode('runs', cursor)[0]);
    return this.uow.readAsUser(userId, async () => {
      const rows = await this.runs.list(userId, before, limit + 1);
      const tallyOf = await this.runs.tallies(rows.slice(0, limit).map(({ id }) => id));
      const runs = rows.map((run) => runView(run, tallyOf(run.id)));
      return cutPage(runs, limit, this.cursors, 'runs', (run) => [run.id]);
    });
  }
}
