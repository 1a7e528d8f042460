import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ProcessingDto } from './get-processing.dto';
import { GetProcessing } from './get-processing.handler';

@ApiTags('jobs')
@Controller('api/jobs/processing')
export class GetProcessingController {
  constructor(private readonly queries: QueryBus) {}

  /** Whether your mails are being worked on, and what they wait for if not. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'jobs.processing' })
  get(@CurrentUser() user: Principal): Promise<ProcessingDto> {
    return this.queries.execute(new GetProcessing(user.userId));
  }
}
