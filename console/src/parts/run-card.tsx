import { useEffect, useRef, useState } from 'preact/hooks';
import { count, plural, textOf } from '../format.ts';
import { useAction } from '../hooks.ts';
import { type Dashboard, inbrief, type Run, type StartSync } from '../sdk.ts';
import { Button, Card, Empty, Failure } from './ui.tsx';

type Lane = NonNullable<StartSync['lane']>;

interface RunCardProps {
  canSync: boolean;
  /** Runs that were under way when the page was loaded. */
  running: Dashboard['runs'];
  onMove: () => void;
}

/** Starts a run and shows how far it is, live; one that is under way already is shown too. Leaving the page leaves it alone. */
export function RunCard({ canSync, running, onMove }: RunCardProps) {
  const [run, setRun] = useState<Run>();
  const [lane, setLane] = useState<Lane>('now');
  const watched = useRef(new AbortController());
  useEffect(() => () => watched.current.abort(), []);
  const follow = async (runId: string, until: (step: Run) => boolean) => {
    // One at a time: what was watched before is left alone.
    watched.current.abort();
    watched.current = new AbortController();
    const { signal } = watched.current;
    for await (const step of inbrief.runs.watch(runId, { signal })) {
      setRun(step);
      if (until(step)) return;
    }
  };
  const sync = useAction(async (form: FormData) => {
    const chosen: Lane = textOf(form, 'lane') === 'overnight' ? 'overnight' : 'now';
    setLane(chosen);
    setRun(undefined);
    const { runs } = await inbrief.gmail.sync({ lane: chosen });
    // What comes overnight is settled tomorrow: once its mails are found there is nothing more to see.
    for (const { runId } of runs)
      await follow(runId, ({ state }) => chosen === 'overnight' && state === 'done');
    onMove();
  });
  const resume = useAction(async (runId: string) => {
    await follow(runId, () => false);
    onMove();
  });
  const [first] = running;
  useEffect(() => {
    if (first && !run) void resume.run(first.id);
  }, [first?.id]);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void sync.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <Card title="New mail">
      {!run && !sync.isBusy && (
        <Empty title={canSync ? 'One credit a mail' : 'No mailbox to read'}>
          <p>
            {canSync
              ? 'Mails without anything to summarise cost nothing.'
              : 'Connect one, and its mails can be read from here.'}
          </p>
        </Empty>
      )}
      {(run ?? sync.isBusy) && <Progress run={run} lane={lane} />}
      <Failure error={sync.error} />
      <form class="start" onSubmit={onSubmit}>
        {canSync && (
          <fieldset>
            <legend class="unseen">When to summarise</legend>
            <label class="tick">
              <input type="radio" name="lane" value="now" defaultChecked /> Right away
            </label>
            <label class="tick">
              <input type="radio" name="lane" value="overnight" /> Overnight, when there is no hurry
            </label>
          </fieldset>
        )}
        <div>
          <Button look="main" type="submit" disabled={!canSync} busy={sync.isBusy}>
            {sync.isBusy ? 'Reading …' : 'Look for new mail'}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Progress({ run, lane }: { run: Run | undefined; lane: Lane }) {
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
      <p role="status">{run ? sayOf(run, finished, total, lane) : 'Looking through the mailbox …'}</p>
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

function sayOf(
  { settled, mails, state, discovered }: Run,
  finished: number,
  total: number,
  lane: Lane,
): string {
  if (!settled && lane === 'overnight' && state === 'done')
    return `${plural(mails.queued + mails.running, 'mail')} will be summarised overnight.`;
  if (!settled)
    return total === 0
      ? 'Looking through the mailbox …'
      : `${count(finished)} of ${plural(total, 'mail')} read`;
  if (state === 'failed') return 'The mailbox could not be read this time.';
  if (mails.awaiting_credits > 0) return `${plural(mails.awaiting_credits, 'mail')} wait for credits.`;
  return discovered === 0 ? 'Nothing new.' : `Done: ${plural(mails.done, 'new summary', 'new summaries')}.`;
}
