import Table from 'cli-table3';
import { Client } from 'pg';
import type { Api } from './api';
import type { Balance, Run } from './journey';

interface SummaryRow {
  headline: string;
  category: string;
  urgency: string;
  sender: string;
  cost: { costMicros: number };
}

/** What a finished run came to. */
export interface Outcome {
  mails: number;
  run: Run;
  balance: Balance;
  summaries: number;
  captures: number;
  skipped: { reason: string; mails: number }[];
  violations: string[];
  seconds: number;
}

const tableRows = 45;

/** The newest summaries as a table. */
export async function summaryTable(api: Api): Promise<string> {
  const { data } = await api.get<{ data: SummaryRow[] }>(`/api/email/summaries?limit=${tableRows}`);
  const table = new Table({
    head: ['From', 'Headline', 'Category', 'Urgency'],
    colWidths: [24, 62, 14, 10],
    style: plain,
  });
  for (const { sender, headline, category, urgency } of data)
    table.push([clip(sender.replace(/ ?<.*>/, '') || sender, 22), clip(headline, 60), category, urgency]);
  return table.toString();
}

/** Asks the database itself, past the API, what came of the run. */
export async function readOutcome(
  ownerUrl: string,
): Promise<Pick<Outcome, 'captures' | 'skipped' | 'summaries' | 'violations'>> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const count = async (sql: string): Promise<number> =>
      Number((await client.query<{ n: string }>(sql)).rows[0]?.n);
    const violations = await client.query<{ invariant: string; detail: string }>(
      'select invariant, detail from ledger_violations',
    );
    const skipped = await client.query<{ reason: string; mails: number }>(
      `select state || ': ' || reason_code as reason, count(*)::int as mails from processing_jobs
       where state in ('skipped', 'failed', 'cancelled') group by 1 order by 1`,
    );
    return {
      summaries: await count('select count(*) as n from email_summaries'),
      captures: await count(`select count(*) as n from credit_transactions where kind = 'CAPTURE'`),
      skipped: skipped.rows,
      violations: violations.rows.map(({ invariant, detail }) => `${invariant}: ${detail}`),
    };
  } finally {
    await client.end();
  }
}

/** The receipt of the run. */
export function receipt(outcome: Outcome): string {
  const { mails, balance, summaries, captures, skipped, violations, seconds } = outcome;
  const table = new Table({ style: plain });
  table.push(
    ['mails in the mailbox', mails],
    ['summarised', summaries],
    ...skipped.map(({ reason, mails: n }) => [reason, n] as [string, number]),
    ['lost', lostMails(outcome)],
    ['credits bought or granted', balance.granted],
    ['credits captured', captures],
    ['credits left', balance.available],
    ['throughput', `${(mails / seconds).toFixed(1)} mails/s (${seconds.toFixed(1)} s)`],
    ['ledger_violations', violations.length],
  );
  return table.toString();
}

/** Every reason why this run was not what it promises; none means success. */
export function faultsOf(outcome: Outcome): string[] {
  const { balance, captures, run, summaries, violations } = outcome;
  const rules: [boolean, string][] = [
    [lostMails(outcome) === 0, `${lostMails(outcome)} mail(s) were lost`],
    [captures === summaries, `${captures} credits were captured for ${summaries} summaries`],
    [balance.captured === captures, `the balance shows ${balance.captured} captures, the ledger ${captures}`],
    [balance.held === 0, `${balance.held} credit(s) are still held`],
    [balance.granted - balance.captured === balance.available, 'bought, captured and left do not add up'],
    [run.mails.failed === 0, `${run.mails.failed} mail(s) failed`],
    [run.mails.awaiting_credits === 0, `${run.mails.awaiting_credits} mail(s) wait for credits`],
    [violations.length === 0, `ledger violations: ${violations.slice(0, 5).join(' | ')}`],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

function lostMails({ mails, run }: Outcome): number {
  const { done, skipped, failed, cancelled } = run.mails;
  return mails - done - skipped - failed - cancelled;
}

const plain = { head: [], border: [], compact: true };
function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
