import { Global, Module } from '@nestjs/common';
import { Exposition } from './exposition';
import { HttpMetrics } from './http-metrics';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Samples } from './samples';

/** Gives every module `Metrics` and `Samples`, measures the routes, and serves `GET /metrics`. */
@Global()
@Module({
  controllers: [MetricsController],
  providers: [Metrics, Samples, Exposition, HttpMetrics],
  exports: [Metrics, Samples, Exposition],
})
export class MetricsModule {}
