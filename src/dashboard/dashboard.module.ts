import { Module } from '@nestjs/common';
import { DashboardRepository } from './dashboard.repository';
import { GetDashboardController } from './get-dashboard/get-dashboard.controller';
import { GetDashboardHandler } from './get-dashboard/get-dashboard.handler';

/** One read model over the other modules, for a user's home screen. */
@Module({ controllers: [GetDashboardController], providers: [DashboardRepository, GetDashboardHandler] })
export class DashboardModule {}
