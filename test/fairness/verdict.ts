import Table from 'cli-table3';
import { median } from '../bench/report';
import type { FairnessOptions } from './options';

/** One user's visit: from the call that has the mailbox read to the last captured credit. */
export interface Visit {
  seconds: number;
  /** Mails of the user with the backlog that were summarised meanwhile. */
  othersDone: number;
}

/** The deepest the queue was seen, each way of looking at it with the number of looks. */
export interface Depth {
  of: string;
  most: number;
  looks: number;
}

export interface Outcome {
  backend: string;
  alone: Visit[];
  beside: Visit[];
  depths: Depth[];
  /** Mails of the backlog that still waited when the last visit was over. */
  left: number;
  violations: number;
}

/** Times as long as alone with half of the workers. */
const mostRatio = 2;
/** Mails in the queue, whatever waits behind it. */
const tooDeep = 100;
const fewestLooks = 20;

/** How much longer a later user takes beside the backlog on all workers than alone on half of them. */
export function ratioOf({ alone, beside }: Pick<Outcome, 'alone' | 'beside'>): number {
  return secondsOf(beside) / secondsOf(alone);
}

/** Every reason why a run was not what the product promises, or proves nothing; none means success. */
export function faultsOf(outcome: Outcome): string[] {
  const ratio = ratioOf(outcome);
  const rules: [boolean, string][] = [
    [ratio <= mostRatio, `${ratio.toFixed(2)} times as long beside the backlog: more than ${mostRatio}`],
    ...outcome.depths.flatMap(({ of, most, looks }): [boolean, string][] => [
      [most < tooDeep, `the queue was ${most} deep (${of})`],
      [looks >= fewestLooks && most > 0, `nothing was seen of the queue (${of})`],
    ]),
    [outcome.left > 0, 'the backlog was done before the last visit: more --mails are needed'],
    [outcome.violations === 0, `${outcome.violations} violation(s) of the ledger`],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/** What was measured, for people. */
export function report(
  { mails, own, workers, concurrency, latencyMs }: FairnessOptions,
  outcome: Outcome,
): string {
  const table = new Table({ head: [], style: { head: [], border: [], compact: true }, colWidths: [64, 44] });
  const { alone, beside, depths } = outcome;
  table.push(
    ['queue', outcome.backend],
    ['workers', `${workers} of ${concurrency} mails each; the model takes ${latencyMs} ms`],
    [`${own} mails alone, with half of the workers`, times(alone)],
    [`${own} mails beside a backlog of ${mails}, with all of them`, times(beside)],
    ['the second in terms of the first (medians)', ratioOf(outcome).toFixed(2)],
    ['mails of the backlog summarised during each', beside.map(({ othersDone }) => othersDone).join(', ')],
    ['mails of the backlog that still waited at the end', outcome.left],
  );
  for (const { of, most, looks } of depths) table.push([`deepest queue: ${of}`, `${most} (${looks} looks)`]);
  table.push(['ledger_violations', outcome.violations]);
  return table.toString();
}

const secondsOf = (visits: Visit[]): number => median(visits.map(({ seconds }) => seconds));
const times = (visits: Visit[]): string =>
  `${secondsOf(visits).toFixed(2)} s (${visits.map(({ seconds }) => seconds.toFixed(2)).join(', ')})`;
