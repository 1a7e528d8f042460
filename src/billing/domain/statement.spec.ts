import { monthBefore, monthOf, statementCsv } from './statement';

const now = new Date('2026-03-01T00:00:00Z');

describe('months', () => {
  it('run in UTC from instant to instant', () => {
    const february = monthOf('2026-02', now);
    expect(february.from.toISOString()).toBe('2026-02-01T00:00:00.000Z');
    expect(february.to.toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(monthOf('2025-12', now).to.toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('end when the next begins', () => {
    expect(monthBefore(now).name).toBe('2026-02');
    expect(monthBefore(new Date('2026-02-28T23:59:59Z')).name).toBe('2026-01');
    expect(monthBefore(new Date('2026-01-15T12:00:00Z')).name).toBe('2025-12');
  });

  it.each(['2026-04', '2026-13', '2026-00', '2026-2', '26-02', '2026-02-01', '', 'x'])('refuse %p', (name) =>
    expect(() => monthOf(name, now)).toThrow('YYYY-MM'),
  );
});

describe('statementCsv', () => {
  it('goes from the opening to the closing balance, line by line', () => {
    const line = { source: 'purchase', amountMinor: null, currency: null, paymentId: null };
    const csv = statementCsv(monthOf('2026-02', now), 7, [
      {
        ...line,
        day: '2026-02-03',
        kind: 'grant',
        credits: 100,
        amountMinor: 500,
        currency: 'eur',
        paymentId: 'p1',
      },
      { ...line, day: '2026-02-04', kind: 'capture', credits: -30 },
    ]);
    expect(csv.split('\r\n')).toEqual([
      'date,kind,source,credits,balance,amount_minor,currency,payment_id',
      '2026-02-01,opening,,0,7,,,',
      '2026-02-03,grant,purchase,100,107,500,eur,p1',
      '2026-02-04,capture,purchase,-30,77,,,',
      '2026-02-28,closing,,0,77,,,',
      '',
    ]);
  });
});
