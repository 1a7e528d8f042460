import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { WorkerRuntime } from './worker-runtime';

@Module({ imports: [DiscoveryModule], providers: [WorkerRuntime], exports: [WorkerRuntime] })
export class WorkerModule {}
