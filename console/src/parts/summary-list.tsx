import { capital, senderName, since } from '../format.ts';
import type { Summary } from '../sdk.ts';
import { Urgency } from './urgency.tsx';

export function SummaryList({ summaries }: { summaries: Summary[] }) {
  return (
    <ul class="summaries">
      {summaries.map((summary) => (
        <li key={summary.id}>
          <a href={`#/summaries/${summary.id}`}>
            <span class="summary-head">
              <Urgency of={summary.urgency} />
              <span class="small">
                {senderName(summary.sender)} · {capital(summary.category)} · {since(summary.receivedAt)}
              </span>
            </span>
            <strong>{summary.headline}</strong>
            <span class="excerpt">{excerptOf(summary)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What was searched for, marked; the summary itself otherwise. */
function excerptOf({ summary, highlights }: Summary) {
  const parts = highlights?.find(({ field }) => field === 'summary')?.parts;
  return parts
    ? parts.map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : text))
    : summary;
}
