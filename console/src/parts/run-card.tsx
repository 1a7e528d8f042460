import { useEffect, useRef, useState } from 'preact/hooks';
import { count, plural } from '../format.ts';
import { useAction } from '../hooks.ts';
import { inbrief, type Run } from '../sdk.ts';
import { Button, Card, Empty, Failure } from './ui.tsx';

/** Starts a run and shows how far it is, live. Leaving the page leaves the run alone. */
export function RunCard({ canSync, onMove }: { canSync: boolean; onMove: () => void }) {
  const [run, setRun] = useState<Run>();
  const left = useRef(new AbortController());
  useEffect(() => () => left.current.abort(), []);
  const sync = useAction(async () => {
    setRun(undefined);
    const { runs } = await inbrief.gmail.sync({});
    for (const { runId } of runs)
      for await (const step of inbrief.runs.watch(runId, { signal: left.current.signal })) setRun(step);
    onMove();
  });
  return (
    <Card title="New mail">
      {!run && !sync.isBusy && (
        <Empty title={canSync ? 'Up to you' : 'Connect a mailbox first'}>
          <p>
            {canSync
              ? 'Each new mail is summarised for one credit.'
              : 'Then its mails can be read from here.'}
          </p>
        </Empty>
      )}
      {(run ?? sync.isBusy) && <Progress run={run} />}
      <Failure error={sync.error} />
      <Button look="main" disabled={!canSync} busy={sync.isBusy} onClick={() => void sync.run()}>
        {sync.isBusy ? 'Reading …' : 'Look for new mail'}
      </Button>
    </Card>
  );
}

function Progress({ run }: { run: Run | undefined }) {
  const mails = run?.mails;
  const finished = mails ? mails.done + mails.skipped + mails.failed + mails.cancelled : 0;
  const total = mails ? finished + mails.queued + mails.running + mails.awaiting_credits : 0;
  return (
    <div class="progress">
      <progress
        aria-label="Progress of the run"
        max={Math.max(total, 1)}
        {...(run && { value: run.settled && total === 0 ? 1 : finished })}
      />
      <p role="status">{run ? sayOf(run, finished, total) : 'Looking through the mailbox …'}</p>
      {mails && (
        <ul class="chips">
          {(['done', 'running', 'queued', 'awaiting_credits', 'skipped', 'failed'] as const)
            .filter((state) => mails[state] > 0)
            .map((state) => (
              <li key={state} class={state}>
                {count(mails[state])} {state.replace('_', ' ')}
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}

function sayOf({ settled, mails, state, discovered }: Run, finished: number, total: number): string {
  if (!settled)
    return total === 0
      ? 'Looking through the mailbox …'
      : `${count(finished)} of ${plural(total, 'mail')} read`;
  if (state === 'failed') return 'The mailbox could not be read this time.';
  if (mails.awaiting_credits > 0) return `${plural(mails.awaiting_credits, 'mail')} wait for credits.`;
  return discovered === 0 ? 'Nothing new.' : `Done: ${plural(mails.done, 'new summary', 'new summaries')}.`;
}
