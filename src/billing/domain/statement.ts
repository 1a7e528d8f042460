import { DomainError } from '../../kernel/errors/domain-error';

/** One calendar month in UTC: from its first instant up to the next month's. */
export interface Month {
  /** `2026-11` */
  name: string;
  from: Date;
  to: Date;
}

/** What a month did to a balance, in credits: opening + bought + granted + adjusted - used - expired - refunded = closing. */
export interface Statement {
  opening: number;
  bought: number;
  /** Welcome and promotion credits. */
  granted: number;
  /** Corrections by an operator, either way. */
  adjusted: number;
  used: number;
  expired: number;
  /** Taken back by refunds and disputes, less what came back. */
  refunded: number;
  closing: number;
}

/** One line of a month's export. `credits` is the change of the balance, in credits. */
export interface StatementLine {
  day: string;
  kind: string;
  source: string | null;
  credits: number;
  amountMinor: number | null;
  currency: string | null;
  paymentId: string | null;
}

const monthForm = /^(20\d\d)-(0[1-9]|1[0-2])$/;

/** @throws DomainError `billing.bad-month` for anything but `YYYY-MM`, and for a month that has not begun. */
export function monthOf(name: string, now: Date): Month {
  const [, year, month] = monthForm.exec(name) ?? [];
  const from = new Date(Date.UTC(Number(year), Number(month) - 1, 1));
  if (year === undefined || from > now)
    throw new DomainError(
      'invalid',
      'billing.bad-month',
      'Name a month as YYYY-MM, the current one at the latest.',
    );
  return { name, from, to: new Date(Date.UTC(Number(year), Number(month), 1)) };
}

/** The last month that is over. */
export function monthBefore(now: Date): Month {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return monthOf(from.toISOString().slice(0, 7), now);
}

/** RFC 4180, with the balance after each line; the first and last lines are the opening and closing balance. */
export function statementCsv(month: Month, opening: number, lines: StatementLine[]): string {
  let balance = opening;
  const rows = lines.map(({ day, kind, source, credits, amountMinor, currency, paymentId }) => {
    balance += credits;
    return [day, kind, source, credits, balance, amountMinor, currency, paymentId];
  });
  const firstDay = month.from.toISOString().slice(0, 10);
  const lastDay = new Date(month.to.getTime() - 1).toISOString().slice(0, 10);
  const table = [
    ['date', 'kind', 'source', 'credits', 'balance', 'amount_minor', 'currency', 'payment_id'],
    [firstDay, 'opening', null, 0, opening, null, null, null],
    ...rows,
    [lastDay, 'closing', null, 0, balance, null, null, null],
  ];
  return table.map((row) => `${row.map((cell) => cell ?? '').join(',')}\r\n`).join('');
}
