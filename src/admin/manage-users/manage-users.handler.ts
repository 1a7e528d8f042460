import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { FindUsers, GetUser } from '../../auth/contracts';
import { GetBalance } from '../../billing/contracts';
import { ListConnections } from '../../gmail/contracts';
import { CountJobs } from '../../jobs/contracts';
import { AdminLists } from '../admin-lists';
import type { AdminUserDetailDto, AdminUserPage, SearchUsersDto } from './manage-users.dto';

/** A page of accounts, the newest first. */
export class SearchUsers extends Query<AdminUserPage> {
  constructor(readonly search: SearchUsersDto) {
    super();
  }
}

@QueryHandler(SearchUsers)
export class SearchUsersHandler implements IQueryHandler<SearchUsers> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: SearchUsers): Promise<AdminUserPage> {
    const { q: text, status, role } = search;
    return this.lists.page('admin.users', search, (limit, before) =>
      this.queries.execute(new FindUsers({ text, status, role }, limit, before)),
    );
  }
}

/** One account over all modules. @throws DomainError `auth.no-such-user` (not-found). */
export class GetUserDetail extends Query<AdminUserDetailDto> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetUserDetail)
export class GetUserDetailHandler implements IQueryHandler<GetUserDetail> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ userId }: GetUserDetail): Promise<AdminUserDetailDto> {
    const user = await this.queries.execute(new GetUser(userId));
    const [balance, connections, mails] = await Promise.all([
      this.queries.execute(new GetBalance(userId)),
      this.queries.execute(new ListConnections(userId)),
      this.queries.execute(new CountJobs(userId)),
    ]);
    return {
      ...user,
      availableCredits: balance.available,
      heldCredits: balance.held,
      connections: connections.map(({ id, emailAddress, status, statusReason, lastSyncedAt, healthy }) => ({
        ...{ id, emailAddress, status, statusReason, lastSyncedAt, healthy },
      })),
      mails,
    };
  }
}
