import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { KeptPerReader } from '../../kernel/http/kept/kept-per-reader.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DashboardDto } from './get-dashboard.dto';
import { GetDashboard } from './get-dashboard.handler';

@Controller('api/dashboard')
export class GetDashboardController {
  constructor(private readonly queries: QueryBus) {}

  /** Credits, mailboxes, mails by state and summaries at a glance. */
  @Get()
  @Access('user')
  @KeptPerReader()
  @ApiOperation({ operationId: 'dashboard.get' })
  get(@CurrentUser() user: Principal): Promise<DashboardDto> {
    return this.queries.execute(new GetDashboard(user.userId));
  }
}
