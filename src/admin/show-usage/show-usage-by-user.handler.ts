import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { ListUsageByUser } from '../../auth/contracts';
import type { AdminUsageByUserDto } from './show-usage.dto';

/** Whose mails cost most from `from` to `to` (ISO dates), the dearest first, `limit` users at most. */
export class ShowUsageByUser extends Query<AdminUsageByUserDto> {
  constructor(
    readonly from: string,
    readonly to: string,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ShowUsageByUser)
export class ShowUsageByUserHandler implements IQueryHandler<ShowUsageByUser> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ from, to, limit }: ShowUsageByUser): Promise<AdminUsageByUserDto> {
    const users = new ListUsageByUser(from.slice(0, 10), to.slice(0, 10), limit);
    return { data: await this.queries.execute(users) };
  }
}
