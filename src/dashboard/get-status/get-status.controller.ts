import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { StatusDto } from './get-status.dto';
import { GetStatus } from './get-status.handler';

@Access('public')
@Controller('api/status')
export class GetStatusController {
  constructor(private readonly queries: QueryBus) {}

  /** What the service has to say to everybody: planned maintenance, an outage, news. */
  @Get()
  @ApiOperation({ operationId: 'status.get' })
  get(): Promise<StatusDto> {
    return this.queries.execute(new GetStatus());
  }
}
