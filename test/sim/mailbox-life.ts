import { setTimeout as wait } from 'node:timers/promises';
import type { Mailbox, NewMessage } from '../../sandbox/google/gmail/mailbox';
import type { Chance } from './random';

const places = [
  ['INBOX', 'UNREAD'],
  ['INBOX', 'UNREAD'],
  ['INBOX', 'CATEGORY_UPDATES'],
  ['INBOX', 'CATEGORY_PROMOTIONS'],
  ['SPAM'],
  ['SENT'],
];

/** Labels that mails move between, into the filter and out of it. */
const moves: [add: string[], remove: string[]][] = [
  [['INBOX'], ['SPAM']],
  [['SPAM'], ['INBOX']],
  [['TRASH'], ['INBOX']],
  [['INBOX'], ['TRASH']],
  [[], ['CATEGORY_PROMOTIONS']],
  [['CATEGORY_PROMOTIONS'], []],
  [[], ['UNREAD']],
  [[], ['INBOX']],
];

/**
 * Lives a mailbox's life while it is read: `mails` arrive in all, half of them at the start, and meanwhile mails move,
 * vanish, and the history is forgotten.
 * @param changed called after each step, as a push would be.
 */
export async function live(
  mailbox: Mailbox,
  mails: number,
  chance: Chance,
  changed: () => Promise<void>,
): Promise<void> {
  let arrived = 0;
  const arrive = (count: number): void => {
    mailbox.add(Array.from({ length: count }, () => newMail(arrived++, chance)));
  };
  arrive(Math.floor(mails / 2));
  while (arrived < mails) {
    step(mailbox, chance, (count) => arrive(Math.min(count, mails - arrived)));
    await changed();
    await wait(chance.between(5, 60));
  }
}

function step(mailbox: Mailbox, chance: Chance, arrive: (count: number) => void): void {
  const die = chance.next();
  const messages = mailbox.newestFirst();
  if (die < 0.5 || messages.length === 0) arrive(chance.between(1, 12));
  else if (die < 0.8) mailbox.relabel([chance.pick(messages)], ...chance.pick(moves));
  else if (die < 0.97) mailbox.delete(chance.pick(messages).id);
  else mailbox.history.expire();
}

function newMail(n: number, chance: Chance): NewMessage {
  const raw = `From: Bob <bob-${n}@example.test>\r\nSubject: Mail ${n}\r\n\r\nMail ${n}.\r\n`;
  return {
    raw: Buffer.from(raw),
    // Mails of the last five days, in any order: imports and delays do not arrive by date.
    internalDate: Date.now() - chance.between(0, 5 * 86_400_000),
    labels: chance.pick(places),
  };
}
