import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetReadingPreferences } from '../auth/contracts';
import { type FetchedMail, FetchMails } from '../gmail/contracts';
import { EnvDto } from '../kernel/config/env.dto';
import { Gathering } from '../kernel/database/gathering';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { inSpan } from '../kernel/observability/spans';
import { type CleanMail, fitToBudget, visibleCharacters } from './cleaning';
import type { MailHeaders } from './answer';
import { EmailRepository, type ThreadEntry } from './email.repository';
import { MailCleaner } from './mail-cleaner/mail-cleaner';
import type { MailToSummarise } from './summariser/mail-block';

/** Earlier summaries of a thread that go along with a reply. */
const threadDepth = 5;

/** A mail as the model is asked about it, with the web addresses that the answer may repeat; or why there is nothing to ask. */
export type ReadMail =
  { headers: MailHeaders; mail: MailToSummarise; links: readonly string[] } | { skipped: string };

/** What some mails of a user are read with. */
interface LookUp {
  readonly fetched: ReadonlyMap<string, Promise<FetchedMail>>;
  readonly earlier: readonly (ThreadEntry & { emailId: string })[];
  readonly language: string;
}

/** Fetches a mail, takes its text out, and puts what was said before beside it. Mails that are read at the same moment are looked up together. */
@Injectable()
export class MailReader {
  private readonly lookUps = new Gathering<LookUp, string>((userId, emailIds) =>
    this.lookUp(userId, emailIds),
  );

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly queries: QueryBus,
    private readonly cleaner: MailCleaner,
  ) {}

  /** Opens no transaction around its network calls. @throws DomainError as `FetchMails` and `MailCleaner` do. */
  async read(userId: string, emailId: string): Promise<ReadMail> {
    const { fetched: mails, earlier, language } = await this.lookUps.join(userId, [emailId]).answer;
    const fetched = await mails.get(emailId);
    if (!fetched) throw new Error(`Nothing was fetched for mail ${emailId}`);
    const thread = earlier.flatMap(({ emailId: of, receivedAt, ...entry }) =>
      of === emailId ? [{ ...entry, receivedAt: receivedAt.toISOString() }] : [],
    );
    const clean = await inSpan('clean mail', {}, () => this.cleaner.clean(fetched.payload));
    if (clean.kind !== 'text') return { skipped: `email.${clean.kind}` };
    const headers = headersOf(fetched, clean);
    const { text } = fitToBudget(clean.text, this.env.MAIL_TEXT_TOKENS);
    return { headers, mail: { ...headers, text, language, thread }, links: clean.links };
  }

  /** In one packet to the database, and in one call to each mailbox. */
  private lookUp(userId: string, emailIds: string[]): Promise<LookUp> {
    return this.uow.readAsUser(userId, async () => {
      const [fetched, earlier, { language }] = await Promise.all([
        this.queries.execute(new FetchMails(userId, emailIds)),
        this.repository.listThreads(emailIds, threadDepth),
        this.queries.execute(new GetReadingPreferences(userId)),
      ]);
      return { fetched, earlier, language };
    });
  }
}

function headersOf(mail: FetchedMail, clean: CleanMail): MailHeaders {
  const { connectionId, gmailMessageId, gmailThreadId, receivedAt, revision } = mail;
  const sender = clean.from ? `${clean.from.name} <${clean.from.address}>`.trim() : 'unknown sender';
  return {
    connectionId,
    gmailMessageId,
    gmailThreadId,
    receivedAt,
    revision,
    subject: oneLine(clean.subject),
    sender: oneLine(sender),
  };
}

/** Postgres takes no zero byte, and a reader no sign that turns a line around: headers may hold both. */
function oneLine(text: string): string {
  return visibleCharacters(text).replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
