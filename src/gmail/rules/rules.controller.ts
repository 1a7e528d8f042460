import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import {
  AnswersVersion,
  ChecksVersion,
  type EditCondition,
  IfMatch,
} from '../../kernel/http/conditional/edit-version';
import { Idempotent, RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DryRunRule } from './dry-run-rule.handler';
import { CreateRule, DeleteRule, EnableRule, GetRule, ListRules } from './manage-rules.handler';
import {
  CreateRuleDto,
  DryRunDto,
  editableOfRule,
  EnableRuleDto,
  RuleBodyDto,
  RuleDto,
  RuleListDto,
} from './rule.dto';

@Access('user')
@Controller('api/email/rules')
export class RulesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'rules.list', summary: 'The rules, oldest first' })
  async list(@CurrentUser() { userId }: Principal): Promise<RuleListDto> {
    return { data: await this.queries.execute(new ListRules(userId)) };
  }

  @Post()
  @Idempotent()
  @ApiOperation({
    operationId: 'rules.create',
    summary: 'Have something done to mails of a kind from now on',
  })
  @ApiProblem(400, '`gmail.rule-without-condition`')
  @ApiProblem(409, '`gmail.too-many-rules`')
  create(@CurrentUser() { userId }: Principal, @Body() body: CreateRuleDto): Promise<RuleDto> {
    return this.commands.execute(new CreateRule(userId, body));
  }

  @Get(':id')
  @AnswersVersion(editableOfRule)
  @ApiOperation({ operationId: 'rules.get', summary: 'One rule' })
  @ApiProblem(404, '`gmail.rule-unknown`')
  get(@CurrentUser() { userId }: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<RuleDto> {
    return this.queries.execute(new GetRule(userId, id));
  }

  @Post('dry-run')
  @RepeatsSafely('It only reads.')
  @HttpCode(200)
  @ApiOperation({ operationId: 'rules.dryRun', summary: 'What a rule would act on; changes nothing' })
  dryRun(@CurrentUser() { userId }: Principal, @Body() body: RuleBodyDto): Promise<DryRunDto> {
    return this.queries.execute(new DryRunRule(userId, body));
  }

  @Patch(':id')
  @HttpCode(204)
  @ChecksVersion()
  @ApiOperation({ operationId: 'rules.update', summary: 'Turn a rule on or off' })
  @ApiProblem(404, '`gmail.rule-unknown`')
  enable(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() condition: EditCondition,
    @Body() { enabled }: EnableRuleDto,
  ): Promise<void> {
    return this.commands.execute(new EnableRule(userId, id, enabled, condition));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'rules.delete', summary: 'Forget a rule; what it did stays done' })
  @ApiProblem(404, '`gmail.rule-unknown`')
  remove(@CurrentUser() { userId }: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.commands.execute(new DeleteRule(userId, id));
  }
}
