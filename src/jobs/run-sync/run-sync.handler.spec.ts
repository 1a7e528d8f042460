import type { CommandBus } from '@nestjs/cqrs';
import { testEnv } from '../../../test/support/env';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { BackgroundJobsRepository, LeasedSync } from '../background-jobs.repository';
import type { LeaseKeeper } from '../lease-keeper';
import type { RunEndings } from '../run-endings';
import { RunSync, RunSyncHandler } from './run-sync.handler';

const sync: LeasedSync = {
  id: 's',
  userId: 'u',
  connectionId: 'c',
  args: {},
  attempts: 1,
  leaseToken: 'l',
  traceparent: null,
  requestId: null,
};
const found = { mode: 'history' as const, pages: 1, discovered: 2 };

/** The handler between a walk that ends as told and a repository that notes what was asked of it. */
function arrange(leased: LeasedSync | null, walk: () => Promise<unknown>) {
  const jobs = {
    lease: jest.fn().mockResolvedValue(leased),
    finish: jest.fn().mockResolvedValue(undefined),
    putBack: jest.fn().mockResolvedValue(undefined),
  };
  const execute = jest.fn(walk);
  const within = <T>(_reason: string, work: () => T) => work();
  const uow = { readAsService: within, asService: within } as unknown as UnitOfWork;
  const endings = { tell: () => Promise.resolve() } as unknown as RunEndings;
  const leases = {
    keep: <T>(_kind: string, _token: string, work: () => T) => work(),
  } as unknown as LeaseKeeper;
  const env = testEnv('postgresql://nobody@127.0.0.1:1/none');
  const commands = { execute } as unknown as CommandBus;
  const runs = jobs as unknown as BackgroundJobsRepository;
  const handler = new RunSyncHandler(env, uow, runs, leases, commands, endings);
  return { jobs, execute, run: () => handler.execute(new RunSync('s', 'd')) };
}
const failing = (error: Error, attempts = 1) => arrange({ ...sync, attempts }, () => Promise.reject(error));

describe('running a sync', () => {
  it('does nothing for a stale wake-up', async () => {
    const { run, execute } = arrange(null, () => Promise.resolve(found));
    await run();
    expect(execute).not.toHaveBeenCalled();
  });

  it('ends with what the walk found', async () => {
    const { run, jobs } = arrange(sync, () => Promise.resolve(found));
    await run();
    expect(jobs.finish).toHaveBeenCalledWith(sync, 'done', found, null);
  });

  it.each([
    ['Google in trouble', new DomainError('unavailable', 'google.timeout', 'late')],
    ['another walker', new DomainError('conflict', 'gmail.walk-in-progress', 'busy')],
    ['a fault of ours', new DomainError('internal', 'gmail.odd', 'odd')],
    ['the unforeseen', new TypeError('x is undefined')],
  ])('is put off by %s, a little longer each time', async (_what, error) => {
    const { run, jobs } = failing(error);
    await run();
    expect(jobs.finish).not.toHaveBeenCalled();
    expect(jobs.putBack).toHaveBeenCalledWith(
      sync,
      error instanceof DomainError ? error.code : 'jobs.unexpected-error',
      2_000,
    );
    const later = failing(error, 19);
    await later.run();
    expect(later.jobs.putBack).toHaveBeenCalledWith(expect.anything(), expect.anything(), 300_000);
  });

  it('waits as long as Google asks', async () => {
    const { run, jobs } = failing(
      new DomainError('rate-limited', 'google.rate-limited', 'slow', { retryAfterMs: 90_000 }),
    );
    await run();
    expect(jobs.putBack).toHaveBeenCalledWith(sync, 'google.rate-limited', 90_000);
  });

  it('fails with the reason when only the user can mend it, or after 20 attempts', async () => {
    const final = failing(new DomainError('conflict', 'gmail.needs-reauth', 'consent is gone'));
    await final.run();
    expect(final.jobs.finish).toHaveBeenCalledWith(sync, 'failed', null, 'gmail.needs-reauth');
    const exhausted = failing(new Error('again'), 20);
    await exhausted.run();
    expect(exhausted.jobs.finish).toHaveBeenCalledWith(
      expect.anything(),
      'failed',
      null,
      'jobs.unexpected-error',
    );
  });
});
