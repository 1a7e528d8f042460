import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { GetBalance } from '../../billing/contracts';
import { CountSummaries } from '../../email/contracts';
import { ListConnections } from '../../gmail/contracts';
import { CountJobs } from '../../jobs/contracts';
import type { DashboardDto } from './get-dashboard.dto';

/** Everything a user's home screen shows. */
export class GetDashboard extends Query<DashboardDto> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetDashboard)
export class GetDashboardHandler implements IQueryHandler<GetDashboard> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ userId }: GetDashboard): Promise<DashboardDto> {
    const [balance, connections, mails, summaries] = await Promise.all([
      this.queries.execute(new GetBalance(userId)),
      this.queries.execute(new ListConnections(userId)),
      this.queries.execute(new CountJobs(userId)),
      this.queries.execute(new CountSummaries(userId)),
    ]);
    const { available, held, captured } = balance;
    return {
      credits: { available, held, captured },
      connections: connections.map(({ id, emailAddress, status, statusReason, lastSyncedAt }) => ({
        id,
        emailAddress,
        status,
        statusReason,
        lastSyncedAt,
      })),
      mails,
      summaries,
    };
  }
}
