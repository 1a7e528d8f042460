import { Controller, Get, Header, Headers, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { answerConsent } from './answer-consent';
import { comesFromBrowser } from './comes-from-browser';
import { ConnectedDto } from './finish-connect.dto';
import { FinishConnect } from './finish-connect.handler';

const optional = { required: false, schema: { type: 'string' } } as const;

/** No DTO: Google adds parameters of its own to the address, and may add more. */
@Controller('api/gmail/callback')
export class FinishConnectController {
  constructor(private readonly commands: CommandBus) {}

  @Get()
  @Access('public')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @ApiOperation({
    operationId: 'connections.finish',
    summary: 'Where Google sends the browser after the consent',
  })
  @ApiQuery({ name: 'state', schema: { type: 'string' } })
  @ApiQuery({ name: 'code', description: 'Present when the person agreed.', ...optional })
  @ApiQuery({ name: 'error', description: 'Present when the person or Google refused.', ...optional })
  @ApiQuery({
    name: 'confirm',
    description: 'Present when a person has said for whom the mailbox is.',
    ...optional,
  })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({
    type: ConnectedDto,
    description:
      'What was connected. A browser gets a page instead: first one that asks for which account the mailbox is.',
  })
  @ApiResponse({
    status: 302,
    description: 'To the return address, with `gmail=connected` or `gmail=failed&code=…`.',
  })
  @ApiProblem(400, '`gmail.state-unknown`')
  @ApiProblem(403, '`gmail.consent-denied`, `gmail.scope-missing`')
  @ApiProblem(422, '`gmail.consent-expired`, `gmail.no-lasting-access`')
  async finish(
    @Query() query: Partial<Record<string, unknown>>,
    @Headers() headers: IncomingHttpHeaders,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const person = comesFromBrowser(headers) ? { confirmation: single(query.confirm) } : undefined;
    const { state, code, error } = query;
    const command = new FinishConnect(single(state) ?? '', single(code), single(error), person);
    await answerConsent(reply, await this.commands.execute(command));
  }
}

/** A parameter that is given twice counts as not given. */
function single(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
