import { useEffect, useState } from 'preact/hooks';
import { at, capital, onDay } from '../format.ts';
import { useAction, useLoad } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { Button, Card, Failure, Loading, Notice } from '../parts/ui.tsx';
import { Urgency } from '../parts/urgency.tsx';
import { Feedback } from '../parts/feedback.tsx';
import { Again } from '../parts/again.tsx';
import { inbrief, type RecordedAction, type Summary } from '../sdk.ts';

export function SummaryPage({ id }: { id: string }) {
  const loaded = useLoad((signal) => inbrief.summaries.get(id, { signal }), [id]);
  const isLoaded = loaded.data !== undefined;
  useEffect(() => {
    // Whoever opens it reads it; that it could not be noted is no reason to disturb them.
    if (isLoaded) inbrief.summaries.markRead(id).catch(() => undefined);
  }, [id, isLoaded]);
  return (
    <>
      <p class="back">
        <a href="#/summaries">← All summaries</a>
      </p>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!loaded.data && loaded.isLoading && <Loading lines={6} />}
      {loaded.data && <Reading summary={loaded.data} onFeedback={loaded.reload} />}
    </>
  );
}

function Reading({ summary, onFeedback }: { summary: Summary; onFeedback: () => void }) {
  return (
    <article class="reading">
      <Title text={summary.headline} />
      <p class="small break">
        <Urgency of={summary.urgency} /> {capital(summary.category)} · {summary.sender} ·{' '}
        {at(summary.receivedAt)}
      </p>
      <p class="lead">{summary.summary}</p>
      {summary.actionItems.length > 0 && (
        <Card title="To do">
          <ul class="todo">
            {summary.actionItems.map(({ task, dueDate }) => (
              <li key={task}>
                {task} {dueDate && <span class="due">by {onDay(dueDate)}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {summary.keyPoints.length > 0 && (
        <Card title="Key points">
          <ul class="points">
            {summary.keyPoints.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </Card>
      )}
      <Card title="In the mailbox">
        <p class="small break">Subject: {summary.subject}</p>
        <MailActions emailId={summary.emailId} />
      </Card>
      <Card title="Was this useful?">
        <Feedback summary={summary} onGiven={onFeedback} />
      </Card>
      <Card title="This summary">
        <Again summary={summary} />
      </Card>
    </article>
  );
}

const kinds = [
  ['archive', 'Archive'],
  ['star', 'Star'],
  ['mark_read', 'Mark as read'],
] as const;

function MailActions({ emailId }: { emailId: string }) {
  const [recorded, setRecorded] = useState<{ name: string; action: RecordedAction; undone?: true }>();
  const act = useAction(async (kind: (typeof kinds)[number][0], name: string) => {
    const { actions } = await inbrief.actions.create({ kind, emailIds: [emailId] });
    if (actions[0]) setRecorded({ name, action: actions[0] });
  });
  const undo = useAction(async () => {
    if (!recorded) return;
    await inbrief.actions.undo(recorded.action.id);
    setRecorded({ ...recorded, undone: true });
  });
  return (
    <>
      <div class="actions">
        {kinds.map(([kind, name]) => (
          <Button key={kind} busy={act.isBusy} onClick={() => void act.run(kind, name)}>
            {name}
          </Button>
        ))}
      </div>
      {recorded && (
        <Notice tone="good">
          <p>
            {recorded.undone
              ? `“${recorded.name}” is taken back.`
              : `“${recorded.name}” is on its way to Gmail.`}
          </p>
          {!recorded.undone && (
            <Button busy={undo.isBusy} onClick={() => void undo.run()}>
              Undo
            </Button>
          )}
        </Notice>
      )}
      <Failure error={act.error ?? undo.error} />
    </>
  );
}
