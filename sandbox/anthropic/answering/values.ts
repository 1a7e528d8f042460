import type { ActionItem, MailFacts } from '../reading/mail-facts';

/** Where a value stands: the property's name and, inside a list of action items, the item. */
export interface ValuePlace {
  name: string;
  facts: MailFacts;
  action?: ActionItem;
}

const unknownDay = '1970-01-01';

/** Text for a property by its name; undefined when the mail says nothing about it and `strict` asks to know. */
export function textFor(place: ValuePlace, format?: string, strict = false): string | undefined {
  const { name, facts, action } = place;
  const day = /due|deadline|until|when/.test(name) ? action?.due : facts.sent?.slice(0, 10);
  if (format === 'date') return day ?? (strict ? undefined : unknownDay);
  if (format === 'date-time')
    return day ? `${day}T00:00:00Z` : strict ? undefined : `${unknownDay}T00:00:00Z`;
  if (format) return strict ? undefined : placeholder[format];
  if (/due|deadline|date|until|when/.test(name)) return day;
  if (/owner|assignee|who$/.test(name)) return undefined;
  if (/lang|locale/.test(name)) return facts.language;
  if (/^name$|sender|from|author/.test(name)) return facts.sender;
  if (action) return action.task;
  if (/headline|title|subject/.test(name)) return facts.headline;
  if (/summary|gist|tl_?dr|overview|abstract|body|text|answer/.test(name)) return facts.summary;
  if (name.includes('confidence')) return facts.confidence > 0.7 ? 'high' : 'medium';
  return strict ? undefined : facts.keyPoints[0];
}

const placeholder: Record<string, string> = {
  time: '00:00:00Z',
  duration: 'PT0S',
  email: 'unknown@example.invalid',
  hostname: 'example.invalid',
  uri: 'https://example.invalid/',
  ipv4: '0.0.0.0',
  ipv6: '::',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** A number by its name: a share between 0 and 1, a percentage for integers, a level of 1 to 4, or a count. */
export function numberFor(name: string, whole: boolean, facts: MailFacts): number {
  if (/confidence|certainty|probability|score/.test(name)) {
    return whole ? Math.round(facts.confidence * 100) : facts.confidence;
  }
  if (/urgen|priorit|importan/.test(name)) return facts.urgency + 1;
  if (/action|task/.test(name)) return facts.actions.length;
  if (/people|person/.test(name)) return facts.people.length;
  return 0;
}
