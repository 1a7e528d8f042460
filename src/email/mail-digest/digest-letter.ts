import type { Letter } from '../../auth/contracts';
import type { DigestDto } from '../get-digest/get-digest.dto';

/** A line of the digest, in both forms. */
interface Row {
  text: string;
  html: string;
}

/**
 * A day's digest as a mail: plain text and HTML that say the same, nothing in it loads from elsewhere, and one click ends it (RFC 8058).
 * Its id is the same for every attempt.
 */
export function digestLetter(userId: string, digest: DigestDto, unsubscribe: string): Letter {
  const { day, mails } = digest;
  const title = `${mails} ${mails === 1 ? 'mail' : 'mails'} on ${day}`;
  const rows = rowsOf(digest);
  return {
    subject: `Your digest: ${title}`,
    text: [title, ...rows.map(({ text }) => text), '', `No more digests: ${unsubscribe}`, ''].join('\n'),
    html: `<!doctype html><html><body><h1>${title}</h1>${rows.map(({ html }) => html).join('')}<p><a href="${escape(unsubscribe)}">No more digests</a></p></body></html>`,
    messageId: `digest.${day}.${userId}@inbrief`,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

function rowsOf({ tasks, groups }: DigestDto): Row[] {
  const rows: Row[] = [];
  if (tasks.length > 0) rows.push(heading('To do'));
  for (const { task, dueDate } of tasks) rows.push(item(dueDate === null ? task : `${task} (by ${dueDate})`));
  for (const { category, mails } of groups) {
    rows.push(heading(category));
    for (const { headline, sender, urgency } of mails)
      rows.push(
        item(
          `${headline} \u2013 ${sender}${urgency === 'normal' || urgency === 'low' ? '' : `, ${urgency}`}`,
        ),
      );
  }
  return rows;
}

const heading = (words: string): Row => ({ text: `\n${words}`, html: `<h2>${escape(words)}</h2>` });
const item = (words: string): Row => ({ text: `- ${words}`, html: `<p>${escape(words)}</p>` });

/** Subjects and senders are anybody's words. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
