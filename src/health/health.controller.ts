import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../kernel/http/access.decorator';
import { Uncounted } from '../kernel/http/rate-limit/rate-limit.decorator';
import { ApiProblem } from '../kernel/http/api-problem.decorator';
import { HealthDto } from './health.dto';
import { HealthService } from './health.service';

@Access('public')
@Uncounted()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** The event loop turns; says nothing about dependencies. Restart the process when this fails. */
  @Get('live')
  @ApiOperation({ operationId: 'health.live' })
  live(): HealthDto {
    return this.health.live();
  }

  /** The process may take traffic: Postgres answers, its migrations are applied, and no stop was asked for. */
  @Get('ready')
  @ApiOperation({ operationId: 'health.ready' })
  @ApiProblem(503, '`health.not-ready`: what is missing stands in `detail`.')
  ready(): Promise<HealthDto> {
    return this.health.ready();
  }

  /** The process has started and saw its database once. */
  @Get('startup')
  @ApiOperation({ operationId: 'health.startup' })
  @ApiProblem(503, '`health.not-ready`: what is missing stands in `detail`.')
  startup(): Promise<HealthDto> {
    return this.health.startup();
  }
}
