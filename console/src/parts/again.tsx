import { useState } from 'preact/hooks';
import { count, plural } from '../format.ts';
import { useAction } from '../hooks.ts';
import { inbrief, type ResummaryQuote, type Summary } from '../sdk.ts';
import { Ask } from './ask.tsx';
import { Button, Failure, Notice } from './ui.tsx';

/** Marks a summary as unread again, or orders a new one once its price was said. */
export function Again({ summary: { id } }: { summary: Summary }) {
  const [quote, setQuote] = useState<ResummaryQuote>();
  const [isOrdered, setOrdered] = useState(false);
  const [isUnread, setUnread] = useState(false);
  const ask = useAction(async () => setQuote(await inbrief.summaries.quoteResummary(id)));
  const unread = useAction(async () => {
    await inbrief.summaries.markUnread(id);
    setUnread(true);
  });
  return (
    <>
      <div class="actions">
        <Button busy={unread.isBusy} onClick={() => void unread.run()}>
          Keep as unread
        </Button>
        <Button busy={ask.isBusy} onClick={() => void ask.run()}>
          Summarise again
        </Button>
      </div>
      <p class="small" role="status">
        {isUnread && 'It stays unread.'}
      </p>
      {isOrdered && (
        <Notice tone="good">
          <p>
            A new summary is on its way. It takes this one’s place under <a href="#/summaries">Summaries</a>.
          </p>
        </Notice>
      )}
      <Failure error={ask.error ?? unread.error} />
      {quote && (
        <Ask
          title="Summarise again?"
          yes={`Spend ${plural(quote.credits, 'credit')}`}
          onYes={async () => {
            await inbrief.summaries.resummarise(id);
            setOrdered(true);
          }}
          onClose={() => setQuote(undefined)}
        >
          <p>
            A new summary of this mail costs {plural(quote.credits, 'credit')}; you have{' '}
            {count(quote.available)}. If none comes of it, nothing is spent.
          </p>
        </Ask>
      )}
    </>
  );
}
