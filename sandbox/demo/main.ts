import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Stack } from '../stack/stack';
import { Api } from './api';
import { balanceOf, buyCredits, consent, follow, register, type Run, sync, until } from './journey';
import { fillMailbox, mailsOf } from './mailbox';
import { type DemoOptions, readOptions, usage } from './options';
import { faultsOf, type Outcome, readOutcome, receipt, summaryTable } from './report';

const sampleInbox = join(__dirname, '..', 'inbox');
const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const began = Date.now();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function step(done: string): void {
  say(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${done}`);
}

/** The whole product once, as a user meets it; answers what was wrong. */
async function demo(stack: Stack, options: DemoOptions): Promise<string[]> {
  const api = new Api(stack.apiUrl);
  const mails = mailsOf(options.inbox, options.emails);
  await fillMailbox(stack.emulators.google, account.email, mails);
  step(`${mails.length} mails lie in ${account.email}`);
  const consentUrl = await register(api, account);
  await consent(consentUrl, account.email);
  step('registered, signed in, Gmail connected');
  const purchases = await buyCredits(api, mails.length);
  step(`credits paid for in ${purchases} checkout(s), credited by webhook`);
  const outcome = await summarise(api, stack, mails.length, options.killWorker);
  say(`\n${await summaryTable(api)}\n\n${receipt(outcome)}\n`);
  say(`ledger_violations: ${outcome.violations.length}`);
  return faultsOf(outcome);
}

async function summarise(api: Api, stack: Stack, mails: number, killWorker: boolean): Promise<Outcome> {
  const bar = new SingleBar({
    format: '  summarising [{bar}] {value}/{total} mails | {rate} mails/s',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
  });
  const started = Date.now();
  const seconds = (): number => (Date.now() - started) / 1000;
  let victim = killWorker ? stack.worker : undefined;
  bar.start(mails, 0, { rate: '0.0' });
  const run = await follow(api, await sync(api), async (now) => {
    const ended = endedIn(now);
    bar.update(ended, { rate: (ended / seconds()).toFixed(1) });
    if (!victim || ended < mails / 3) return;
    await victim.kill();
    victim = undefined;
    await stack.startWorker();
  });
  const took = seconds();
  bar.stop();
  if (killWorker) step('the worker was killed with SIGKILL on the way, and another took over');
  await until(async () => (await balanceOf(api)).held === 0, 'the last credits to be captured or released');
  return { mails, run, balance: await balanceOf(api), seconds: took, ...(await readOutcome(stack.ownerUrl)) };
}

function endedIn({ mails }: Run): number {
  return mails.done + mails.skipped + mails.failed + mails.cancelled;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), sampleInbox);
  if (options === 'help') {
    say(usage);
    return 0;
  }
  say('\nInbrief, from registration to receipt, on embedded defaults\n');
  const stack = await Stack.start({
    directory: `.inbrief/demo-${process.pid}`,
    temporary: !options.keep,
    onStep: step,
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stack.stop());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  try {
    const faults = await demo(stack, options);
    for (const fault of faults) say(`FAULT: ${fault}`);
    if (faults.length > 0) say(`The logs lie in ${stack.logs}`);
    if (options.keep) {
      say(`\nStill running: ${stack.apiUrl}/docs (${account.email} / ${account.password}); Ctrl-C ends it.`);
      await new Promise(() => undefined);
    }
    return faults.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
