import { capital, senderName, since } from '../format.ts';
import type { Summary } from '../sdk.ts';
import { Urgency } from './urgency.tsx';

export function SummaryList({ summaries }: { summaries: Summary[] }) {
  return (
    <ul class="summaries">
      {summaries.map((summary) => (
        <li key={summary.id}>
          <a href={`#/summaries/${summary.id}`} class={summary.readAt ? 'read' : ''}>
            <span class="summary-head">
              {!summary.readAt && <span class="unread">New</span>}
              <Urgency of={summary.urgency} />
              <span class="small">
                {senderName(summary.sender)} · {capital(summary.category)} · {since(summary.receivedAt)}
              </span>
            </span>
            <strong>{marked(summary, 'headline')}</strong>
            <span class="excerpt">{marked(summary, 'summary')}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A field with what was searched for marked in it, or as it is. */
function marked({ highlights, ...summary }: Summary, field: 'headline' | 'summary') {
  const parts = highlights?.find((highlight) => highlight.field === field)?.parts;
  return parts
    ? parts.map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : text))
    : summary[field];
}
