import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Gathering } from '../../kernel/database/gathering';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RequestActions, RunRules } from '../contracts/commands';
import { ListSummaryFacts } from '../contracts/queries';
import type { ActionKind } from '../domain/mail-action';
import { fulfils } from '../domain/mail-rule';
import { type EmailRule, RulesRepository } from '../rules.repository';

@CommandHandler(RunRules)
export class RunRulesHandler implements ICommandHandler<RunRules> {
  private readonly enabled = new Gathering<EmailRule[]>((userId) =>
    this.uow.readAsUser(userId, () => this.repository.list(userId, { enabled: true })),
  );

  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async execute({ userId, emailId }: RunRules): Promise<void> {
    const rules = await this.enabled.join(userId).answer;
    if (rules.length === 0) return;
    const [mail] = await this.uow.readAsUser(userId, () => this.repository.mails(userId, [emailId]));
    const [summary] = await this.queries.execute(new ListSummaryFacts(userId, { emailIds: [emailId] }, 1));
    if (!mail || !summary) return;
    const facts = { ...summary, sender: mail.sender, listId: mail.listId };
    const target = await this.uow.readAsUser(userId, () => this.repository.firstRevision(mail));
    for (const rule of rules.filter((candidate) => fulfils(facts, candidate)))
      await this.commands.execute(new RequestActions(userId, rule.id, [target], actionOf(rule), 'rule'));
  }
}

function actionOf({ kind, labelId }: EmailRule): { kind: ActionKind; labelId?: string } {
  return { kind: kind as ActionKind, ...(labelId !== null && { labelId }) };
}
