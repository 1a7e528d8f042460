import { createApi } from './api';
import { start } from './kernel/config/start';
import { Draining } from './kernel/worker/draining';
import { stopOnSignal } from './kernel/worker/shutdown';

/** The API process: HTTP only. Work is left to the workers. */
start(async (env) => {
  const app = await createApi(env);
  await app.listen(env.PORT, env.HOST);
  stopOnSignal({
    drain: () => app.get(Draining).begin(),
    noticeMs: env.SHUTDOWN_NOTICE_MS,
    close: () => app.close(),
  });
});
