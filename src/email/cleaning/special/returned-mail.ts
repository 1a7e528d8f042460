import { type MailHeaders } from '../mime/mail-headers';
import { isBlank, type Line } from '../text/line';

const TRANSPORT_HEADER =
  /^(?:received|return-path|dkim-signature|domainkey-signature|message-id|mime-version|content-(?:type|transfer-encoding)|arc-[\w-]{1,40}|authentication-results|delivered-to|x-[\w-]{1,40}|user-agent|references|in-reply-to|thread-(?:topic|index))\s?:/i;
const LEAST = 3;
const WINDOW = 25;

/** Written by a mail server about a mail that it could not deliver. */
export const isFromMailServer = (headers: MailHeaders): boolean =>
  headers.has('x-failed-recipients') ||
  /\b(?:mailer-daemon|postmaster|mail-daemon)\b/i.test(headers.raw('from')) ||
  (headers.raw('return-path') === '<>' && headers.has('auto-submitted'));

/** Leaves out the returned mail below a server's explanation: it starts with raw transport headers. */
export function cutReturnedMail(lines: readonly Line[]): Line[] {
  for (let start = 0; start < lines.length; start++) {
    if (!TRANSPORT_HEADER.test(lines[start]?.text ?? '')) continue;
    const names = new Set<string>();
    for (const line of lines.slice(start, start + WINDOW))
      if (TRANSPORT_HEADER.test(line.text)) names.add((line.text.split(':', 1)[0] ?? '').toLowerCase());
    const before = lines.slice(0, start);
    if (names.size >= LEAST && before.some((line) => !isBlank(line))) return before;
    start += WINDOW - 1;
  }
  return [...lines];
}
