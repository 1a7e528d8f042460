import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { NeedsPayments } from '../payments-enabled.guard';
import { PackagesDto } from './list-packages.dto';
import { ListPackages } from './list-packages.handler';

@ApiTags('billing')
@NeedsPayments()
@Controller('api/billing/packages')
export class ListPackagesController {
  constructor(private readonly queries: QueryBus) {}

  /** The credit packages that can be bought. */
  @Get()
  @Access('public')
  @ApiOperation({ operationId: 'billing.packages' })
  list(): Promise<PackagesDto> {
    return this.queries.execute(new ListPackages());
  }
}
