import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { Uncounted } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { ReceivePush } from './receive-push.handler';

/** No DTO: Pub/Sub owns the envelope and adds to it. Who calls is proved by the token that Google signed. */
@Controller('api/gmail/push')
export class ReceivePushController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @RepeatsSafely('A mailbox has one sync waiting at most.')
  @HttpCode(204)
  @Access('public')
  @Uncounted()
  @ApiOperation({ operationId: 'gmail.push', summary: 'Where Google Pub/Sub delivers mailbox changes' })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblem(401, '`gmail.push-refused`')
  receive(
    @Headers('authorization') authorization: string | undefined,
    @Body() envelope: Record<string, unknown>,
  ): Promise<void> {
    return this.commands.execute(new ReceivePush(authorization, envelope));
  }
}
