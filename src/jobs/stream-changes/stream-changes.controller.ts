import { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, Req, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { StreamChanges } from './stream-changes.handler';

@Controller('api/jobs')
export class StreamChangesController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Server-sent events of your jobs and runs as they change, within a second. `job` and `run` carry the same as the lists do, as it is
   * when it is sent; steps in between may be left out. `open` comes first. After `end` (`{"reason": "superseded"}`: this session
   * opened another stream, or `"session-ended"`) do not come back; after any other end come back with the last id as Last-Event-ID, and nothing is
   * missed. A comment comes every 15 seconds.
   */
  @Get('stream')
  @Access('user')
  @Header('x-accel-buffering', 'no')
  @ApiOperation({ operationId: 'jobs.stream' })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was seen: what changed since is told first.',
    schema: { type: 'string', maxLength: 1_024 },
  })
  @ApiOkResponse({
    description: 'Events, until either side ends it.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiProblem(400, '`request.bad-cursor`')
  @ApiProblem(503, '`jobs.streams-full`')
  async stream(
    @CurrentUser() caller: Principal,
    @Req() { method }: { method: string },
    @Headers('Last-Event-ID') lastEventId?: string,
  ): Promise<StreamableFile> {
    // Who asks for the headers alone opens nothing, and ends nothing of the session's.
    const events =
      method === 'HEAD'
        ? Readable.from([])
        : await this.commands.execute(new StreamChanges(caller, lastEventId));
    return new StreamableFile(events, { type: 'text/event-stream' });
  }
}
