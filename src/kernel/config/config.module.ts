import { type DynamicModule, Global, Module } from '@nestjs/common';
import { EnvDto } from './env.dto';

/** Provides the validated environment to whoever injects `EnvDto`. */
@Global()
@Module({})
export class ConfigModule {
  static for(env: EnvDto): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: EnvDto, useValue: env }], exports: [EnvDto] };
  }
}
