import { textOf } from '../format.ts';
import { useAction, useLoad } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { Button, Failure, Field, Loading, Notice } from '../parts/ui.tsx';
import { go } from '../router.ts';
import { faultOf, inbrief } from '../sdk.ts';

/** The token that a mail's link brought in the fragment, where no server log sees it. */
export function mailedToken(): { purpose: string; token: string } | undefined {
  const [, purpose, token] = /^#(verify-email|reset-password)=([\w-]+)$/.exec(location.hash) ?? [];
  return purpose && token ? { purpose, token } : undefined;
}

export function VerifyEmail({ token }: { token: string }) {
  const verified = useLoad(() => inbrief.auth.verifyEmail({ token }).then(() => true), [token]);
  return (
    <main class="door">
      <div class="door-card">
        <Title text="Your address" isFirst />
        {verified.isLoading && <Loading lines={1} />}
        {verified.data && <Notice tone="good">Your address is confirmed.</Notice>}
        <Failure error={verified.error} />
        <Button look="main" onClick={() => go('/home')}>
          Go on
        </Button>
      </div>
    </main>
  );
}

export function ResetPassword({ token }: { token: string }) {
  const reset = useAction(async (form: FormData) => {
    await inbrief.auth.resetPassword({ token, newPassword: textOf(form, 'newPassword') });
    go('/');
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void reset.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <main class="door">
      <div class="door-card">
        <Title text="A new password" isFirst />
        <form onSubmit={onSubmit}>
          <Field
            label="New password"
            name="newPassword"
            type="password"
            autocomplete="new-password"
            required
            minLength={10}
            hint="10 characters or more. Every device is signed out."
            fault={faultOf(reset.error, 'newPassword')}
          />
          <Failure error={reset.error} />
          <Button look="main" type="submit" busy={reset.isBusy}>
            Set the password
          </Button>
        </form>
      </div>
    </main>
  );
}
