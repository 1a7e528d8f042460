import { Module } from '@nestjs/common';
import { SearchAuditLogController } from './search-audit-log/search-audit-log.controller';

/** What operators see and do; everything of it through the commands and queries of other modules. */
@Module({ controllers: [SearchAuditLogController] })
export class AdminModule {}
