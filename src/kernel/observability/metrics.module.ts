import { Global, Module } from '@nestjs/common';
import { HttpMetrics } from './http-metrics';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';

/** Gives every module `Metrics`, measures the routes, and serves `GET /metrics`. */
@Global()
@Module({ controllers: [MetricsController], providers: [Metrics, HttpMetrics], exports: [Metrics] })
export class MetricsModule {}
