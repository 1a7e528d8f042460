import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerValue, parseHeaderBlock } from './mime/header-block';

/** A mail from a file, ready for `Mailbox.add`. */
export interface LoadedMail {
  /** The file's name. */
  name: string;
  raw: Buffer;
  /** Epoch ms. */
  internalDate: number;
}

export interface LoadOptions {
  /** Moves all dates alike, so that the newest mail has this one (epoch ms). */
  endingAt?: number;
  /** Spreads mails that are older than this many days before the newest over that time, by their place in the list. */
  withinDays?: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const earliestSane = Date.UTC(1995, 0, 1);
const fallbackDate = Date.UTC(2026, 10, 20, 12);
const latestSane = fallbackDate + dayMs;

/**
 * Reads every `.eml` file of a folder, in order of name. A mail's date is its Date header's; without a sane one
 * (1995 to 21 November 2026) it is an hour before 20 November 2026, noon UTC, for each place in the list.
 */
export function loadEmlDirectory(dir: string, options: LoadOptions = {}): LoadedMail[] {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  const mails = names.map((name, index) => {
    const raw = readFileSync(join(dir, name));
    return { name, raw, internalDate: saneDate(raw) ?? fallbackDate - index * hourMs };
  });
  return arrange(mails, options);
}

function saneDate(raw: Buffer): number | undefined {
  const header = headerValue(parseHeaderBlock(raw).fields, 'date') ?? '';
  const date = Date.parse(header.replace(/\s*\([^)]*\)\s*$/, ''));
  return date >= earliestSane && date <= latestSane ? date : undefined;
}

function arrange(mails: readonly LoadedMail[], { endingAt, withinDays }: LoadOptions): LoadedMail[] {
  const newest = mails.reduce((latest, { internalDate }) => Math.max(latest, internalDate), 0);
  const end = endingAt ?? newest;
  const spanMs = withinDays === undefined ? Number.POSITIVE_INFINITY : withinDays * dayMs;
  return mails.map((mail, index) => {
    const moved = mail.internalDate + end - newest;
    const spread = end - Math.floor((spanMs * (index + 1)) / (mails.length + 1));
    return { ...mail, internalDate: end - moved > spanMs ? spread : moved };
  });
}
