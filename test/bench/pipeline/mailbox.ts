import { fillMailbox } from '../../../sandbox/demo/mailbox';

/** Fills a new mailbox of the emulator with plain letters, of which each is worth a summary. */
export async function fillWithLetters(google: string, email: string, count: number): Promise<void> {
  const now = Date.now();
  const mails = Array.from({ length: count }, (_, n) => ({
    raw: Buffer.from(letter(email, n)),
    internalDate: now - n * 1_000,
  }));
  await fillMailbox(google, email, mails);
}

function letter(to: string, n: number): string {
  const sentences = Array.from(
    { length: 12 },
    (_, place) =>
      `Point ${place + 1} of letter ${n}: the plan for week ${place + 1} stands, and we meet on Thursday at ten.`,
  );
  return [
    `From: Colleague ${n} <colleague${n}@example.com>`,
    `To: ${to}`,
    `Subject: Plans for project ${n}`,
    `Message-ID: <letter-${n}.${to}>`,
    'Date: Mon, 02 Nov 2026 09:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello,',
    ...sentences,
    'Please tell me by Friday whether that suits you.',
    '',
  ].join('\r\n');
}
