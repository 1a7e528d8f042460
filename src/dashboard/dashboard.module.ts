import { Module } from '@nestjs/common';
import { DashboardRepository } from './dashboard.repository';
import { GetDashboardController } from './get-dashboard/get-dashboard.controller';
import { GetDashboardHandler } from './get-dashboard/get-dashboard.handler';
import { GetStatusController } from './get-status/get-status.controller';
import { GetStatusHandler } from './get-status/get-status.handler';

/** One read model over the other modules, for a user's home screen, and what the service itself has to say. */
@Module({
  controllers: [GetDashboardController, GetStatusController],
  providers: [DashboardRepository, GetDashboardHandler, GetStatusHandler],
})
export class DashboardModule {}
