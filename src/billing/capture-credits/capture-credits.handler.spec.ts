import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CaptureCredits } from '../contracts';
import type { HoldOutcome, LedgerRepository } from '../ledger.repository';
import { CaptureCreditsHandler } from './capture-credits.handler';

/** The handler over a ledger that knows no hold of `lost`, and breaks over `poison`. */
function arrange(inTransaction = false) {
  const capture = jest.fn((_userId: string, emailIds: string[]): Promise<HoldOutcome[]> => {
    if (emailIds.includes('poison')) return Promise.reject(new Error('the ledger broke'));
    return Promise.resolve(
      emailIds.map((emailId) => ({ emailId, outcome: emailId === 'lost' ? 'none' : 'captured' })),
    );
  });
  const uow = { inTransaction, asService: <T>(_reason: string, work: () => T) => work() };
  const handler = new CaptureCreditsHandler(
    uow as unknown as UnitOfWork,
    { capture } as unknown as LedgerRepository,
  );
  const outcomesOf = async (...commands: CaptureCredits[]) => {
    const settled = await Promise.allSettled(commands.map((command) => handler.execute(command)));
    return settled.map(({ status }) => status);
  };
  return { capture, outcomesOf };
}

describe('captures that are asked for at the same moment', () => {
  it('are one statement for each user, and none is forgotten or done twice', async () => {
    const { capture, outcomesOf } = arrange();
    const asked = [
      ['ada', 'a'] as const,
      ['ben', 'b'] as const,
      ['ada', 'c'] as const,
      ['ada', 'a'] as const,
    ];
    expect(await outcomesOf(...asked.map(([user, mail]) => new CaptureCredits(user, [mail])))).toEqual(
      asked.map(() => 'fulfilled'),
    );
    expect(capture.mock.calls).toEqual([
      ['ada', ['a', 'c']],
      ['ben', ['b']],
    ]);
    await outcomesOf(new CaptureCredits('ada', ['d']));
    expect(capture.mock.calls.at(-1)).toEqual(['ada', ['d']]);
  });

  // Mutant: a command that hears of everybody's mails, so that one without a hold keeps its neighbours from being published.
  it('fail for the mail that holds no credit alone', async () => {
    const { outcomesOf } = arrange();
    const commands = ['a', 'lost', 'b'].map((mail) => new CaptureCredits('ada', [mail]));
    expect(await outcomesOf(...commands)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  // Mutant: no second try by oneself.
  it('are tried one by one where the statement of all of them fails', async () => {
    const { capture, outcomesOf } = arrange();
    const commands = ['a', 'poison', 'b'].map((mail) => new CaptureCredits('ada', [mail]));
    expect(await outcomesOf(...commands)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(capture).toHaveBeenCalledTimes(4);
  });

  // Mutant: gathering inside of a transaction, whose rollback would then take along what others were told is captured.
  it('stay in the transaction that they are part of', async () => {
    const { capture, outcomesOf } = arrange(true);
    await outcomesOf(new CaptureCredits('ada', ['a']), new CaptureCredits('ada', ['b']));
    expect(capture).toHaveBeenCalledTimes(2);
  });
});
