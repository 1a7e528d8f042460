import { useState } from 'preact/hooks';
import { textOf } from '../format.ts';
import { useAction } from '../hooks.ts';
import { faultOf, inbrief, type NewSecondFactor } from '../sdk.ts';
import { Ask } from './ask.tsx';
import { Qr } from './qr.tsx';
import { Secret } from './secret.tsx';
import { Button, Card, Empty, Failure, Field } from './ui.tsx';

const codeOf = (form: FormData) => ({ code: textOf(form, 'code').trim() });

/** Enrols an authenticator app, hands out recovery codes, and turns the second factor off again. */
export function SecondFactor({ isOn, onChange }: { isOn: boolean; onChange: () => void }) {
  const [enrolment, setEnrolment] = useState<NewSecondFactor>();
  const [codes, setCodes] = useState<string[]>();
  const [asked, setAsked] = useState<'renew' | 'disable'>();
  const begin = useAction(async () => setEnrolment(await inbrief.secondFactor.begin()));
  const onConfirmed = (recoveryCodes: string[]) => {
    setEnrolment(undefined);
    setCodes(recoveryCodes);
    onChange();
  };
  return (
    <Card title="Second factor" aside={<span class="small">{isOn ? 'On' : 'Off'}</span>}>
      {codes && (
        <Secret
          says="Recovery codes, each good for one sign-in without the app. Keep them now: they are shown this once."
          text={codes.join('\n')}
          onKept={() => setCodes(undefined)}
        />
      )}
      {enrolment && <Enrolment of={enrolment} onConfirmed={onConfirmed} />}
      {!isOn && !enrolment && !codes && (
        <>
          <Empty title="A password alone can be stolen">
            <p>With an authenticator app, signing in also takes a code from your phone.</p>
          </Empty>
          <Failure error={begin.error} />
          <Button busy={begin.isBusy} onClick={() => void begin.run()}>
            Set up an app
          </Button>
        </>
      )}
      {isOn && (
        <div class="actions">
          <Button onClick={() => setAsked('renew')}>New recovery codes</Button>
          <Button look="danger" onClick={() => setAsked('disable')}>
            Turn off
          </Button>
        </div>
      )}
      {asked === 'renew' && (
        <Ask
          title="New recovery codes?"
          yes="Make them"
          onYes={async (form) =>
            setCodes((await inbrief.secondFactor.renewRecoveryCodes(codeOf(form))).recoveryCodes)
          }
          onClose={() => setAsked(undefined)}
        >
          <p>The codes that you have now stop working.</p>
          <CodeField hint="Six digits from your authenticator app, or a recovery code." />
        </Ask>
      )}
      {asked === 'disable' && (
        <Ask
          title="Turn the second factor off?"
          yes="Turn it off"
          isDangerous
          removes
          onYes={async (form) => {
            const password = textOf(form, 'password');
            await inbrief.secondFactor.disable({ ...codeOf(form), ...(password && { password }) });
            onChange();
          }}
          onClose={() => setAsked(undefined)}
        >
          <Field label="Password" name="password" type="password" autocomplete="current-password" />
          <CodeField hint="Six digits from your authenticator app, or a recovery code." />
        </Ask>
      )}
    </Card>
  );
}

function Enrolment({
  of: { secret, uri },
  onConfirmed,
}: {
  of: NewSecondFactor;
  onConfirmed: (codes: string[]) => void;
}) {
  const confirm = useAction(async (form: FormData) =>
    onConfirmed((await inbrief.secondFactor.confirm(codeOf(form))).recoveryCodes),
  );
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void confirm.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <form class="enrolment" onSubmit={onSubmit}>
      <Qr text={uri} label="QR code for an authenticator app; the same secret stands beside it as text" />
      <div class="stack">
        <p>Scan this with your authenticator app, or type the secret into it:</p>
        <code class="secret">{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        <CodeField hint="The six digits that the app shows now." fault={faultOf(confirm.error, 'code')} />
        <Failure error={confirm.error} />
        <div>
          <Button look="main" type="submit" busy={confirm.isBusy}>
            Turn it on
          </Button>
        </div>
      </div>
    </form>
  );
}

function CodeField({ hint, fault }: { hint: string; fault?: string | undefined }) {
  return (
    <Field
      label="Code"
      name="code"
      autocomplete="one-time-code"
      required
      maxLength={40}
      hint={hint}
      fault={fault}
    />
  );
}
