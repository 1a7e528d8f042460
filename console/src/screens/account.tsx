import { useState } from 'preact/hooks';
import { since } from '../format.ts';
import { useLoad } from '../hooks.ts';
import { ApiKeys } from '../parts/api-keys.tsx';
import { Ask } from '../parts/ask.tsx';
import { QueuesCard } from '../parts/queues-card.tsx';
import { SecondFactor } from '../parts/second-factor.tsx';
import { Title } from '../parts/shell.tsx';
import { Button, Card, Failure, Loading } from '../parts/ui.tsx';
import { inbrief, type Session } from '../sdk.ts';

export function Account() {
  const me = useLoad((signal) => inbrief.users.me({ signal }), []);
  return (
    <>
      <Title text="Account" />
      <Card title="You">
        <Failure error={me.error} onRetry={me.reload} />
        {!me.data && me.isLoading && <Loading lines={2} />}
        {me.data && (
          <dl>
            <dt>Name</dt>
            <dd>{me.data.name}</dd>
            <dt>E-mail</dt>
            <dd class="break">
              {me.data.email} {!me.data.emailVerified && <span class="small">not confirmed yet</span>}
            </dd>
          </dl>
        )}
      </Card>
      {me.data && <SecondFactor isOn={me.data.secondFactor} onChange={me.reload} />}
      <Devices />
      <ApiKeys />
      <Card title="Webhooks" aside={<a href="#/webhooks">Set up webhooks</a>}>
        <p class="quiet">Have a system of yours told when a summary is stored or credits run low.</p>
      </Card>
      {me.data?.role === 'admin' && <QueuesCard />}
    </>
  );
}

function Devices() {
  const sessions = useLoad((signal) => inbrief.sessions.list({ signal }), []);
  const [ended, setEnded] = useState<Session>();
  return (
    <Card title="Devices">
      <Failure error={sessions.error} onRetry={sessions.reload} />
      {!sessions.data && sessions.isLoading && <Loading />}
      <ul class="rows">
        {sessions.data?.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{deviceName(session.device)}</strong>
              <p class="small">
                {session.current ? 'This one' : `Used ${since(session.lastUsedAt)}`}
                {session.ipAddress && ` · ${session.ipAddress}`}
              </p>
            </div>
            {!session.current && (
              <Button
                look="quiet"
                onClick={() => setEnded(session)}
                aria-label={`Sign out ${deviceName(session.device)}`}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {ended && (
        <Ask
          title={`Sign out ${deviceName(ended.device)}?`}
          yes="Sign it out"
          isDangerous
          removes
          onYes={async () => {
            await inbrief.sessions.revoke(ended.id);
            sessions.reload();
          }}
          onClose={() => setEnded(undefined)}
        >
          <p>Whoever uses it has to sign in again.</p>
        </Ask>
      )}
    </Card>
  );
}

const browsers = [/(Edg|OPR|Firefox|Chrome)\/(\d+)/, /(Safari)\/\d+/];
const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];
const named: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };

/** "Chrome on Linux" for a browser's user agent; a program's own name as it is. */
function deviceName(device: string | null): string {
  if (!device) return 'A device without a name';
  const browser = browsers.map((pattern) => pattern.exec(device)?.[1]).find(Boolean);
  const system = systems.find(([pattern]) => pattern.test(device))?.[1];
  return browser && system ? `${named[browser] ?? browser} on ${system}` : device.slice(0, 80);
}
