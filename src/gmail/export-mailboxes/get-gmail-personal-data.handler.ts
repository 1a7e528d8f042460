import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetGmailPersonalData, type PersonalData } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { GmailRepository } from '../gmail.repository';
import { RulesRepository } from '../rules.repository';

@QueryHandler(GetGmailPersonalData)
export class GetGmailPersonalDataHandler implements IQueryHandler<GetGmailPersonalData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly rules: RulesRepository,
  ) {}

  execute({ userId }: GetGmailPersonalData): Promise<PersonalData> {
    return this.uow.readAsUser(userId, async () => ({
      mailboxes: await this.repository.describeAll(userId),
      mails: await this.repository.listDiscoveries(userId),
      rules: await this.rules.list(userId),
      actions: await this.repository.listActions(userId),
    }));
  }
}
