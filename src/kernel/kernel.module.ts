import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module';
import { EnvDto } from './config/env.dto';
import { DatabaseModule } from './database/database.module';
import { CursorCodec } from './http/cursor';
import { OutboxModule } from './outbox/outbox.module';
import { QueueModule } from './queue/queue.module';
import { Draining } from './worker/draining';

const providers = [
  Draining,
  { provide: CursorCodec, inject: [EnvDto], useFactory: (env: EnvDto) => new CursorCodec(env.CURSOR_SECRET) },
];

/** What every feature module stands on, given once to the whole application. */
@Global()
@Module({ providers, exports: [Draining, CursorCodec] })
export class KernelModule {
  static for(env: EnvDto): DynamicModule {
    return {
      module: KernelModule,
      imports: [ConfigModule.for(env), DatabaseModule, OutboxModule, QueueModule],
    };
  }
}
