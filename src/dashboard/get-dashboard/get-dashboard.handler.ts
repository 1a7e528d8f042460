import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { GetBalance } from '../../billing/contracts';
import { ListConnections } from '../../gmail/contracts';
import { endOf, firstAfter, goodUntil } from '../../kernel/http/kept/good-until';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DashboardRepository, type SummaryGroup } from '../dashboard.repository';
import { etaSeconds } from './eta';
import type { DashboardDto, SummaryCountsDto } from './get-dashboard.dto';

/** Everything a user's home screen shows, in three round trips to the database: one for each module that is asked, one for the rest. */
export class GetDashboard extends Query<DashboardDto> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Credits that expire within so many milliseconds are about to. */
const soonMs = 14 * 86_400_000;

const noMails = { awaiting_credits: 0, queued: 0, running: 0, done: 0, skipped: 0, failed: 0, cancelled: 0 };

@QueryHandler(GetDashboard)
export class GetDashboardHandler implements IQueryHandler<GetDashboard> {
  constructor(
    private readonly queries: QueryBus,
    private readonly uow: UnitOfWork,
    private readonly repository: DashboardRepository,
  ) {}

  async execute({ userId }: GetDashboard): Promise<DashboardDto> {
    const [balance, connections, overview] = await this.uow.readAsUser(userId, () =>
      Promise.all([
        this.queries.execute(new GetBalance(userId)),
        this.queries.execute(new ListConnections(userId)),
        this.repository.overview(userId),
      ]),
    );
    const now = Date.now();
    const { available, held, captured, lots } = balance;
    const { timeZone, until, mails, summaries, usage, runs } = overview;
    const expiring = lots.flatMap(({ remaining, expiresAt }) =>
      expiresAt !== null && Date.parse(expiresAt) <= now + soonMs ? [{ credits: remaining, expiresAt }] : [],
    );
    const { total, byCategory, byUrgency } = countsOf(summaries, 'total');
    const [today, week] = [countsOf(summaries, 'today'), countsOf(summaries, 'week')];
    const answer: DashboardDto = {
      credits: { available, held, captured, expiring },
      connections: connections.map(({ id, emailAddress, status, statusReason, lastSyncedAt, healthy }) => ({
        id,
        emailAddress,
        status,
        statusReason,
        lastSyncedAt,
        healthy,
      })),
      mails: Object.assign({ ...noMails }, mails),
      summaries: {
        timeZone,
        total,
        byCategory,
        byUrgency,
        today: today.total,
        week: week.total,
        periods: { today, week },
      },
      usage,
      runs: runs.map((run) => ({
        ...run,
        startedAt: run.startedAt === null ? null : new Date(run.startedAt).toISOString(),
        etaSeconds: etaSeconds(run, now),
      })),
    };
    // The end of a run is foretold from what the time is.
    if (runs.length > 0) return goodUntil(answer, now);
    const begins = lots.map(({ expiresAt }) => (expiresAt === null ? null : Date.parse(expiresAt) - soonMs));
    return goodUntil(answer, Math.min(until, endOf(balance), endOf(connections), firstAfter(now, begins)));
  }
}

function countsOf(groups: readonly SummaryGroup[], period: 'total' | 'today' | 'week'): SummaryCountsDto {
  const counts: SummaryCountsDto = { total: 0, byCategory: {}, byUrgency: {} };
  for (const { category, urgency, [period]: count } of groups) {
    if (count === 0) continue;
    counts.total += count;
    counts.byCategory[category] = (counts.byCategory[category] ?? 0) + count;
    counts.byUrgency[urgency] = (counts.byUrgency[urgency] ?? 0) + count;
  }
  return counts;
}
