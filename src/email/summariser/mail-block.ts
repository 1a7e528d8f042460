import { randomUUID } from 'node:crypto';

/** What the model is told about one mail. */
export interface MailToSummarise {
  subject: string;
  sender: string;
  /** ISO 8601. */
  receivedAt: string;
  text: string;
  /** `auto`, or the BCP 47 tag the user reads in. */
  language: string;
  /** Earlier summaries of the same thread, oldest first. */
  thread: { receivedAt: string; sender: string; headline: string; summary: string }[];
}

/**
 * The user message for one mail. The mail stands between markers that carry a code its author could not know, and every
 * line of it that resembles a marker is defused, so that nothing in it can end it.
 */
export function mailBlock(mail: MailToSummarise, code: string = unknownCode()): string {
  const facts = {
    received: mail.receivedAt,
    from: mail.sender,
    subject: mail.subject,
    summary_language: mail.language,
  };
  const earlier = mail.thread.map((entry) => JSON.stringify(entry)).join('\n');
  return [
    `Facts: ${JSON.stringify(facts)}`,
    ...(earlier ? [`Earlier summaries of this conversation, as JSON lines:\n${earlier}`] : []),
    `=====MAIL ${code} BEGIN=====`,
    defuse(mail.text),
    `=====MAIL ${code} END=====`,
    'Summarise the mail between the markers.',
  ].join('\n');
}

function defuse(text: string): string {
  return text.replace(/={5,}(?=MAIL\b)/g, '= = =');
}

/** 24 hexadecimal digits, 90 bits of them random; Node keeps a stock of what UUIDs are made of. */
const unknownCode = (): string => randomUUID().replaceAll('-', '').slice(0, 24);
