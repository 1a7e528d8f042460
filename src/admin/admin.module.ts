import { Module } from '@nestjs/common';
import { AdminLists } from './admin-lists';
import { ChangeConfigController } from './change-config/change-config.controller';
import {
  ChangeSettingHandler,
  GetSettingHistoryHandler,
  ListSettingsHandler,
} from './change-config/change-config.handler';
import { HandleDeadLettersController } from './handle-dead-letters/handle-dead-letters.controller';
import {
  ListDeadLettersHandler,
  SettleDeadLetterHandler,
} from './handle-dead-letters/handle-dead-letters.handler';
import { ManageConnectionsController } from './manage-connections/manage-connections.controller';
import { FindConnectionsHandler } from './manage-connections/manage-connections.handler';
import { ManageJobsController } from './manage-jobs/manage-jobs.controller';
import { FindJobsHandler, FindRunsHandler, ShowQuarantineHandler } from './manage-jobs/manage-jobs.handler';
import { ManagePaymentsController } from './manage-payments/manage-payments.controller';
import { SearchPaymentsHandler, SearchStripeEventsHandler } from './manage-payments/manage-payments.handler';
import { ManageUsersController } from './manage-users/manage-users.controller';
import { GetUserDetailHandler, SearchUsersHandler } from './manage-users/manage-users.handler';
import { RecentProofGuard } from './needs-recent-proof.guard';
import { SearchAuditLogController } from './search-audit-log/search-audit-log.controller';
import { ShowHealthController } from './show-health/show-health.controller';
import { ShowSystemHealthHandler } from './show-health/show-health.handler';
import { OpenQueuePageController } from './show-queues/open-queue-page.controller';
import { OpenQueuePageHandler } from './show-queues/open-queue-page.handler';
import { QueuePage } from './show-queues/queue-page';
import { QueuePagePass } from './show-queues/queue-page-pass';
import { ShowUsageController } from './show-usage/show-usage.controller';
import { ShowUsageByUserHandler } from './show-usage/show-usage-by-user.handler';
import { ShowUsageHandler } from './show-usage/show-usage.handler';

/** What operators see and do; everything of it through the commands and queries of other modules. */
@Module({
  controllers: [
    ManageUsersController,
    ManageConnectionsController,
    ManageJobsController,
    ManagePaymentsController,
    HandleDeadLettersController,
    ChangeConfigController,
    ShowUsageController,
    SearchAuditLogController,
    ShowHealthController,
    OpenQueuePageController,
  ],
  providers: [
    AdminLists,
    RecentProofGuard,
    ChangeSettingHandler,
    FindConnectionsHandler,
    FindJobsHandler,
    FindRunsHandler,
    ShowQuarantineHandler,
    GetSettingHistoryHandler,
    GetUserDetailHandler,
    ListDeadLettersHandler,
    ListSettingsHandler,
    OpenQueuePageHandler,
    QueuePage,
    QueuePagePass,
    SearchPaymentsHandler,
    SearchStripeEventsHandler,
    SearchUsersHandler,
    SettleDeadLetterHandler,
    ShowSystemHealthHandler,
    ShowUsageHandler,
    ShowUsageByUserHandler,
  ],
})
export class AdminModule {}
