import { createApi } from './api';
import { start } from './kernel/config/start';
import { spanProcessorFor, startTracing } from './kernel/observability/tracing';
import { Draining } from './kernel/worker/draining';
import { stopOnSignal } from './kernel/worker/shutdown';

/** The API process: HTTP only. Work is left to the workers. */
start(async (env) => {
  const stopTracing = startTracing('api', spanProcessorFor(env), env.TRACE_SAMPLE_RATIO);
  const app = await createApi(env);
  await app.listen(env.PORT, env.HOST);
  stopOnSignal({
    drain: () => app.get(Draining).begin(),
    noticeMs: env.SHUTDOWN_NOTICE_MS,
    deadlineMs: env.SHUTDOWN_DEADLINE_MS,
    close: async () => {
      await app.close();
      await stopTracing();
    },
  });
});
