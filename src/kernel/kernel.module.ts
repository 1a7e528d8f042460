import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AuditModule } from './audit/audit.module';
import { ConfigModule } from './config/config.module';
import { EnvDto } from './config/env.dto';
import { DatabaseModule } from './database/database.module';
import { CursorCodec } from './http/cursor';
import { HttpConventionsModule } from './http/http-conventions.module';
import { createLoggerParams } from './observability/logger-options';
import { MetricsModule } from './observability/metrics.module';
import { OutboxModule } from './outbox/outbox.module';
import { QueueModule } from './queue/queue.module';
import { SystemConfigModule } from './system-config/system-config.module';
import { Draining } from './worker/draining';

/** Which of the two processes this is; it stands in every log line. */
export type ProcessName = 'api' | 'worker';

const providers = [
  Draining,
  { provide: CursorCodec, inject: [EnvDto], useFactory: (env: EnvDto) => new CursorCodec(env.CURSOR_SECRET) },
];

/** What every feature module stands on, given once to the whole application. */
@Global()
@Module({ providers, exports: [Draining, CursorCodec] })
export class KernelModule {
  static for(env: EnvDto, service: ProcessName = 'api'): DynamicModule {
    return {
      module: KernelModule,
      imports: [
        ConfigModule.for(env),
        LoggerModule.forRoot(createLoggerParams({ level: env.LOG_LEVEL, service })),
        MetricsModule,
        DatabaseModule,
        AuditModule,
        SystemConfigModule,
        OutboxModule,
        QueueModule,
        HttpConventionsModule,
      ],
    };
  }
}
