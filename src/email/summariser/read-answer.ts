import { plainText } from './plain-text';
import type { Source } from './source';
import {
  type ActionItem,
  categories,
  type Category,
  type Person,
  type Summary,
  urgencies,
  type Urgency,
} from './summary';

/** A usable summary, or what was wrong with the answer, to tell the model once. */
export type Reading = { summary: Summary } | { faults: string[] };

const isText = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the model's answer against the schema and cleans every text in it. Lists that are too long are cut; what is
 * missing, of the wrong type, or outside its enumeration is a fault.
 * @param source what the mail had of web addresses and codes; any other is taken out of the answer.
 */
export function readAnswer(answer: string, source: Source): Reading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer);
  } catch {
    return { faults: ['the answer is not JSON'] };
  }
  if (!isRecord(parsed)) return { faults: ['the answer is not a JSON object'] };
  const plain = (value: unknown, limit: number): string =>
    isText(value) ? plainText(value, source, limit) : '';
  const headline = plain(parsed.headline, 200);
  const summary = plain(parsed.summary, 4_000);
  const faults = findFaults(parsed, { headline, summary });
  if (faults.length > 0) return { faults };
  return {
    summary: {
      headline: headline.replace(/\n+/g, ' '),
      summary,
      keyPoints: listOf(parsed.key_points, isText, 10)
        .map((point) => plain(point, 500))
        .filter(Boolean),
      actionItems: listOf(parsed.action_items, isRecord, 20)
        .map((item) => actionItem(item, plain))
        .filter(({ task }) => task),
      category: parsed.category as Category,
      urgency: parsed.urgency as Urgency,
      people: listOf(parsed.people, isRecord, 20)
        .map((person) => personOf(person, plain))
        .filter(({ name }) => name),
      language: parsed.language as string,
      confidence: Math.min(1, Math.max(0, parsed.confidence as number)),
    },
  };
}

type Plain = (value: unknown, limit: number) => string;

function findFaults(
  answer: Record<string, unknown>,
  { headline, summary }: Pick<Summary, 'headline' | 'summary'>,
): string[] {
  const rules: [boolean, string][] = [
    [headline !== '', 'headline must be a text that is not empty'],
    [summary !== '', 'summary must be a text that is not empty'],
    [
      Array.isArray(answer.key_points) && answer.key_points.every(isText),
      'key_points must be a list of texts',
    ],
    [
      Array.isArray(answer.action_items) && answer.action_items.every(isRecord),
      'action_items must be a list of objects',
    ],
    [categories.includes(answer.category as Category), `category must be one of ${categories.join(', ')}`],
    [urgencies.includes(answer.urgency as Urgency), `urgency must be one of ${urgencies.join(', ')}`],
    [Array.isArray(answer.people) && answer.people.every(isRecord), 'people must be a list of objects'],
    [
      isText(answer.language) && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(answer.language),
      'language must be a BCP 47 tag',
    ],
    [
      typeof answer.confidence === 'number' && Number.isFinite(answer.confidence),
      'confidence must be a number',
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

function listOf<T>(value: unknown, is: (item: unknown) => item is T, limit: number): T[] {
  return Array.isArray(value) ? value.filter(is).slice(0, limit) : [];
}

function actionItem(item: Record<string, unknown>, plain: Plain): ActionItem {
  const due = plain(item.due_date, 10);
  return { task: plain(item.task, 500), dueDate: isDay(due) ? due : null };
}

function personOf(person: Record<string, unknown>, plain: Plain): Person {
  return { name: plain(person.name, 120), role: plain(person.role, 200) || null };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
