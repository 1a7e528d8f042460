import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';

/** A mail to one person. */
export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  html?: string;
  messageId?: string;
  headers?: Record<string, string>;
}

/** Milliseconds: a mail server that hangs must not hold the outbox for long. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Sends mail through the configured SMTP server. Retries are the outbox's business. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly logger = new Logger(Mailer.name);
  private readonly transport;

  constructor(env: EnvDto) {
    this.transport =
      env.SMTP_URL === undefined
        ? undefined
        : createTransport(
            { url: env.SMTP_URL, disableFileAccess: true, disableUrlAccess: true, ...timeouts },
            { from: env.MAIL_FROM },
          );
  }

  /**
   * Hands a mail over. Without a mail server it is dropped, and the log says so (not to whom, nor what).
   * @throws DomainError `auth.mail-not-sent`, or `auth.mail-outcome-unknown` when the connection broke after the text had gone
   * out (both unavailable).
   */
  async send(mail: OutgoingMail): Promise<void> {
    if (!this.transport) {
      this.logger.warn('A mail was not sent: SMTP_URL is not set');
      return;
    }
    try {
      await this.transport.sendMail(mail);
    } catch (cause) {
      if (isUnknown(cause))
        throw new DomainError('unavailable', 'auth.mail-outcome-unknown', 'The mail may have been sent.', {
          cause,
        });
      throw new DomainError('unavailable', 'auth.mail-not-sent', 'The mail could not be sent.', { cause });
    }
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}

/** The server was silent to the end of the text: it may have taken the mail. A refusal carries a code. */
function isUnknown(cause: unknown): boolean {
  const { command, responseCode } = cause as { command?: string; responseCode?: number };
  return command === 'DATA' && responseCode === undefined;
}
