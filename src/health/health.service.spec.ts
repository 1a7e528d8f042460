import { Test } from '@nestjs/testing';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseHealth } from '../kernel/database/database-health';
import { Draining } from '../kernel/worker/draining';
import { HealthService } from './health.service';

describe('what an orchestrator is told', () => {
  const pendingMigrations = jest.fn<Promise<string[]>, []>();
  let health: HealthService;
  let draining: Draining;
  beforeEach(async () => {
    pendingMigrations.mockResolvedValue([]);
    const module = await Test.createTestingModule({
      imports: [TerminusModule.forRoot({ logger: false })],
      providers: [HealthService, Draining, { provide: DatabaseHealth, useValue: { pendingMigrations } }],
    }).compile();
    [health, draining] = [module.get(HealthService), module.get(Draining)];
  });

  it('alive, ready and started when all is well', async () => {
    expect(health.live()).toMatchObject({ status: 'ok' });
    expect(await health.ready()).toEqual({ status: 'ok', checks: { process: 'up', database: 'up' } });
    expect(await health.startup()).toMatchObject({ status: 'ok' });
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
