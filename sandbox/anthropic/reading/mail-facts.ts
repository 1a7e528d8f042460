import { findDueDate } from './due-date';
import type { FoundMail } from './found-mail';
import { detectLanguage } from './language';
import { shorten, splitSentences, topSentences } from './sentences';

/** Something the mail asks for. */
export interface ActionItem {
  task: string;
  due?: string;
}

/** All that an answer is made of; every word stands in the mail. */
export interface MailFacts {
  headline: string;
  summary: string;
  keyPoints: string[];
  actions: ActionItem[];
  people: string[];
  sender?: string;
  language: string;
  /** 0 can wait, 1 normal, 2 soon, 3 now. */
  urgency: 0 | 1 | 2 | 3;
  /** 0 to 1; longer mails give surer summaries. */
  confidence: number;
  sent?: string;
  /** Lower-case text that categories are looked up in. */
  words: string;
}

const asks =
  /\b(please|kindly|could you|can you|would you|you (?:need|must|have) to|make sure|remember to|don't forget|deadline|due (?:by|on)|rsvp|bitte|veuillez|merci de|por favor|per favore)\b/i;
const pressing = /\b(urgent|asap|immediately|critical|emergency|final notice|dringend|urgente?)\b/i;
const soon = /\b(today|tonight|tomorrow|deadline|overdue|expires?|as soon as possible|action required)\b/i;
const leisurely = /\b(newsletter|unsubscribe|digest|no reply needed|fyi|whenever you)\b/i;

/** Reads a mail without understanding it: picks its own sentences, dates and names. The same mail, the same facts. */
export function readFacts(mail: FoundMail): MailFacts {
  const sentences = splitSentences(mail.text);
  const subject = mail.subject?.replace(/^(?:\s*(?:re|fwd?|aw|wg|tr|sv)\s*:)+\s*/i, '').trim();
  const main = topSentences(sentences, 3);
  const words = `${mail.subject ?? ''}\n${mail.from ?? ''}\n${mail.text.slice(0, 20_000)}`.toLowerCase();
  const sent = mail.date === undefined ? undefined : readDate(mail.date);
  const headline = shorten([subject, sentences[0], firstLine(mail.text)].find(Boolean) ?? '', 80);
  return {
    headline,
    summary: shorten(main.slice(0, 2).join(' ') || headline, 400),
    keyPoints: (main.length > 0 ? main : [headline]).map((point) => shorten(point, 160)),
    actions: findActions(sentences, sent),
    people: findPeople(mail),
    sender: mail.from === undefined ? undefined : displayName(mail.from),
    language: mail.language ?? detectLanguage(mail.text),
    urgency: pressing.test(words) ? 3 : leisurely.test(words) ? 0 : soon.test(words) ? 2 : 1,
    confidence: Math.round(Math.min(0.95, 0.5 + sentences.length / 20) * 100) / 100,
    sent: sent?.toISOString(),
    words,
  };
}

const firstLine = (text: string): string => /\S.*/.exec(text)?.[0].trim() ?? 'Empty message';

function readDate(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function findActions(sentences: string[], sent: Date | undefined): ActionItem[] {
  return sentences
    .filter((sentence) => asks.test(sentence))
    .slice(0, 5)
    .map((sentence) => ({ task: shorten(sentence, 160), due: findDueDate(sentence, sent) }));
}

const displayName = (address: string): string =>
  address
    .replace(/<[^<>]*>/g, '')
    .replace(/["']/g, '')
    .trim() || address.replace(/[<>]/g, '').trim();

/** Names from the headers, the greeting and the signature. */
function findPeople(mail: FoundMail): string[] {
  const name = '(\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?)';
  const greeting = new RegExp(`^(?:Hi|Hello|Dear|Hey|Hallo|Liebe[rs]?|Bonjour|Hola|Ciao) ${name}[,!:]`, 'mu');
  const farewell = new RegExp(
    `^(?:Best|Kind regards|Best regards|Regards|Thanks|Cheers|Sincerely|Viele Grüße|Cordialement)[^\\n]*\\n+${name}\\s*$`,
    'mu',
  );
  const found = [
    ...[mail.from, ...(mail.to?.split(',') ?? [])].flatMap((address) =>
      address ? [displayName(address)] : [],
    ),
    ...[greeting.exec(mail.text)?.[1], farewell.exec(mail.text)?.[1]].filter((value) => value !== undefined),
  ];
  return [...new Set(found)].slice(0, 8);
}
