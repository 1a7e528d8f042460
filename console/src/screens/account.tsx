import { useState } from 'preact/hooks';
import { at, since, textOf } from '../format.ts';
import { useAction, useLoad } from '../hooks.ts';
import { Title } from '../parts/shell.tsx';
import { Button, Card, Empty, Failure, Field, Loading, Notice } from '../parts/ui.tsx';
import { type CreateApiKey, faultOf, inbrief } from '../sdk.ts';

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
            <dt>Second factor</dt>
            <dd>{me.data.secondFactor ? 'On' : 'Off'}</dd>
          </dl>
        )}
      </Card>
      <Sessions />
      <ApiKeys />
    </>
  );
}

function Sessions() {
  const sessions = useLoad((signal) => inbrief.sessions.list({ signal }), []);
  const revoke = useAction(async (id: string) => {
    await inbrief.sessions.revoke(id);
    sessions.reload();
  });
  return (
    <Card title="Devices">
      <Failure error={sessions.error ?? revoke.error} />
      {!sessions.data && sessions.isLoading && <Loading />}
      <ul class="rows">
        {sessions.data?.map(({ id, device, ipAddress, current, lastUsedAt }) => (
          <li key={id}>
            <div>
              <strong class="clip">{device ?? 'A device without a name'}</strong>
              <p class="small">
                {current ? 'This one' : `Used ${since(lastUsedAt)}`}
                {ipAddress && ` · ${ipAddress}`}
              </p>
            </div>
            {!current && (
              <Button
                look="quiet"
                busy={revoke.isBusy}
                onClick={() => void revoke.run(id)}
                aria-label={`Sign out ${device ?? 'device'}`}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type Scope = CreateApiKey['scopes'][number];
const scopes: [Scope, string][] = [
  ['email:read', 'Read summaries'],
  ['dashboard:read', 'Read the dashboard'],
  ['jobs:read', 'Read runs and jobs'],
  ['gmail:write', 'Start runs, change mailboxes'],
  ['email:write', 'Give feedback, act on mails'],
  ['billing:read', 'Read balance and transactions'],
];

function ApiKeys() {
  const keys = useLoad((signal) => inbrief.apiKeys.list({ signal }), []);
  const [made, setMade] = useState<string>();
  const create = useAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const chosen = data.getAll('scope') as Scope[];
    const { key } = await inbrief.apiKeys.create({ name: textOf(data, 'name').trim(), scopes: chosen });
    setMade(key);
    form.reset();
    keys.reload();
  });
  const revoke = useAction(async (id: string) => {
    await inbrief.apiKeys.revoke(id);
    keys.reload();
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void create.run(event.currentTarget as HTMLFormElement);
  };
  return (
    <Card title="API keys">
      <Failure error={keys.error ?? revoke.error} />
      {!keys.data && keys.isLoading && <Loading />}
      {keys.data?.length === 0 && (
        <Empty title="No keys">
          <p>A key lets a program of yours call the API, and nothing beyond what you tick.</p>
        </Empty>
      )}
      <ul class="rows">
        {keys.data?.map(({ id, name, prefix, lastUsedAt, createdAt }) => (
          <li key={id}>
            <div>
              <strong class="break">{name}</strong>
              <p class="small">
                <code>{prefix}…</code> · made {at(createdAt)} ·{' '}
                {lastUsedAt ? `used ${since(lastUsedAt)}` : 'never used'}
              </p>
            </div>
            <Button
              look="danger"
              busy={revoke.isBusy}
              onClick={() => void revoke.run(id)}
              aria-label={`Revoke ${name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {made && (
        <Notice tone="good">
          <p>Copy the key now: it is shown this once.</p>
          <code class="secret">{made}</code>
          <Button onClick={() => void navigator.clipboard.writeText(made)}>Copy</Button>
        </Notice>
      )}
      <form class="new-key" onSubmit={onSubmit}>
        <h3>A new key</h3>
        <Field
          label="What it is for"
          name="name"
          required
          maxLength={80}
          fault={faultOf(create.error, 'name')}
        />
        <fieldset>
          <legend>It may</legend>
          {scopes.map(([scope, text], index) => (
            <label key={scope} class="tick">
              <input type="checkbox" name="scope" value={scope} defaultChecked={index === 0} /> {text}
            </label>
          ))}
        </fieldset>
        <Failure error={create.error} />
        <Button look="main" type="submit" busy={create.isBusy}>
          Make the key
        </Button>
      </form>
    </Card>
  );
}
