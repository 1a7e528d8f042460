// Laid over a worker process of a spec: it tells over IPC which mail it is about to summarise, and dies as by the kernel's
// hand when it is the one that POISON_SUBJECT names.
require('reflect-metadata');
const { Summariser } = require('../../src/email/summariser/summariser');

const { summarise } = Summariser.prototype;
Summariser.prototype.summarise = function (mail, ...rest) {
  if (mail.subject === process.env.POISON_SUBJECT) process.kill(process.pid, 'SIGKILL');
  process.send({ subject: mail.subject });
  return summarise.call(this, mail, ...rest);
};
// The channel keeps nobody alive: the application decides when it ends.
process.channel?.unref();
