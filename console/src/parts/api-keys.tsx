import { useState } from 'preact/hooks';
import { onDay, since, textOf } from '../format.ts';
import { useAction, useLoad } from '../hooks.ts';
import { type ApiKey, type CreateApiKey, faultOf, inbrief } from '../sdk.ts';
import { Ask } from './ask.tsx';
import { Secret } from './secret.tsx';
import { Button, Card, Empty, Failure, Field, Loading } from './ui.tsx';

type Scope = CreateApiKey['scopes'][number];
const scopes: [Scope, string][] = [
  ['email:read', 'Read summaries'],
  ['email:write', 'Give feedback, act on mails'],
  ['dashboard:read', 'Read the dashboard'],
  ['jobs:read', 'Read runs and jobs'],
  ['gmail:write', 'Start runs, change mailboxes'],
  ['billing:read', 'Read balance and transactions'],
];

export function ApiKeys() {
  const keys = useLoad((signal) => inbrief.apiKeys.list({ signal }), []);
  const [made, setMade] = useState<string>();
  const [revoked, setRevoked] = useState<ApiKey>();
  return (
    <Card title="API keys">
      <Failure error={keys.error} onRetry={keys.reload} />
      {!keys.data && keys.isLoading && <Loading />}
      {keys.data?.length === 0 && (
        <Empty title="No keys">
          <p>A key lets a program of yours call the API, and nothing beyond what you tick.</p>
        </Empty>
      )}
      <ul class="rows">
        {keys.data?.map((key) => (
          <li key={key.id}>
            <div>
              <strong class="break">{key.name}</strong>
              <p class="small">
                <code>{key.prefix}…</code> · {key.scopes.join(', ')}
              </p>
              <p class="small">
                Made {onDay(key.createdAt)} ·{' '}
                {key.lastUsedAt ? `used ${since(key.lastUsedAt)}` : 'never used'}
              </p>
            </div>
            <Button look="danger" onClick={() => setRevoked(key)} aria-label={`Revoke ${key.name}`}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {revoked && (
        <Ask
          title={`Revoke “${revoked.name}”?`}
          yes="Revoke"
          isDangerous
          removes
          onYes={async () => {
            await inbrief.apiKeys.revoke(revoked.id);
            keys.reload();
          }}
          onClose={() => setRevoked(undefined)}
        >
          <p>Programs that call with it are refused from now on.</p>
        </Ask>
      )}
      {made && (
        <Secret
          says="Copy the key now: it is shown this once."
          text={made}
          onKept={() => setMade(undefined)}
        />
      )}
      <NewKey
        onMade={(key) => {
          setMade(key);
          keys.reload();
        }}
      />
    </Card>
  );
}

function NewKey({ onMade }: { onMade: (key: string) => void }) {
  const create = useAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const chosen = data.getAll('scope') as Scope[];
    const { key } = await inbrief.apiKeys.create({ name: textOf(data, 'name').trim(), scopes: chosen });
    form.reset();
    onMade(key);
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void create.run(event.currentTarget as HTMLFormElement);
  };
  return (
    <form class="new" onSubmit={onSubmit}>
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
      <div>
        <Button look="main" type="submit" busy={create.isBusy}>
          Make the key
        </Button>
      </div>
    </form>
  );
}
