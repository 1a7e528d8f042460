import { visibleCharacters } from '../text/characters';

const UNFOLD = /\r?\n[ \t]/g;
const MAX_CALENDAR = 200_000;
const MAX_TEXT = 500;

interface Property {
  params: string;
  value: string;
}

const unescape = (value: string): string =>
  visibleCharacters(
    value
      .replace(/\\n/gi, ' ')
      .replace(/\\([,;\\])/g, '$1')
      .replace(/\s+/g, ' '),
  )
    .trim()
    .slice(0, MAX_TEXT);

/** The first event's (or to-do's) properties, and the calendar's method. */
function readEvent(source: string): Map<string, Property> {
  const found = new Map<string, Property>();
  let inside = '';
  for (const line of source.slice(0, MAX_CALENDAR).replace(UNFOLD, '').split(/\r?\n/)) {
    const match = /^([A-Za-z-]{1,40})((?:;[^:"]{0,500}(?:"[^"]{0,500}")?){0,10}):(.*)$/.exec(
      line.slice(0, 4_000),
    );
    if (!match) continue;
    const [, rawName = '', params = '', value = ''] = match;
    const name = rawName.toUpperCase();
    if (name === 'BEGIN')
      inside = inside === '' || inside === 'VCALENDAR' ? value.trim().toUpperCase() : inside;
    else if (name === 'END' && value.trim().toUpperCase() === inside) {
      if (found.has('SUMMARY') || found.has('DTSTART')) break;
      inside = 'VCALENDAR';
    } else if (name === 'METHOD' || /^V(?:EVENT|TODO|JOURNAL)$/.test(inside)) {
      if (!found.has(name)) found.set(name, { params, value });
    }
  }
  return found;
}

/** `20250304T100000Z` as `2025-03-04 10:00 UTC`; a local time keeps its zone's name. */
function when(property: Property | undefined): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z)?)?/.exec(property?.value.trim() ?? '');
  if (!match || !property) return '';
  const [, year = '', month = '', day = '', hour, minute = '', utc] = match;
  const zone = utc ? 'UTC' : (/TZID=("?)([^";:]{1,60})\1/i.exec(property.params)?.[2] ?? '');
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}` : ''}${zone && hour ? ` ${zone}` : ''}`;
}

const HEADINGS: Readonly<Record<string, string>> = {
  CANCEL: 'Calendar event cancelled',
  REPLY: 'Answer to a calendar invitation',
  COUNTER: 'Proposal of another time',
  DECLINECOUNTER: 'Proposed time declined',
  PUBLISH: 'Calendar event',
  ADD: 'Addition to a calendar event',
  REFRESH: 'Request for a calendar event',
};
const ANSWERS: Readonly<Record<string, string>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentatively accepted',
};

const person = (property: Property | undefined): string => {
  if (!property) return '';
  const name = /CN=("?)([^";:]{1,120})\1/i.exec(property.params)?.[2];
  return name ?? property.value.replace(/^mailto:/i, '').slice(0, 120);
};

/** One line that says what a `text/calendar` part is: kind, title, time, place and organiser; '' if it holds no event. */
export function describeCalendar(source: string): string {
  const event = readEvent(source);
  const title = unescape(event.get('SUMMARY')?.value ?? '');
  const start = when(event.get('DTSTART') ?? event.get('DUE'));
  if (title === '' && start === '') return '';
  const method = event.get('METHOD')?.value.trim().toUpperCase() ?? 'REQUEST';
  const answer =
    ANSWERS[/PARTSTAT=([A-Z-]{1,20})/i.exec(event.get('ATTENDEE')?.params ?? '')?.[1]?.toUpperCase() ?? ''];
  const end = when(event.get('DTEND'));
  const place = unescape(event.get('LOCATION')?.value ?? '');
  const organiser = person(event.get('ORGANIZER'));
  const details = [
    start && `when: ${start}${end ? ` to ${end}` : ''}`,
    event.has('RRULE') && 'repeats',
    place && `where: ${place}`,
    organiser && `organiser: ${organiser}`,
    method === 'REPLY' && answer && `${person(event.get('ATTENDEE'))} ${answer}`,
  ].filter(Boolean);
  return `[${HEADINGS[method] ?? 'Calendar invitation'}: ${[title, ...details].filter(Boolean).join('; ')}]`;
}
