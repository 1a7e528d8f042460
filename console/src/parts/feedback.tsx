import { textOf } from '../format.ts';
import { useAction } from '../hooks.ts';
import { type GiveFeedback, inbrief, type Summary } from '../sdk.ts';
import { Button, Failure, Field } from './ui.tsx';

type Reason = NonNullable<GiveFeedback['reason']>;
const reasons: [Reason, string][] = [
  ['wrong', 'It says something that is not so'],
  ['incomplete', 'Something important is missing'],
  ['missed-action', 'It missed something to do'],
  ['too-long', 'Too long'],
  ['wrong-category', 'The wrong category'],
  ['wrong-urgency', 'The wrong urgency'],
  ['wrong-language', 'The wrong language'],
  ['other', 'Something else'],
];

/** Useful or not, noted at once; and what was wrong, for whoever cares to say. */
export function Feedback({ summary, onGiven }: { summary: Summary; onGiven: () => void }) {
  const given = summary.feedback;
  const give = useAction(async (body: GiveFeedback) => {
    await inbrief.summaries.giveFeedback(summary.id, body);
    onGiven();
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const comment = textOf(form, 'comment').trim();
    const reason = textOf(form, 'reason') as Reason;
    void give.run({ useful: false, reason, ...(comment && { comment }) });
  };
  return (
    <>
      <div class="actions" role="group" aria-label="Feedback">
        {[true, false].map((useful) => (
          <Button
            key={String(useful)}
            aria-pressed={given?.useful === useful}
            busy={give.isBusy}
            onClick={() => void give.run({ useful })}
          >
            {useful ? 'Yes' : 'No'}
          </Button>
        ))}
      </div>
      {given?.useful === false && !given.reason && (
        <form class="narrow" onSubmit={onSubmit}>
          <div class="field">
            <label for="reason">What was wrong?</label>
            <select id="reason" name="reason">
              {reasons.map(([reason, text]) => (
                <option key={reason} value={reason}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          <Field label="In your words (optional)" name="comment" maxLength={500} />
          <div>
            <Button look="main" type="submit" busy={give.isBusy}>
              Send
            </Button>
          </div>
        </form>
      )}
      <p class="small" role="status">
        {given && 'Noted, thank you.'}
        {given?.reason && ` ${reasons.find(([reason]) => reason === given.reason)?.[1] ?? ''}.`}
      </p>
      <Failure error={give.error} />
    </>
  );
}
