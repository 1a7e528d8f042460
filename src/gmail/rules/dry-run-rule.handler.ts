import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ListSummaryFacts } from '../contracts/queries';
import { fulfils, type RuleConditions } from '../domain/mail-rule';
import { RulesRepository } from '../rules.repository';
import type { DryRunDto } from './rule.dto';

/** Summaries that a dry run looks at, and matches that it shows. */
const mostLooked = 1_000;
const mostShown = 50;

/** What a rule would act on among a user's newest summaries. Changes nothing, here or at Gmail. */
export class DryRunRule extends Query<DryRunDto> {
  constructor(
    readonly userId: string,
    readonly conditions: RuleConditions,
  ) {
    super();
  }
}

@QueryHandler(DryRunRule)
export class DryRunRuleHandler implements IQueryHandler<DryRunRule> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
    private readonly queries: QueryBus,
  ) {}

  async execute({ userId, conditions }: DryRunRule): Promise<DryRunDto> {
    const summaries = await this.queries.execute(new ListSummaryFacts(userId, {}, mostLooked));
    const ids = summaries.map(({ emailId }) => emailId);
    const mails = await this.uow.readAsUser(userId, () => this.repository.mails(userId, ids));
    const known = new Map(mails.map((mail) => [mail.id, mail]));
    const matches = summaries
      .map((facts) => ({ ...facts, sender: null, listId: null, ...pick(known.get(facts.emailId)) }))
      .filter((facts) => fulfils(facts, conditions));
    return { looked: summaries.length, matched: matches.length, matches: matches.slice(0, mostShown) };
  }
}

function pick(mail: { sender: string | null; listId: string | null } | undefined) {
  return mail && { sender: mail.sender, listId: mail.listId };
}
