import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { RedisHealth } from '../kernel/redis/redis-health';
import { DatabaseHealth } from '../kernel/database/database-health';
import { DomainError } from '../kernel/errors/domain-error';
import { Metrics } from '../kernel/observability/metrics';
import { Draining } from '../kernel/worker/draining';
import type { HealthDto } from './health.dto';

/** Milliseconds a dependency may take to answer a probe. */
const probeTimeoutMs = 1_500;

/** Answers an orchestrator's probes, in API and worker alike. */
@Injectable()
export class HealthService {
  private started = false;

  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseHealth,
    private readonly draining: Draining,
    private readonly metrics: Metrics,
    private readonly redis: RedisHealth,
  ) {}

  live(): HealthDto {
    return { status: 'ok', checks: { eventLoop: 'up' } };
  }

  /**
   * What reading needs decides; an upstream whose circuit is open, or a Redis that is away, degrades: work waits in Postgres.
   * @throws DomainError `health.not-ready` (unavailable) naming what is down.
   */
  async ready(): Promise<HealthDto> {
    const [{ checks }, redis] = await Promise.all([
      this.check([() => this.notDraining(), () => this.migrated()]),
      this.redis.answers(),
    ]);
    const down = [...this.metrics.breakers.down(), ...(redis === false ? ['redis'] : [])];
    if (redis) checks.redis = 'up';
    for (const name of down) checks[name] = 'down';
    return { status: down.length > 0 ? 'degraded' : 'ok', checks };
  }

  /** Like `ready` until it succeeded once; from then on a dependency's trouble is readiness's matter. */
  async startup(): Promise<HealthDto> {
    if (!this.started) await this.check([() => this.migrated()]);
    this.started = true;
    return { status: 'ok', checks: { started: 'up' } };
  }

  private async check(
    indicators: (() => Promise<HealthIndicatorResult> | HealthIndicatorResult)[],
  ): Promise<HealthDto> {
    try {
      const { details } = await this.checks.check(indicators);
      return {
        status: 'ok',
        checks: Object.fromEntries(Object.entries(details).map(([key, { status }]) => [key, status])),
      };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down } = error.getResponse() as { error: Record<string, { reason?: string }> };
      const reasons = Object.entries(down).map(([name, { reason }]) =>
        reason ? `${name}: ${reason}` : name,
      );
      throw new DomainError('unavailable', 'health.not-ready', `Not ready: ${reasons.join('; ')}`);
    }
  }

  private notDraining(): HealthIndicatorResult {
    const indicator = this.indicators.check('process');
    return this.draining.active ? indicator.down({ reason: 'stopping' }) : indicator.up();
  }

  private async migrated(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    try {
      const pending = await this.database.pendingMigrations(probeTimeoutMs);
      if (pending.length > 0) return indicator.down({ reason: `${pending.length} migration(s) pending` });
      return indicator.up();
    } catch {
      return indicator.down({ reason: 'Postgres does not answer' });
    }
  }
}
