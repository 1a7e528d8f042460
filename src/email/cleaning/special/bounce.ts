import { visibleCharacters } from '../text/characters';

const MAX_RECIPIENTS = 5;
const MAX_REPORT = 100_000;
const MAX_DIAGNOSTIC = 240;

const oneLine = (value: string): string => visibleCharacters(value).replace(/\s+/g, ' ').trim();

const unfolded = (source: string): string =>
  source
    .slice(0, MAX_REPORT)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ');

/** Header-like lines as fields, names lower-cased; other lines are skipped. */
function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), oneLine(line.slice(colon + 1)));
  }
  return fields;
}

/** A delivery report has a group for the mail and one for each recipient, apart by blank lines. */
const readGroups = (source: string): Map<string, string>[] =>
  unfolded(source)
    .split(/\n{2,}/)
    .map(readFields);

const withoutType = (value: string): string => value.replace(/^[\w-]{1,20}\s*;\s*/, '').replace(/^<|>$/g, '');

const OUTCOMES: Readonly<Record<string, string>> = {
  failed: 'Delivery failed',
  delayed: 'Delivery delayed',
  delivered: 'Delivered',
  relayed: 'Relayed',
  expanded: 'Delivered to a list',
};

/** Lines that say what a `message/delivery-status` part reports: the outcome, for whom, and why; '' if it reports none. */
export function describeDelivery(source: string): string {
  const lines: string[] = [];
  for (const fields of readGroups(source)) {
    const recipient = withoutType(fields.get('original-recipient') ?? fields.get('final-recipient') ?? '');
    const action = (fields.get('action') ?? '').toLowerCase();
    if (recipient === '' && action === '') continue;
    const status = fields.get('status') ?? '';
    const reason = withoutType(fields.get('diagnostic-code') ?? '').slice(0, MAX_DIAGNOSTIC);
    const outcome = OUTCOMES[action] ?? 'Delivery report';
    lines.push(
      `[${outcome}${recipient && ` to ${recipient}`}${status && ` (${status})`}${reason && `: ${reason}`}]`,
    );
    if (lines.length === MAX_RECIPIENTS) break;
  }
  return lines.join('\n');
}

/** One line for a read receipt (`message/disposition-notification`). */
export function describeReceipt(source: string): string {
  const fields = readFields(unfolded(source));
  const recipient = withoutType(fields.get('final-recipient') ?? '');
  const disposition = (fields.get('disposition') ?? '').replace(/^.*;/, '').trim();
  return `[Read receipt${recipient && ` from ${recipient}`}${disposition && `: ${disposition}`}]`;
}

/** One line for a complaint (`message/feedback-report`, RFC 5965). */
export function describeFeedback(source: string): string {
  return `[Feedback report: ${readFields(unfolded(source)).get('feedback-type') ?? 'abuse'}]`;
}
