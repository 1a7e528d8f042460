import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetReadingPreferences } from '../auth/contracts';
import { type FetchedMail, FetchMail } from '../gmail/contracts';
import { EnvDto } from '../kernel/config/env.dto';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { inSpan } from '../kernel/observability/spans';
import { type CleanMail, fitToBudget, visibleCharacters } from './cleaning';
import { EmailRepository, type MailHeaders } from './email.repository';
import { MailCleaner } from './mail-cleaner/mail-cleaner';
import type { MailToSummarise } from './summariser/mail-block';

/** Earlier summaries of a thread that go along with a reply. */
const threadDepth = 5;

/** A mail as the model is asked about it, with the web addresses that the answer may repeat; or why there is nothing to ask. */
export type ReadMail =
  { headers: MailHeaders; mail: MailToSummarise; links: readonly string[] } | { skipped: string };

/** Fetches a mail, takes its text out, and puts what was said before beside it. */
@Injectable()
export class MailReader {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly queries: QueryBus,
    private readonly cleaner: MailCleaner,
  ) {}

  /** Opens no transaction around its network calls. @throws DomainError as `FetchMail` and `MailCleaner` do. */
  async read(userId: string, emailId: string): Promise<ReadMail> {
    // What all three look up goes to the database in one packet.
    const [fetched, thread, { language }] = await this.uow.readAsUser(userId, () =>
      Promise.all([
        this.queries.execute(new FetchMail(userId, emailId)),
        this.earlier(emailId),
        this.queries.execute(new GetReadingPreferences(userId)),
      ]),
    );
    const clean = await inSpan('clean mail', {}, () => this.cleaner.clean(fetched.payload));
    if (clean.kind !== 'text') return { skipped: `email.${clean.kind}` };
    const headers = headersOf(fetched, clean);
    const { text } = fitToBudget(clean.text, this.env.MAIL_TEXT_TOKENS);
    return { headers, mail: { ...headers, text, language, thread }, links: clean.links };
  }

  private async earlier(emailId: string) {
    const entries = await this.repository.listThread(emailId, threadDepth);
    return entries.map((entry) => ({ ...entry, receivedAt: entry.receivedAt.toISOString() }));
  }
}

function headersOf(mail: FetchedMail, clean: CleanMail): MailHeaders {
  const { connectionId, gmailMessageId, gmailThreadId, receivedAt } = mail;
  const sender = clean.from ? `${clean.from.name} <${clean.from.address}>`.trim() : 'unknown sender';
  return {
    connectionId,
    gmailMessageId,
    gmailThreadId,
    receivedAt,
    subject: oneLine(clean.subject),
    sender: oneLine(sender),
  };
}

/** Postgres takes no zero byte, and a reader no sign that turns a line around: headers may hold both. */
function oneLine(text: string): string {
  return visibleCharacters(text).replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
