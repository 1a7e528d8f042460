import { CountMailOutcomes } from '../../gmail/contracts';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { jobStates } from '../domain/job-state';
import type { JobListsRepository } from '../job-lists.repository';
import { CountMailOutcomesHandler } from './count-mail-outcomes.handler';

describe("what became of a mailbox's mails", () => {
  it('counts every state once, and what was skipped by its reason', async () => {
    const groups = [
      ...jobStates
        .filter((state) => state !== 'skipped')
        .map((state) => ({ state, reasonCode: null, mails: 1 })),
      { state: 'skipped' as const, reasonCode: 'email.empty', mails: 3 },
      { state: 'skipped' as const, reasonCode: null, mails: 2 },
    ];
    const uow = { readAsUser: <T>(_userId: string, read: () => T) => read() } as unknown as UnitOfWork;
    const lists = { countOutcomes: () => Promise.resolve(groups) } as unknown as JobListsRepository;
    const outcomes = await new CountMailOutcomesHandler(uow, lists).execute(new CountMailOutcomes('u', 'c'));
    expect(outcomes).toEqual({
      summarised: 1,
      skipped: { 'email.empty': 3, unknown: 2 },
      failed: 2,
      waiting: 3,
    });
  });
});
