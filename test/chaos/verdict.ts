import Table from 'cli-table3';
import type { ChaosOptions } from './options';
import type { Outcome } from './outcome';

/**
 * Answers of the model that a run may pay for, to each mail that was taken up: a death may lose the answers on their way. A
 * short storm has more deaths to a mail than the promise is about; without kept answers it needs 1.66 all the same.
 */
const answersPerMail = (taken: number): number => (taken >= 1_000 ? 1.1 : 1.5);

export interface Storm {
  options: ChaosOptions;
  backend: string;
  deaths: Map<string, number>;
  faults: Map<string, number>;
  kills: number;
  seconds: { storm: number; rest: number };
}

/** Every reason why a run was not what the product promises; none means success. */
export function faultsOf(outcome: Outcome): string[] {
  const { summaries, captures, answers, taken, lost, doubled, violations, held, unexplained } = outcome;
  const rules: [boolean, string][] = [
    [lost.length === 0, `${lost.length} mail(s) lost: ${some(lost)}`],
    [
      doubled.length === 0,
      `${doubled.length} mail(s) charged otherwise than once for a summary: ${some(doubled)}`,
    ],
    [summaries === captures, `${captures} credits captured for ${summaries} summaries`],
    [held === 0, `${held} credit(s) still held`],
    [unexplained === 0, `${unexplained} credit(s) released without a reason`],
    [
      answers <= answersPerMail(taken) * taken,
      `${answers} answers of the model for ${taken} mails: more than ${answersPerMail(taken)} for each`,
    ],
    [violations.length === 0, `${violations.length} violation(s): ${some(violations)}`],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/** What was done to the product, and what came of it. */
export function report(storm: Storm, outcome: Outcome): string {
  const { options, seconds } = storm;
  const table = new Table({ head: [], style: { head: [], border: [], compact: true }, colWidths: [64, 44] });
  const section = (title: string): unknown => table.push([{ colSpan: 2, content: title }]);
  const rows = (counts: Iterable<[string, number]>): unknown =>
    table.push(...[...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, n]) => [`  ${name}`, n]));
  table.push(
    ['seed', options.seed],
    ['queue', storm.backend],
    ['storm', `${seconds.storm.toFixed(0)} s, then ${seconds.rest.toFixed(0)} s to come to rest`],
    ['processes killed', `${storm.kills} (${((60 * storm.kills) / seconds.storm).toFixed(0)} a minute)`],
  );
  rows(storm.deaths);
  section('other faults');
  rows(storm.faults);
  section('outcome');
  table.push(
    ['mails in the mailboxes of those who stayed', outcome.mails],
    ['summaries', outcome.summaries],
    ['captures', outcome.captures],
    ['credits released', outcome.released.reduce((sum, { mails }) => sum + mails, 0)],
  );
  rows(outcome.released.map(({ reason, mails }) => [reason, mails]));
  table.push(['mails taken up, by their end', outcome.taken]);
  rows(outcome.ended.map(({ how, mails }) => [how, mails]));
  const perMail = (outcome.answers / Math.max(1, outcome.taken)).toFixed(3);
  table.push(
    [
      'LLM calls that were answered',
      `${outcome.answers} (${perMail} for each mail), of ${outcome.calls} made`,
    ],
    ['mails lost', outcome.lost.length],
    ['mails charged otherwise than once for a summary', outcome.doubled.length],
    ['credits still held', outcome.held],
    ['ledger_violations', outcome.violations.length],
  );
  return table.toString();
}

function some(items: string[]): string {
  return items.slice(0, 4).join(' | ') + (items.length > 4 ? ' | …' : '');
}
