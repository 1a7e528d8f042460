import { type DynamicModule, type FactoryProvider, Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http-metrics';
import { Metrics } from './metrics';
import { METRICS_OPTIONS, MetricsController, type MetricsOptions } from './metrics.controller';

/** Gives every module `Metrics`, measures the routes, and serves `GET /metrics`. */
@Global()
@Module({})
export class MetricsModule {
  static forRootAsync({
    inject,
    useFactory,
  }: Pick<FactoryProvider<MetricsOptions>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [Metrics, HttpMetrics, { provide: METRICS_OPTIONS, inject, useFactory }],
      exports: [Metrics],
    };
  }
}
