import { useState } from 'preact/hooks';
import { since, textOf } from '../format.ts';
import { useAction, useLoad, usePages } from '../hooks.ts';
import { Ask } from '../parts/ask.tsx';
import { Secret } from '../parts/secret.tsx';
import { Title } from '../parts/shell.tsx';
import { Button, Card, Empty, Failure, Field, Loading, More, Notice } from '../parts/ui.tsx';
import { faultOf, inbrief, type WebhookDelivery, type WebhookEndpoint } from '../sdk.ts';

type EventType = WebhookEndpoint['eventTypes'][number];
const events: [EventType, string][] = [
  ['summary.stored', 'A summary is stored'],
  ['run.finished', 'A run is finished'],
  ['credits.low', 'Credits run low'],
  ['connection.needs_reauth', 'A mailbox needs consent again'],
];

/** Systems of the user's own that are told what happens. */
export function Webhooks() {
  const endpoints = useLoad((signal) => inbrief.webhooks.list({ signal }), []);
  const [secret, setSecret] = useState<string>();
  const onMade = (made: string) => {
    setSecret(made);
    endpoints.reload();
  };
  return (
    <>
      <p class="back">
        <a href="#/account">← Account</a>
      </p>
      <Title text="Webhooks" />
      {secret && (
        <Secret
          says="Copy the signing secret now: it is shown this once."
          text={secret}
          onKept={() => setSecret(undefined)}
        />
      )}
      <Failure error={endpoints.error} onRetry={endpoints.reload} />
      {!endpoints.data && endpoints.isLoading && <Loading />}
      {endpoints.data?.data.map((endpoint) => (
        <Endpoint key={endpoint.id} of={endpoint} onRemoved={endpoints.reload} />
      ))}
      <Card title="A new endpoint">
        {endpoints.data?.data.length === 0 && (
          <Empty title="None yet">
            <p>Events are posted to your address, signed, and tried for three days.</p>
          </Empty>
        )}
        <NewEndpoint onMade={onMade} />
      </Card>
    </>
  );
}

function NewEndpoint({ onMade }: { onMade: (secret: string) => void }) {
  const create = useAction(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const description = textOf(data, 'description').trim();
    const { secret } = await inbrief.webhooks.create({
      url: textOf(data, 'url').trim(),
      eventTypes: data.getAll('event') as EventType[],
      ...(description && { description }),
    });
    form.reset();
    onMade(secret);
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void create.run(event.currentTarget as HTMLFormElement);
  };
  return (
    <form class="narrow" onSubmit={onSubmit}>
      <Field
        label="Address"
        name="url"
        type="url"
        required
        maxLength={2048}
        hint="https, at a public address"
        fault={faultOf(create.error, 'url')}
      />
      <Field label="What it is (optional)" name="description" maxLength={200} />
      <fieldset>
        <legend>Tell it when</legend>
        {events.map(([event, text], index) => (
          <label key={event} class="tick">
            <input type="checkbox" name="event" value={event} defaultChecked={index === 0} /> {text}
          </label>
        ))}
      </fieldset>
      <Failure error={create.error} />
      <div>
        <Button look="main" type="submit" busy={create.isBusy}>
          Add the endpoint
        </Button>
      </div>
    </form>
  );
}

function Endpoint({ of, onRemoved }: { of: WebhookEndpoint; onRemoved: () => void }) {
  const [isRemoving, setRemoving] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  const test = useAction(async () => {
    await inbrief.webhooks.test(of.id);
    setOpen(true);
    setRound((before) => before + 1);
  });
  return (
    <Card
      title={of.description ?? new URL(of.url).host}
      aside={<span class="small">{of.enabled ? 'On' : `Off: ${of.disabledReason ?? 'disabled'}`}</span>}
    >
      <div>
        <code class="break">{of.url}</code>
        <p class="small">{of.eventTypes.join(', ')}</p>
      </div>
      <div class="actions">
        <Button busy={test.isBusy} onClick={() => void test.run()}>
          Send a test
        </Button>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Deliveries
        </Button>
        <Button look="danger" onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      <Failure error={test.error} />
      {isOpen && <Deliveries key={round} endpointId={of.id} />}
      {isRemoving && (
        <Ask
          title="Remove this endpoint?"
          yes="Remove"
          isDangerous
          onYes={async () => {
            await inbrief.webhooks.delete(of.id);
            document.querySelector('h1')?.focus();
            onRemoved();
          }}
          onClose={() => setRemoving(false)}
        >
          <p class="break">{of.url} is told nothing more.</p>
        </Ask>
      )}
    </Card>
  );
}

function Deliveries({ endpointId }: { endpointId: string }) {
  const list = usePages(
    (page, options) => inbrief.webhooks.listDeliveries(endpointId, { limit: 10, ...page }, options),
    [endpointId],
  );
  const replay = useAction(async (id: string) => {
    await inbrief.webhooks.replay(endpointId, id);
    list.reload();
  });
  return (
    <>
      <Failure error={list.error ?? replay.error} onRetry={list.reload} />
      {!list.items && list.isLoading && <Loading lines={2} />}
      {list.items?.length === 0 && <Notice>Nothing was sent yet.</Notice>}
      <ul class="rows">
        {list.items?.map((delivery) => (
          <li key={delivery.id}>
            <div>
              <strong>{delivery.eventType}</strong>
              <p class="small">{sayOf(delivery)}</p>
            </div>
            <Button
              look="quiet"
              busy={replay.isBusy}
              onClick={() => void replay.run(delivery.id)}
              aria-label={`Send again: ${delivery.eventType}`}
            >
              Send again
            </Button>
          </li>
        ))}
      </ul>
      <More of={list} />
    </>
  );
}

function sayOf({ state, attempts, errorCode, createdAt }: WebhookDelivery): string {
  const tried = attempts === 1 ? 'tried once' : `tried ${attempts} times`;
  return [since(createdAt), state, tried, errorCode].filter(Boolean).join(' · ');
}
