import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Access } from '../../kernel/http/access.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { StartSyncDto, StartedSyncDto } from './start-sync.dto';
import { StartSyncs } from './start-sync.handler';

@Controller('api/gmail')
export class StartSyncController {
  constructor(private readonly commands: CommandBus) {}

  /** Looks for new mails in one or in every connected mailbox and queues a summary of each. */
  @Post('sync')
  @Idempotent()
  @HttpCode(202)
  @Access('user')
  @ApiOperation({ operationId: 'gmail.sync' })
  @ApiProblem(404, '`gmail.connection-not-found`')
  @ApiProblem(409, '`jobs.no-connection`, `jobs.connection-not-ready`')
  start(
    @CurrentUser() user: Principal,
    @Body() { connectionId, ...limits }: StartSyncDto,
  ): Promise<StartedSyncDto> {
    return this.commands.execute(new StartSyncs(user.userId, connectionId, limits));
  }
}
