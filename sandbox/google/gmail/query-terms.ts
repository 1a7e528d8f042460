import { walkParts } from '../mime/mime-tree';
import type { LabelCatalog } from './labels';
import type { StoredMessage } from './stored-message';

export type Predicate = (message: StoredMessage) => boolean;

export interface SearchContext {
  /** The mailbox's own address, for `from:me` and `to:me`. */
  email: string;
  labels: LabelCatalog;
  /** Epoch ms. */
  now: number;
}

const dayMs = 86_400_000;
const spanDays: Record<string, number> = { d: 1, m: 30, y: 365 };
// Gmail reads a date as midnight Pacific Standard Time.
const pacificOffsetMs = 8 * 3_600_000;
const places: Record<string, string> = { draft: 'DRAFT', drafts: 'DRAFT', chats: 'CHAT', snoozed: 'SNOOZED' };
const categories: Record<string, string> = {
  primary: 'CATEGORY_PERSONAL',
  personal: 'CATEGORY_PERSONAL',
  social: 'CATEGORY_SOCIAL',
  promotions: 'CATEGORY_PROMOTIONS',
  updates: 'CATEGORY_UPDATES',
  forums: 'CATEGORY_FORUMS',
};
const otherCategories = Object.values(categories).filter((label) => label !== 'CATEGORY_PERSONAL');

const always: Predicate = () => true;
const has =
  (label: string): Predicate =>
  (message) =>
    message.labelIds.has(label);

type Operator = (value: string, context: SearchContext) => Predicate | undefined;

const after: Operator = (value) => since(instant(value), (ms) => (message) => message.internalDate >= ms);
const before: Operator = (value) => since(instant(value), (ms) => (message) => message.internalDate < ms);

const operators: Record<string, Operator> = {
  newer_than: (value, { now }) => since(span(value), (ms) => (message) => message.internalDate >= now - ms),
  older_than: (value, { now }) => since(span(value), (ms) => (message) => message.internalDate < now - ms),
  after,
  newer: after,
  before,
  older: before,
  in: (value, context) => (value === 'anywhere' ? always : has(places[value] ?? labelId(value, context))),
  label: (value, context) => has(labelId(value, context)),
  category: (value) => category(value),
  is: (value) => (value === 'read' ? (message) => !message.labelIds.has('UNREAD') : has(value.toUpperCase())),
  has: (value) => (value === 'attachment' ? hasAttachment : undefined),
  from: (value, context) => inHeader('from', value, context),
  to: (value, context) => inHeader('to', value, context),
  subject: (value) => (message) => message.searchHeader('subject').includes(value),
  rfc822msgid: (value) => (message) => bareId(message.searchHeader('message-id')) === bareId(value),
};

/** The predicate of one search term, `operator:value` or text. An operator whose value makes no sense is text too. */
export function term(source: string, context: SearchContext): Predicate {
  const [, name = '', rest = ''] = /^([a-z0-9_]+):(.*)$/is.exec(source) ?? [];
  const value = unquote(rest).toLowerCase();
  const known = value === '' ? undefined : operators[name.toLowerCase()]?.(value, context);
  return known ?? text(unquote(source).toLowerCase());
}

function text(wanted: string): Predicate {
  if (wanted === '') return always;
  return (message) =>
    ['subject', 'from', 'to'].some((name) => message.searchHeader(name).includes(wanted)) ||
    message.snippet.toLowerCase().includes(wanted);
}

function since<T>(value: T | undefined, make: (value: T) => Predicate): Predicate | undefined {
  return value === undefined ? undefined : make(value);
}

function span(value: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)([dmy])$/.exec(value) ?? [];
  return count === undefined ? undefined : Number(count) * (spanDays[unit] ?? 1) * dayMs;
}

function instant(value: string): number | undefined {
  if (/^\d{9,}$/.test(value)) return Number(value) * 1000;
  const [, year, month, day] = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value) ?? [];
  if (year === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) + pacificOffsetMs;
}

function labelId(name: string, { labels }: SearchContext): string {
  return labels.search(name)?.id ?? name;
}

// Mail without any category counts as primary.
function category(name: string): Predicate | undefined {
  if (name !== 'primary') return since(categories[name], has);
  return (message) => !otherCategories.some((label) => message.labelIds.has(label));
}

function inHeader(name: string, value: string, { email }: SearchContext): Predicate {
  const wanted = value === 'me' ? email : value;
  return (message) => message.searchHeader(name).includes(wanted);
}

const hasAttachment: Predicate = (message) =>
  [...walkParts(message.tree())].some((part) => part.filename !== '' && part.disposition !== 'inline');

function bareId(value: string): string {
  return value.replaceAll(/[<>\s]/g, '');
}

function unquote(value: string): string {
  return value.replaceAll('"', '').trim();
}
