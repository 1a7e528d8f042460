import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { AdministrationRepository } from '../administration.repository';
import {
  FindUsers,
  GetUser,
  ListUsageByUser,
  ListUsageDays,
  type UsageDay,
  type UsageOfUser,
  type UserView,
} from '../contracts';

@QueryHandler(FindUsers)
export class FindUsersHandler implements IQueryHandler<FindUsers> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AdministrationRepository,
  ) {}

  execute({ filter, limit, before }: FindUsers): Promise<UserView[]> {
    return this.uow.readAsService('find users', () => this.users.find(filter, limit, before));
  }
}

@QueryHandler(GetUser)
export class GetUserHandler implements IQueryHandler<GetUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AdministrationRepository,
  ) {}

  execute({ userId }: GetUser): Promise<UserView & { liveSessions: number; liveApiKeys: number }> {
    return this.uow.readAsService('look at a user', async () => {
      const user = (await this.users.find({ text: userId }, 10, undefined)).find(({ id }) => id === userId);
      if (!user) throw noSuchUser();
      return { ...user, ...(await this.users.openDoors(userId)) };
    });
  }
}

@QueryHandler(ListUsageDays)
export class ListUsageDaysHandler implements IQueryHandler<ListUsageDays> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AdministrationRepository,
  ) {}

  execute({ from, to }: ListUsageDays): Promise<UsageDay[]> {
    return this.uow.readAsService('sum usage up', () => this.users.usage(from, to));
  }
}

@QueryHandler(ListUsageByUser)
export class ListUsageByUserHandler implements IQueryHandler<ListUsageByUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AdministrationRepository,
  ) {}

  execute({ from, to, limit }: ListUsageByUser): Promise<UsageOfUser[]> {
    return this.uow.readAsService('sum usage up', () => this.users.usageByUser(from, to, limit));
  }
}

export function noSuchUser(): DomainError {
  return new DomainError('not-found', 'auth.no-such-user', 'There is no such user.');
}
