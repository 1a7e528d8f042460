import type { CommandBus } from '@nestjs/cqrs';
import { HoldCredits, ReleaseCredits } from '../../billing/contracts';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { ProcessingJobsRepository } from '../processing-jobs.repository';
import { AnswerOverdueHolds, AnswerOverdueHoldsHandler } from './answer-overdue-holds.handler';

/** What is sent for overdue holds of mails of which these still have work before them. */
async function answer(wanted: string[], overdue: string[]): Promise<unknown[]> {
  const execute = jest.fn().mockResolvedValue([]);
  const uow = { asService: <T>(_reason: string, work: () => T) => work() } as unknown as UnitOfWork;
  const jobs = { lockWanted: () => Promise.resolve(wanted) } as unknown as ProcessingJobsRepository;
  await new AnswerOverdueHoldsHandler(uow, jobs, { execute } as unknown as CommandBus).execute(
    new AnswerOverdueHolds('u', overdue),
  );
  return execute.mock.calls.flat() as unknown[];
}

describe('holds that are overdue', () => {
  it('are renewed where work is still to be done, and given back elsewhere', async () => {
    expect(await answer(['a'], ['a', 'b'])).toEqual([
      new HoldCredits('u', ['a']),
      new ReleaseCredits('u', ['b'], 'jobs.hold-overdue'),
    ]);
  });

  it('ask for nothing that is not needed', async () => {
    expect(await answer(['a'], ['a'])).toEqual([new HoldCredits('u', ['a'])]);
    expect(await answer([], ['b'])).toEqual([new ReleaseCredits('u', ['b'], 'jobs.hold-overdue')]);
  });
});
