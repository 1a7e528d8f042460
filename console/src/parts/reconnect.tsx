import { useAction } from '../hooks.ts';
import { type Dashboard, inbrief } from '../sdk.ts';
import { Button, Failure, Notice } from './ui.tsx';

/** Leads to Google's page; the browser comes back to the console. @param loginHint the address to choose there. */
export async function connectGmail(loginHint?: string): Promise<void> {
  const returnTo = `${location.origin}/console/`;
  const { consentUrl } = await inbrief.connections.create({
    returnTo,
    actions: true,
    ...(loginHint && { loginHint }),
  });
  location.assign(consentUrl);
}

/** Says of each mailbox that is read no more because Google wants to hear its owner again. */
export function Reconnect({ connections }: { connections: Dashboard['connections'] }) {
  const connect = useAction(connectGmail);
  return (
    <>
      {connections
        .filter(({ status }) => status === 'needs_reauth')
        .map(({ id, emailAddress }) => (
          <Notice key={id} tone="bad">
            <p class="break">
              <strong>{emailAddress} is not read any more.</strong> Google wants your consent again.
            </p>
            <Failure error={connect.error} />
            <Button busy={connect.isBusy} onClick={() => void connect.run(emailAddress)}>
              Connect again
            </Button>
          </Notice>
        ))}
    </>
  );
}
