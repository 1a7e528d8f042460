const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const monthName = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const dayMs = 24 * 60 * 60_000;

const isoDay = /\b(\d{4})-(\d{2})-(\d{2})\b/;
const dayMonth = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?${monthName}(?:,? (\\d{4}))?\\b`, 'i');
const monthDay = new RegExp(`\\b${monthName} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b`, 'i');
const relative = /\b(today|tonight|tomorrow|sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b/i;

/**
 * The day that a sentence names, as `YYYY-MM-DD`. Weekdays, "tomorrow" and dates without a year count from the
 * day the mail was sent; without that day they stay unknown, so the same mail always has the same answer.
 */
export function findDueDate(sentence: string, sent: Date | undefined): string | undefined {
  const iso = isoDay.exec(sentence);
  if (iso) return toIso(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const named = dayMonth.exec(sentence);
  if (named) return inYear(named[3], named[2], named[1], sent);
  const american = monthDay.exec(sentence);
  if (american) return inYear(american[3], american[1], american[2], sent);
  const word = relative.exec(sentence)?.[1]?.toLowerCase();
  if (!word || !sent) return undefined;
  const ahead = daysAhead(word, sent);
  return new Date(sent.getTime() + ahead * dayMs).toISOString().slice(0, 10);
}

function daysAhead(word: string, sent: Date): number {
  if (word === 'today' || word === 'tonight') return 0;
  if (word === 'tomorrow') return 1;
  return (weekdays.indexOf(word) - sent.getUTCDay() + 7) % 7 || 7;
}

function inYear(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  sent: Date | undefined,
): string | undefined {
  const fullYear = year === undefined ? sent?.getUTCFullYear() : Number(year);
  if (fullYear === undefined) return undefined;
  return toIso(fullYear, months.indexOf((month ?? '').slice(0, 3).toLowerCase()), Number(day));
}

function toIso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined;
}
