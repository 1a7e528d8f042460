import { useEffect } from 'preact/hooks';
import { Title } from '../parts/shell.tsx';
import { Card, Empty, Failure, Loading, Notice } from '../parts/ui.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { UsageCard } from '../parts/usage-card.tsx';
import { count } from '../format.ts';
import { useLoad } from '../hooks.ts';
import { Mailboxes } from '../parts/mailboxes.tsx';
import { Reconnect } from '../parts/reconnect.tsx';
import { RunCard } from '../parts/run-card.tsx';
import { arrival } from '../router.ts';
import { inbrief, InbriefProblem, wordsFor } from '../sdk.ts';

export function Home() {
  const board = useLoad((signal) => inbrief.dashboard.get({ signal }), []);
  const latest = useLoad((signal) => inbrief.summaries.list({ limit: 5 }, { signal }), []);
  const moved = () => {
    board.reload();
    latest.reload();
  };
  return (
    <>
      <Title text="Home" />
      <Arrival />
      <Failure error={board.error} onRetry={board.reload} />
      {!board.data && board.isLoading && <Loading lines={4} />}
      {board.data && (
        <>
          <Reconnect connections={board.data.connections} />
          <ul class="figures">
            <Figure of={board.data.credits.available} is="credits to spend" href="#/credits" />
            <Figure of={board.data.summaries.today} is="summaries today" href="#/summaries" />
            <Figure
              of={board.data.summaries.byUrgency.critical ?? 0}
              is="critical"
              href="#/summaries?urgency=critical"
            />
            <Figure of={board.data.mails.awaiting_credits} is="mails wait for credits" href="#/credits" />
          </ul>
          <div class="columns">
            <Mailboxes connections={board.data.connections} onChange={board.reload} />
            <RunCard
              canSync={board.data.connections.some(({ status }) => status === 'connected')}
              running={board.data.runs}
              onMove={moved}
            />
          </div>
        </>
      )}
      <Card title="Latest" aside={<a href="#/summaries">All summaries</a>}>
        {latest.error !== undefined && <Failure error={latest.error} onRetry={latest.reload} />}
        {!latest.data && latest.isLoading && <Loading />}
        {latest.data?.data.length === 0 && (
          <Empty title="Nothing here yet">
            <p>Connect a mailbox and look for new mail: the first summaries take seconds.</p>
          </Empty>
        )}
        {latest.data && <SummaryList summaries={latest.data.data} />}
      </Card>
      {board.data && <UsageCard usage={board.data.usage} />}
    </>
  );
}

function Figure({ of, is, href }: { of: number; is: string; href: string }) {
  return (
    <li>
      <a href={href}>
        <strong>{count(of)}</strong> <span>{is}</span>
      </a>
    </li>
  );
}

/** What Google's and Stripe's pages sent the browser back with. */
function Arrival() {
  const gmail = arrival.get('gmail');
  const code = arrival.get('code') ?? 'gmail.consent-denied';
  useEffect(() => () => arrival.delete('gmail'), []);
  if (gmail === 'connected')
    return <Notice tone="good">Your mailbox is connected. Look for new mail below.</Notice>;
  if (gmail === 'failed')
    return (
      <Notice tone="bad">
        {wordsFor(new InbriefProblem({ code, detail: 'The mailbox was not connected.' }))}
      </Notice>
    );
  return null;
}
