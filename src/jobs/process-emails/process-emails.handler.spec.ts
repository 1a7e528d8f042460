import { setImmediate as turn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import type { DraftSummary } from '../../email/contracts';
import type { EnvDto } from '../../kernel/config/env.dto';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { SystemConfig } from '../../kernel/system-config/system-config';
import type { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import type { DispatchesRepository } from '../dispatches.repository';
import type { JobEndings } from '../job-endings';
import type { LeaseKeeper } from '../lease-keeper';
import type { LeasedJob, ProcessingJobsRepository } from '../processing-jobs.repository';
import { Places } from './places';
import { ProcessEmails, ProcessEmailsHandler } from './process-emails.handler';

const jobOf = (id: string): LeasedJob => ({
  ...{ id, userId: 'u', emailId: `mail-${id}`, connectionId: 'c', leaseToken: `lease-${id}` },
  ...{ attempts: 1, deferrals: 0, traceparent: null, requestId: null },
});

/** The handler in a worker with four places, whose wake-up leases these jobs. */
function arrange(leased: string[]) {
  const within = <T>(_who: string, work: () => T) => work();
  const lease = jest.fn(() => Promise.resolve(leased.map(jobOf)));
  const endings = {
    done: jest.fn().mockResolvedValue(undefined),
    abandon: jest.fn().mockResolvedValue(undefined),
    settle: jest.fn().mockResolvedValue(undefined),
  };
  const draft = jest.fn<Promise<object>, [string]>().mockResolvedValue({ outcome: 'drafted' });
  const dispatcher = { ring: jest.fn() };
  const undo = jest.fn<Promise<void>, [string[]]>().mockResolvedValue(undefined);
  const env = { WORKER_CONCURRENCY: 4, JOB_LEASE_MS: 60_000 } as EnvDto;
  const places = new Places(env);
  const handler = new ProcessEmailsHandler(
    env,
    { readAsService: within, readAsUser: within } as unknown as UnitOfWork,
    { lease } as unknown as ProcessingJobsRepository,
    { undoDispatches: undo } as unknown as DispatchesRepository,
    { keep: <T>(_kind: string, _tokens: string[], work: () => T) => work() } as unknown as LeaseKeeper,
    endings as unknown as JobEndings,
    { execute: ({ emailId }: DraftSummary) => draft(emailId) } as unknown as CommandBus,
    { get: () => true } as unknown as SystemConfig,
    places,
    dispatcher as unknown as DispatchWakeUp,
  );
  const wakeUp = (...ids: string[]): Promise<void> => handler.execute(new ProcessEmails(ids, 'd'));
  return { wakeUp, lease, undo, draft, endings, places, dispatcher };
}

beforeAll(() => void Logger.overrideLogger(false));

describe('a wake-up for some mails', () => {
  // Mutant: mails that wait for each other; one that takes long, or fails, would hold up those beside it.
  it('lets each come to its own end', async () => {
    const { wakeUp, draft, endings, places, dispatcher } = arrange(['a', 'b', 'c', 'd']);
    const fault = new Error('this one only');
    draft.mockImplementation((emailId) => {
      if (emailId === 'mail-b') return Promise.reject(fault);
      if (emailId === 'mail-c') return Promise.resolve({ outcome: 'skipped', reasonCode: 'email.empty' });
      if (emailId === 'mail-d') return new Promise(() => undefined);
      return Promise.resolve({ outcome: 'drafted' });
    });
    await wakeUp('a', 'b', 'c', 'd');
    await turn();
    expect(endings.done.mock.calls).toEqual([[jobOf('a'), { outcome: 'drafted' }]]);
    expect(endings.settle.mock.calls).toEqual([[jobOf('b'), fault]]);
    expect(endings.abandon.mock.calls).toEqual([[jobOf('c'), 'skipped', 'email.empty']]);
    expect(dispatcher.ring).toHaveBeenCalledTimes(3);
    await places.take(3);
  });

  it('waits for places before it leases anything', async () => {
    const { wakeUp, lease, places } = arrange(['a', 'b']);
    await places.take(3);
    const woken = wakeUp('a', 'b');
    await turn();
    expect(lease).not.toHaveBeenCalled();
    places.leave();
    await woken;
    expect(lease).toHaveBeenCalledWith(['a', 'b'], 'd', 60_000);
  });

  // Mutant: a stop that forgets who waited for places; their mails would stand still until somebody missed them.
  it('puts its mails back when this process stops before there are places', async () => {
    const { wakeUp, lease, undo, places } = arrange(['a']);
    await places.take(4);
    const woken = wakeUp('a');
    places.close();
    await woken;
    expect([lease.mock.calls, undo.mock.calls]).toEqual([[], [[['d']]]]);
  });

  // Mutants: a place that is not given back for a stale mail; for a lease that could not be had; for an end that could not be written.
  it.each<[string, (given: ReturnType<typeof arrange>) => void]>([
    ['whose mails have gone on since', ({ lease }) => lease.mockResolvedValue([])],
    ['whose mails cannot be leased', ({ lease }) => lease.mockRejectedValue(new Error('no database'))],
    [
      'whose mails’ ends cannot be written',
      ({ draft, endings }) => {
        draft.mockRejectedValue(new Error('no answer'));
        endings.settle.mockRejectedValue(new Error('no database'));
      },
    ],
  ])('keeps no place %s', async (_what, happens) => {
    const given = arrange(['a', 'b', 'c', 'd']);
    happens(given);
    await given.wakeUp('a', 'b', 'c', 'd').catch(() => undefined);
    await given.places.empty();
    expect(given.endings.done).not.toHaveBeenCalled();
  });
});
