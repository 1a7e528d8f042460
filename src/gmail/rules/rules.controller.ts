import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DryRunRule } from './dry-run-rule.handler';
import { CreateRule, DeleteRule, EnableRule, ListRules } from './manage-rules.handler';
import { CreateRuleDto, DryRunDto, EnableRuleDto, RuleBodyDto, RuleDto, RuleListDto } from './rule.dto';

@ApiTags('Mail rules')
@Access('user')
@Controller('api/email/rules')
export class RulesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'email.rules', summary: 'The rules, oldest first' })
  async list(@CurrentUser() { userId }: Principal): Promise<RuleListDto> {
    return { data: await this.queries.execute(new ListRules(userId)) };
  }

  @Post()
  @ApiOperation({
    operationId: 'email.createRule',
    summary: 'Have something done to mails of a kind from now on',
  })
  @ApiProblem(400, '`gmail.rule-without-condition`')
  @ApiProblem(409, '`gmail.too-many-rules`')
  create(@CurrentUser() { userId }: Principal, @Body() body: CreateRuleDto): Promise<RuleDto> {
    return this.commands.execute(new CreateRule(userId, body));
  }

  @Post('dry-run')
  @HttpCode(200)
  @ApiOperation({ operationId: 'email.dryRunRule', summary: 'What a rule would act on; changes nothing' })
  dryRun(@CurrentUser() { userId }: Principal, @Body() body: RuleBodyDto): Promise<DryRunDto> {
    return this.queries.execute(new DryRunRule(userId, body));
  }

  @Patch(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'email.enableRule', summary: 'Turn a rule on or off' })
  @ApiProblem(404, '`gmail.rule-unknown`')
  enable(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { enabled }: EnableRuleDto,
  ): Promise<void> {
    return this.commands.execute(new EnableRule(userId, id, enabled));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'email.deleteRule', summary: 'Forget a rule; what it did stays done' })
  @ApiProblem(404, '`gmail.rule-unknown`')
  remove(@CurrentUser() { userId }: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.commands.execute(new DeleteRule(userId, id));
  }
}
