import { since } from '../format.ts';
import { useState } from 'preact/hooks';
import { useAction } from '../hooks.ts';
import type { Dashboard } from '../sdk.ts';
import { inbrief } from '../sdk.ts';
import { Ask } from './ask.tsx';
import { connectGmail } from './reconnect.tsx';
import { Button, Card, Empty, Failure } from './ui.tsx';

type Connection = Dashboard['connections'][number];
const saying: Record<Connection['status'], string> = {
  connected: 'Connected',
  paused: 'Paused',
  pending: 'Not finished: connect it again',
  needs_reauth: 'Google asks for your consent again',
  disconnected: 'Disconnected',
};

export function Mailboxes({ connections, onChange }: { connections: Connection[]; onChange: () => void }) {
  const connect = useAction(connectGmail);
  const [leaving, setLeaving] = useState<Connection>();
  const known = connections.filter(({ status }) => status !== 'disconnected');
  return (
    <Card title="Mailboxes">
      {known.length === 0 && (
        <Empty title="No mailbox yet">
          <p>Inbrief reads your mail, keeps its summaries, and never the mail itself.</p>
        </Empty>
      )}
      <ul class="rows">
        {known.map((connection) => (
          <li key={connection.id}>
            <div>
              <strong class="break">{connection.emailAddress}</strong>
              <p class="small">
                <span class={`dot ${connection.status}`} aria-hidden="true" />
                {connection.statusReason ?? saying[connection.status]}
                {connection.lastSyncedAt && ` · read ${since(connection.lastSyncedAt)}`}
              </p>
            </div>
            <Button
              look="quiet"
              onClick={() => setLeaving(connection)}
              aria-label={`Disconnect ${connection.emailAddress}`}
            >
              Disconnect
            </Button>
          </li>
        ))}
      </ul>
      {leaving && (
        <Ask
          title={`Disconnect ${leaving.emailAddress}?`}
          yes="Disconnect"
          isDangerous
          removes
          onYes={async () => {
            await inbrief.connections.delete(leaving.id);
            onChange();
          }}
          onClose={() => setLeaving(undefined)}
        >
          <p>Its mail is read no more. The summaries stay.</p>
        </Ask>
      )}
      <Failure error={connect.error} />
      <Button
        look={known.length === 0 ? 'main' : 'plain'}
        busy={connect.isBusy}
        onClick={() => void connect.run()}
      >
        {known.length === 0 ? 'Connect Gmail' : 'Connect another mailbox'}
      </Button>
    </Card>
  );
}
