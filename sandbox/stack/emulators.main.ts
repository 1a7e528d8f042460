import type { EmulatorPlan } from './emulator-plan';
import { runEmulators } from './run-emulators';

/** The emulators' process: started by `Stack.start`, told what to do over IPC, gone when its parent is. */
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent ends us in its own order
process.once('message', (plan: EmulatorPlan) => {
  runEmulators(plan).then(
    (urls) => process.send?.(urls),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
