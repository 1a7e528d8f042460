import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AdminModule } from './admin/admin.module';
import { AuthModule } from './auth/auth.module';
import { BillingModule } from './billing/billing.module';
import { DashboardModule } from './dashboard/dashboard.module';
import { EmailModule } from './email/email.module';
import { GmailModule } from './gmail/gmail.module';
import { HealthModule } from './health/health.module';
import { JobsModule } from './jobs/jobs.module';
import type { EnvDto } from './kernel/config/env.dto';
import { KernelModule, type ProcessName } from './kernel/kernel.module';
import { WebhooksModule } from './webhooks/webhooks.module';

/** The whole application, the same in API and worker; what runs of it is the process's choice. */
@Module({})
export class AppModule {
  /** @param processModules what this process has beside the features. */
  static for(env: EnvDto, service: ProcessName, processModules: Type[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        KernelModule.for(env, service),
        ...processModules,
        AuthModule,
        GmailModule,
        EmailModule,
        BillingModule,
        JobsModule,
        WebhooksModule,
        DashboardModule,
        AdminModule,
        HealthModule,
      ],
    };
  }
}
