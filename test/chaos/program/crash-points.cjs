// Laid over an application process of a chaos run, which knows nothing of it: the run names a point over IPC, and the process
// kills itself, or stops for a while, the next time it passes there. Points are methods of the application's classes and the reasons that it gives
// its transactions; crash-points.json lists them, and the chaos spec holds the list against the source.
const { UnitOfWork } = require('../../../dist/kernel/database/unit-of-work');
const { OutboxRelay } = require('../../../dist/kernel/outbox/outbox-relay');
const { SagaRegistry } = require('../../../dist/kernel/outbox/saga-registry');
const { Summariser } = require('../../../dist/email/summariser/summariser');
const { Dispatcher } = require('../../../dist/jobs/dispatch-jobs/dispatcher');
const { ProcessEmailsHandler } = require('../../../dist/jobs/process-emails/process-emails.handler');

const armed = { crashAt: undefined, stopAt: undefined };
process.on('message', (order) => Object.assign(armed, order));
// The channel keeps nobody alive: the application decides when it ends.
process.channel?.unref();

function pass(point) {
  if (point === armed.crashAt) process.kill(process.pid, 'SIGKILL');
  if (point !== armed.stopAt) return;
  armed.stopAt = undefined;
  process.send({ stopped: point });
  process.kill(process.pid, 'SIGSTOP');
}

function wrap(type, method, wrapper) {
  const original = type.prototype[method];
  if (!original) throw new Error(`${type.name}.${method} is gone: the crash points name it`);
  type.prototype[method] = function (...args) {
    return wrapper.call(this, (...changed) => original.apply(this, changed), ...args);
  };
}

wrap(UnitOfWork, 'asService', async (run, reason, work, terms) => {
  const whole = async () => {
    const done = await work();
    pass(`before commit: ${reason}`);
    return done;
  };
  // A commit that travels with its statements has no moment before it.
  const result = await run(reason, terms?.atOnce ? work : whole, terms);
  pass(`after commit: ${reason}`);
  return result;
});
wrap(UnitOfWork, 'readAsService', async (run, reason, read) => {
  const result = await run(reason, read);
  pass(`after commit: ${reason}`);
  return result;
});
wrap(Summariser, 'summarise', async (run, ...question) => {
  const answer = await run(...question);
  pass('between the answer and its summary');
  return answer;
});
wrap(Dispatcher, 'send', async (run, name, dispatches, owner) => {
  if (dispatches.length > 0) pass('between the claim of wake-ups and the queue');
  await run(name, dispatches, owner);
  if (dispatches.length > 0) pass("between the queue and its wake-ups' worker");
});
wrap(ProcessEmailsHandler, 'execute', async (run, command) => {
  await run(command);
  pass("between the start of mails and the queue's acknowledgement");
});
wrap(SagaRegistry, 'commandsFor', (run, event) => {
  const commands = run(event);
  if (commands.length > 0) pass('between an event and its commands');
  return commands;
});
wrap(OutboxRelay, 'deliver', async (run, message) => {
  const delivered = await run(message);
  if (delivered) pass('between the commands of an event and its mark');
  return delivered;
});
