const whole = new Intl.NumberFormat();
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const thisYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export const count = (value: number): string => whole.format(value);
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
/** Of a moment, or of a calendar day (`YYYY-MM-DD`), which is the same day in every time zone. */
export const onDay = (iso: string): string => day.format(new Date(iso.length === 10 ? `${iso}T12:00` : iso));
/** A moment; its year is left out while it lasts. */
export function at(iso: string): string {
  const date = new Date(iso);
  return (date.getFullYear() === new Date().getFullYear() ? thisYear : moment).format(date);
}

/** @param minor the amount in the currency's minor units. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "2 hours ago", up to a week; the day after that. */
export function since(iso: string): string {
  const seconds = (Date.parse(iso) - Date.now()) / 1_000;
  if (Math.abs(seconds) > 7 * 86_400) return onDay(iso);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return ago.format(Math.round(seconds / size), unit);
}

/** `Bo Berg <bo@example.org>` is Bo Berg. */
export function senderName(sender: string): string {
  const [, name = ''] = /^"?([^"<]*)"?\s*</.exec(sender) ?? [];
  return name.trim() || sender.replace(/[<>]/g, '');
}

export const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1).replaceAll(/[-_]/g, ' ');

/** What was typed into a field of a form. */
export function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
