import { GetUsage, GetUsageHandler } from './get-usage.handler';

const row = {
  ...{
    userId: 'u',
    day: new Date('2026-11-20T00:00:00Z'),
    discovered: 3,
    summarised: 2,
    skipped: 1,
    failed: 0,
  },
  ...{ inputTokens: 10n, outputTokens: 20n, cacheReadTokens: 30n, cacheWriteTokens: 40n, costMicros: 50n },
};
const asked = jest.fn(() => Promise.resolve([row]));
const uow = { readAsUser: (_user: string, work: () => unknown) => work() };
const handler = new GetUsageHandler(uow as never, { list: asked } as never);
const usage = (from?: string, to?: string) => handler.execute(new GetUsage('u', from, to));

describe("a user's usage", () => {
  it('comes day by day, with every figure', async () => {
    expect(await usage('2026-11-01', '2026-11-30')).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      days: [
        {
          ...{ day: '2026-11-20', discovered: 3, summarised: 2, skipped: 1, failed: 0 },
          ...{ inputTokens: 10, outputTokens: 20, cacheReadTokens: 30, cacheWriteTokens: 40, costMicros: 50 },
        },
      ],
    });
    expect(asked).toHaveBeenCalledWith('u', new Date('2026-11-01'), new Date('2026-11-30'));
  });

  it('is that of the last thirty days when nobody says otherwise', async () => {
    const { from, to } = await usage(undefined, '2026-11-30');
    expect([from, to]).toEqual(['2026-11-01', '2026-11-30']);
    expect((await usage()).to).toBe(new Date().toISOString().slice(0, 10));
  });

  it.each([
    ['2026-02-31', '2026-03-01'],
    ['2026-13-01', '2026-13-02'],
    ['2026-11-30', '2026-11-29'],
    ['2025-01-01', '2026-11-30'],
  ])('is refused from %s to %s', async (from, to) => {
    await expect(usage(from, to)).rejects.toMatchObject({ code: 'auth.bad-usage-range', kind: 'invalid' });
  });
});
