// Faults that a reviewer could let pass. A chaos run that does not find them could not find their like either: each must make
// it exit 1 (`npm run chaos -- --mutant NAME`).
const { CaptureCredits } = require('../../../dist/billing/contracts');
const {
  CaptureOnSummaryStored,
} = require('../../../dist/billing/capture-credits/capture-on-summary-stored.saga');
const { JobEndings } = require('../../../dist/jobs/job-endings');
const { ProcessingJobsRepository } = require('../../../dist/jobs/processing-jobs.repository');
const { OutboxRelay } = require('../../../dist/kernel/outbox/outbox-relay');

const mutants = {
  /** The credit is captured by whoever stored the summary, right after the commit, instead of by its event. */
  'capture-outside-outbox'() {
    replace(
      JobEndings,
      'done',
      (done) =>
        async function (job, what) {
          await done.call(this, job, what);
          await this.commands.execute(new CaptureCredits(job.userId, [job.emailId]));
        },
    );
    replace(CaptureOnSummaryStored, 'react', () => () => []);
  },

  /** An event is marked as delivered, and then its commands are executed. */
  'ack-before-commit'() {
    replace(
      OutboxRelay,
      'deliver',
      (deliver) =>
        async function (message) {
          await this.repository.markPublished([message.id]);
          return deliver.call(this, message);
        },
    );
  },

  /** A worker writes to its job whether or not the lease is still its own; `world.ts` takes the table's own guard away. */
  'no-lease-fence'() {
    replace(
      ProcessingJobsRepository,
      'finish',
      () =>
        function (jobs, state, reasonCode) {
          return this.uow.db.$executeRaw`
            update processing_jobs set state = ${state}, reason_code = ${reasonCode}, finished_at = now(),
              lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null
            where id = any(${jobs.map(({ id }) => id)}::uuid[])`;
        },
    );
    replace(
      ProcessingJobsRepository,
      'putBack',
      () =>
        function ({ id }, reasonCode, delayMs) {
          return this.uow.db.$executeRaw`
            update processing_jobs set state = 'queued', reason_code = ${reasonCode}, finished_at = null,
              lease_token = null, lease_expires_at = null,
              available_at = now() + ${delayMs} * interval '1 millisecond'
            where id = ${id}::uuid`;
        },
    );
  },
};

function replace(type, method, mutate) {
  const original = type.prototype[method];
  if (!original) throw new Error(`${type.name}.${method} is gone: a mutant names it`);
  type.prototype[method] = mutate(original);
}

mutants[process.env.CHAOS_MUTANT]?.();
