import { endOf } from '../../kernel/http/kept/good-until';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { GetBalance } from '../contracts';
import type { LedgerRepository } from '../ledger.repository';
import { GetBalanceHandler } from './get-balance.handler';

describe('the balance', () => {
  afterEach(() => jest.useRealTimers());

  // Mutant: the clock read after the rows: a lot that expired in between would be shown until something else changes.
  it('stands until the next lot expires, were it while it was read', async () => {
    jest.useFakeTimers({ now: 1_000 });
    const lot = (expiresAt: number) => ({ remaining: 1, expiresAt: new Date(expiresAt).toISOString() });
    const lots = [lot(1_500), lot(9_000), { remaining: 1, expiresAt: null }];
    const ledger = { balance: () => Promise.resolve({ lots }).finally(() => jest.setSystemTime(2_000)) };
    const uow = { readAsUser: (_: string, read: () => unknown) => read() };
    const handler = new GetBalanceHandler(
      uow as unknown as UnitOfWork,
      ledger as unknown as LedgerRepository,
    );
    expect(endOf(await handler.execute(new GetBalance('ada')))).toBe(1_500);
    expect(endOf(await handler.execute(new GetBalance('ada')))).toBe(9_000);
  });
});
