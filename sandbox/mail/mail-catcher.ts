import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A mail that was caught. */
export interface CaughtMail {
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  /** By name in lower case. */
  headers: Record<string, string>;
}

export interface MailCatcher {
  /** For `SMTP_URL`. */
  url: string;
  /** Everything that was caught, the oldest first. */
  mails: CaughtMail[];
  /** The mails to one address, the oldest first. */
  to(address: string): CaughtMail[];
  /** Refuses the next mails with a temporary error. */
  refuseNext(count: number): void;
  close(): Promise<void>;
}

/** A mail server, on loopback unless told otherwise, that delivers to nobody and keeps everything it is given. */
export async function startMailCatcher(
  port = 0,
  onMail?: (mail: CaughtMail) => void,
  host = '127.0.0.1',
): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  let refusals = 0;
  const take = async (stream: SMTPServerDataStream): Promise<void> => {
    const mail = await read(stream);
    if (refusals > 0) {
      refusals -= 1;
      throw Object.assign(new Error('Try again later'), { responseCode: 451 });
    }
    mails.push(mail);
    onMail?.(mail);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => void take(stream).then(() => done(), done),
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    to: (address) => mails.filter((mail) => mail.to.includes(address)),
    refuseNext: (count) => {
      refusals = count;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(stream: SMTPServerDataStream): Promise<CaughtMail> {
  const mail = await PostalMime.parse(await buffer(stream));
  const { to = [], from, subject = '', text = '', html = '' } = mail;
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
  return {
    to: to.map(({ address = '' }) => address),
    from: from?.address ?? '',
    subject,
    text,
    html,
    headers,
  };
}
