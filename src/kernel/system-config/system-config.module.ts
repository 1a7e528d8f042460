import { Global, Module } from '@nestjs/common';
import { SystemConfig } from './system-config';
import { SystemConfigEditor } from './system-config-editor';
import { SystemConfigRepository } from './system-config.repository';

/** Settings that act without a restart, in every process. */
@Global()
@Module({
  providers: [SystemConfig, SystemConfigEditor, SystemConfigRepository],
  exports: [SystemConfig, SystemConfigEditor],
})
export class SystemConfigModule {}
