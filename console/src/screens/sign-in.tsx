import { useState } from 'preact/hooks';
import { textOf } from '../format.ts';
import { useAction } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { Button, Failure, Field, Notice } from '../parts/ui.tsx';
import { faultOf, inbrief, InbriefProblem, sessionChanged } from '../sdk.ts';

type Mode = 'sign-in' | 'sign-up' | 'forgot';
const words = {
  'sign-in': { title: 'Welcome back', act: 'Sign in' },
  'sign-up': { title: 'Every mail, in brief', act: 'Create account' },
  forgot: { title: 'A new password', act: 'Send me a link' },
} as const;

export function SignIn() {
  const [mode, setMode] = useState<Mode>('sign-in');
  const [needsCode, setNeedsCode] = useState(false);
  const [isSent, setSent] = useState(false);
  const submit = useAction(async (form: FormData) => {
    const text = (name: string) => textOf(form, name);
    const [email, password] = [text('email'), text('password')];
    if (mode === 'forgot') {
      await inbrief.auth.forgotPassword({ email });
      setSent(true);
      return;
    }
    if (mode === 'sign-up') await inbrief.auth.register({ email, password, name: text('name') });
    else {
      const code = text('code').replaceAll(' ', '');
      await inbrief.auth.login({ email, password, ...(code && { code }) }).catch((error: unknown) => {
        if (!InbriefProblem.is(error, 'auth.second-factor-required')) throw error;
        setNeedsCode(true);
        if (code) throw error;
      });
    }
    sessionChanged();
  });
  const pick = (next: Mode) => {
    setMode(next);
    submit.forget();
    setNeedsCode(false);
    setSent(false);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <main class="door">
      <div class="door-card">
        <p class="brand">
          <img src="/console/icon.svg" alt="" width="30" height="30" />
          Inbrief
        </p>
        <Title text={words[mode].title} isFirst />
        {mode === 'sign-up' && (
          <p class="lead">
            Connect Gmail and read what matters: one credit for each summary, and nothing else to pay.
          </p>
        )}
        {isSent && (
          <Notice tone="good">If there is an account with that address, a mail is on its way.</Notice>
        )}
        <form onSubmit={onSubmit} key={mode}>
          {mode === 'sign-up' && (
            <Field
              label="Name"
              name="name"
              autocomplete="name"
              required
              maxLength={120}
              fault={faultOf(submit.error, 'name')}
            />
          )}
          <Field
            label="E-mail"
            name="email"
            type="email"
            autocomplete="username"
            required
            fault={faultOf(submit.error, 'email')}
          />
          {mode !== 'forgot' && (
            <Field
              label="Password"
              name="password"
              type="password"
              autocomplete={mode === 'sign-up' ? 'new-password' : 'current-password'}
              required
              minLength={mode === 'sign-up' ? 10 : 1}
              {...(mode === 'sign-up' && { hint: '10 characters or more. A few words make a good one.' })}
              fault={faultOf(submit.error, 'password')}
            />
          )}
          {needsCode && (
            <Field
              label="Code"
              name="code"
              autocomplete="one-time-code"
              required
              autoFocus
              hint="Six digits from your authenticator app, or a recovery code."
            />
          )}
          <Failure error={submit.error} />
          <Button look="main" type="submit" busy={submit.isBusy}>
            {words[mode].act}
          </Button>
        </form>
        <div class="door-other">
          {mode !== 'sign-in' && (
            <Button look="quiet" onClick={() => pick('sign-in')}>
              I have an account
            </Button>
          )}
          {mode !== 'sign-up' && (
            <Button look="quiet" onClick={() => pick('sign-up')}>
              Create an account
            </Button>
          )}
          {mode === 'sign-in' && (
            <Button look="quiet" onClick={() => pick('forgot')}>
              Forgot the password?
            </Button>
          )}
        </div>
      </div>
    </main>
  );
}
