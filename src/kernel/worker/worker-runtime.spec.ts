import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { WorkerModule } from './worker.module';
import { WorkerRuntime } from './worker-runtime';
import { RunsInWorker, type WorkerTask } from './worker-task';

const log: string[] = [];

@RunsInWorker()
class Quick implements WorkerTask {
  start(): void {
    log.push('quick starts');
  }
  stop(): Promise<void> {
    log.push('quick stops');
    return Promise.resolve();
  }
}

@RunsInWorker()
class Stuck implements WorkerTask {
  start(): Promise<void> {
    log.push('stuck starts');
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return new Promise(() => undefined);
  }
  handBack(): Promise<void> {
    log.push('stuck hands back');
    return Promise.resolve();
  }
}

@Module({ providers: [Quick, Stuck] })
class FeatureModule {}

describe("the worker's runtime", () => {
  it('starts every task of every module, and stops in time even when one is stuck', async () => {
    const module = await Test.createTestingModule({ imports: [WorkerModule, FeatureModule] }).compile();
    const runtime = module.get(WorkerRuntime);
    expect(log).toEqual([]);
    await runtime.start();
    expect([...log].sort()).toEqual(['quick starts', 'stuck starts']);
    const began = Date.now();
    await runtime.stop(50);
    expect(log.slice(-2)).toEqual(['quick stops', 'stuck hands back']);
    expect(Date.now() - began).toBeLessThan(2_000);
    await module.close();
  });
});
