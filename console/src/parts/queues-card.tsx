import { useState } from 'preact/hooks';
import { textOf } from '../format.ts';
import { inbrief } from '../sdk.ts';
import { Ask } from './ask.tsx';
import { Button, Card, Field } from './ui.tsx';

/** An administrator's way to the page of queues. It takes the password once more: a stolen token must not open it. */
export function QueuesCard() {
  const [isAsked, setAsked] = useState(false);
  const open = async (form: FormData) => {
    const password = textOf(form, 'password');
    if (password) await inbrief.auth.confirmIdentity({ password });
    location.assign((await inbrief.admin.openQueuePage()).path);
  };
  return (
    <Card title="Queues" aside={<Button onClick={() => setAsked(true)}>Look into the queues</Button>}>
      <p class="quiet">
        What waits for the workers. You can look for a quarter of an hour, and change nothing.
      </p>
      {isAsked && (
        <Ask title="Look into the queues?" yes="Open the page" onYes={open} onClose={() => setAsked(false)}>
          <Field
            label="Password"
            name="password"
            type="password"
            autocomplete="current-password"
            hint="Not needed if you signed in within the last ten minutes."
          />
        </Ask>
      )}
    </Card>
  );
}
