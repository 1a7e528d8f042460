import { Test } from '@nestjs/testing';
import { TerminusModule } from '@nestjs/terminus';
import { RedisHealth } from '../kernel/redis/redis-health';
import { DatabaseHealth } from '../kernel/database/database-health';
import { Metrics } from '../kernel/observability/metrics';
import { Draining } from '../kernel/worker/draining';
import { HealthService } from './health.service';

describe('what an orchestrator is told', () => {
  const pendingMigrations = jest.fn<Promise<string[]>, []>();
  const answers = jest.fn<Promise<boolean | undefined>, []>();
  let metrics: Metrics;
  let health: HealthService;
  let draining: Draining;
  beforeEach(async () => {
    pendingMigrations.mockResolvedValue([]);
    answers.mockResolvedValue(undefined);
    const module = await Test.createTestingModule({
      imports: [TerminusModule.forRoot({ logger: false })],
      providers: [
        HealthService,
        Draining,
        Metrics,
        { provide: DatabaseHealth, useValue: { pendingMigrations } },
        { provide: RedisHealth, useValue: { answers } },
      ],
    }).compile();
    [health, draining, metrics] = [module.get(HealthService), module.get(Draining), module.get(Metrics)];
  });

  it('alive, ready and started when all is well', async () => {
    expect(health.live()).toMatchObject({ status: 'ok' });
    expect(await health.ready()).toEqual({ status: 'ok', checks: { process: 'up', database: 'up' } });
    expect(await health.startup()).toMatchObject({ status: 'ok' });
  });

  // Mutant: an open circuit that makes it not ready, so that a vendor's outage takes the product down.
  it('ready but degraded while a vendor or Redis is away, and says which', async () => {
    metrics.breakers.note('anthropic', 'open', {});
    answers.mockResolvedValue(false);
    expect(await health.ready()).toEqual({
      status: 'degraded',
      checks: { process: 'up', database: 'up', anthropic: 'down', redis: 'down' },
    });
    answers.mockResolvedValue(true);
    expect((await health.ready()).checks).toMatchObject({ anthropic: 'down', redis: 'up' });
  });

  it('not ready, with the reason, when Postgres is silent; alive all the same', async () => {
    pendingMigrations.mockRejectedValue(new Error('late'));
    await expect(health.ready()).rejects.toMatchObject({
      code: 'health.not-ready',
      message: expect.stringContaining('Postgres does not answer'),
    });
    expect(health.live()).toMatchObject({ status: 'ok' });
  });

  it('not ready while migrations are pending or the process is stopping', async () => {
    pendingMigrations.mockResolvedValue(['0002_next']);
    await expect(health.ready()).rejects.toThrow('1 migration(s) pending');
    pendingMigrations.mockResolvedValue([]);
    draining.begin();
    await expect(health.ready()).rejects.toThrow('process: stopping');
  });

  it('started once it saw its database, whatever happens to that later', async () => {
    pendingMigrations.mockRejectedValue(new Error('late'));
    await expect(health.startup()).rejects.toMatchObject({ kind: 'unavailable' });
    pendingMigrations.mockResolvedValue([]);
    await health.startup();
    pendingMigrations.mockRejectedValue(new Error('late'));
    expect(await health.startup()).toMatchObject({ status: 'ok' });
  });
});
