import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { serveProbes } from './health/probe-server';
import { start } from './kernel/config/start';
import { spanProcessorFor, startTracing } from './kernel/observability/tracing';
import { Draining } from './kernel/worker/draining';
import { stopOnSignal } from './kernel/worker/shutdown';
import { WorkerModule } from './kernel/worker/worker.module';
import { WorkerRuntime } from './kernel/worker/worker-runtime';

/** Milliseconds to hand back what is not done by the deadline, and to close what is open. */
const afterWorkMs = 4_000;

/** The worker process: outbox relay, queue processors, schedules; probes on a port of its own. */
start(async (env) => {
  const stopTracing = startTracing('worker', spanProcessorFor(env), env.TRACE_SAMPLE_RATIO);
  const app = await NestFactory.createApplicationContext(AppModule.for(env, 'worker', [WorkerModule]), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  const probes = await serveProbes(app, env.HOST, env.WORKER_PORT);
  const runtime = app.get(WorkerRuntime);
  await runtime.start();
  stopOnSignal({
    drain: () => app.get(Draining).begin(),
    noticeMs: 0,
    deadlineMs: env.SHUTDOWN_DEADLINE_MS + afterWorkMs,
    close: async () => {
      await runtime.stop(env.SHUTDOWN_DEADLINE_MS);
      await probes.close();
      await app.close();
      await stopTracing();
    },
  });
});
