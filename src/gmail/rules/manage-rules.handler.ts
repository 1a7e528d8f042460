import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryHandler,
} from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { assertUnchanged, type EditCondition } from '../../kernel/http/conditional/edit-version';
import { needsLabel } from '../act-on-mails/act-on-mails.dto';
import type { ActionKind } from '../domain/mail-action';
import { type EmailRule, RulesRepository } from '../rules.repository';
import { type CreateRuleDto, editableOfRule, type RuleDto } from './rule.dto';

/** Rules of one user, at most. */
const mostRules = 100;

/** @throws DomainError `gmail.rule-without-condition` (invalid); `gmail.too-many-rules` (conflict). */
export class CreateRule extends Command<RuleDto> {
  constructor(
    readonly userId: string,
    readonly rule: CreateRuleDto,
  ) {
    super();
  }
}

/** Turns a rule on or off. @throws DomainError `gmail.rule-unknown` (not-found), `request.precondition-failed`. */
export class EnableRule extends Command<void> {
  constructor(
    readonly userId: string,
    readonly ruleId: string,
    readonly enabled: boolean,
    readonly condition?: EditCondition,
  ) {
    super();
  }
}

/** Forgets a rule; what it did stays done. @throws DomainError `gmail.rule-unknown` (not-found). */
export class DeleteRule extends Command<void> {
  constructor(
    readonly userId: string,
    readonly ruleId: string,
  ) {
    super();
  }
}

/** One rule. @throws DomainError `gmail.rule-unknown` (not-found). */
export class GetRule extends Query<RuleDto> {
  constructor(
    readonly userId: string,
    readonly ruleId: string,
  ) {
    super();
  }
}

/** A user's rules, oldest first. */
export class ListRules extends Query<RuleDto[]> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(CreateRule)
export class CreateRuleHandler implements ICommandHandler<CreateRule> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, rule }: CreateRule): Promise<RuleDto> {
    const { name, kind, categories, urgencies, senders, lists } = rule;
    if (categories.length + urgencies.length + senders.length + lists.length === 0)
      throw new DomainError(
        'invalid',
        'gmail.rule-without-condition',
        'A rule without any condition would hit every mail',
      );
    const labelId = needsLabel(rule) ? (rule.labelId ?? null) : null;
    return this.uow.asUser(userId, async () => {
      if ((await this.repository.count(userId)) >= mostRules)
        throw new DomainError('conflict', 'gmail.too-many-rules', `A user may have ${mostRules} rules`);
      const conditions = { categories, urgencies, senders, lists };
      const identity = { id: uuidv7(), userId, name, enabled: true, createdAt: new Date() };
      const added = await this.repository.add({ ...identity, ...conditions, kind, labelId });
      await this.audit.record({
        action: 'gmail.rule-created',
        ...ruleOf(userId, added.id),
        changes: { kind },
      });
      return ruleDto(added);
    });
  }
}

@CommandHandler(EnableRule)
export class EnableRuleHandler implements ICommandHandler<EnableRule> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, ruleId, enabled, condition }: EnableRule): Promise<void> {
    return this.uow.asUser(userId, async () => {
      const rule = await this.repository.lock(userId, ruleId);
      if (!rule) throw unknownRule();
      assertUnchanged(condition, editableOfRule(rule));
      await this.repository.enable(userId, ruleId, enabled);
      const action = enabled ? 'gmail.rule-enabled' : 'gmail.rule-disabled';
      await this.audit.record({ action, ...ruleOf(userId, ruleId) });
    });
  }
}

@CommandHandler(DeleteRule)
export class DeleteRuleHandler implements ICommandHandler<DeleteRule> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, ruleId }: DeleteRule): Promise<void> {
    return this.uow.asUser(userId, async () => {
      if (!(await this.repository.remove(userId, ruleId))) throw unknownRule();
      await this.audit.record({ action: 'gmail.rule-deleted', ...ruleOf(userId, ruleId) });
    });
  }
}

@QueryHandler(GetRule)
export class GetRuleHandler implements IQueryHandler<GetRule> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
  ) {}

  async execute({ userId, ruleId }: GetRule): Promise<RuleDto> {
    const rule = await this.uow.readAsUser(userId, () => this.repository.find(userId, ruleId));
    if (!rule) throw unknownRule();
    return ruleDto(rule);
  }
}

@QueryHandler(ListRules)
export class ListRulesHandler implements IQueryHandler<ListRules> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: RulesRepository,
  ) {}

  async execute({ userId }: ListRules): Promise<RuleDto[]> {
    return (await this.uow.readAsUser(userId, () => this.repository.list(userId))).map(ruleDto);
  }
}

function ruleDto({ userId: _owner, ...rule }: EmailRule): RuleDto {
  return { ...rule, kind: rule.kind as ActionKind, createdAt: rule.createdAt.toISOString() };
}

function ruleOf(userId: string, targetId: string) {
  return { targetType: 'rule', targetId, userId };
}

function unknownRule(): DomainError {
  return new DomainError('not-found', 'gmail.rule-unknown', 'There is no such rule');
}
