import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { NeedsPayments } from '../payments-enabled.guard';
import { PackagesDto } from './list-packages.dto';
import { ListPackages } from './list-packages.handler';

@NeedsPayments()
@Controller('api/billing/packages')
export class ListPackagesController {
  constructor(private readonly queries: QueryBus) {}

  /** The credit packages that can be bought. */
  @Get()
  @Access('public')
  @ApiOperation({ operationId: 'packages.list' })
  list(): Promise<PackagesDto> {
    return this.queries.execute(new ListPackages());
  }
}
