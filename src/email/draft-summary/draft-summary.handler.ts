import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type FetchedMail, FetchMail } from '../../gmail/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type CleanMail, cleanGmailMail, fitToBudget } from '../cleaning';
import { DraftSummary, type DraftOutcome } from '../contracts';
import { EmailRepository, type MailHeaders } from '../email.repository';
import { promptVersion } from '../summariser/prompt';
import { Summariser } from '../summariser/summariser';

/** Tokens of a mail's text that the model is given: head and tail of a longer one. */
const textBudget = 12_000;
/** Earlier summaries of a thread that go along with a reply. */
const threadDepth = 5;

@CommandHandler(DraftSummary)
export class DraftSummaryHandler implements ICommandHandler<DraftSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly queries: QueryBus,
    private readonly summariser: Summariser,
  ) {}

  async execute({ userId, emailId }: DraftSummary): Promise<DraftOutcome> {
    if (await this.isDrafted(emailId)) return { outcome: 'drafted' };
    const mail = await this.queries.execute(new FetchMail(userId, emailId));
    const clean = cleanGmailMail(mail.payload);
    if (clean.kind !== 'text') return { outcome: 'skipped', reasonCode: `email.${clean.kind}` };
    const headers = headersOf(mail, clean);
    const { text } = fitToBudget(clean.text, textBudget);
    const summarised = await this.summariser.summarise(
      { ...headers, text, language: 'auto', thread: await this.earlier(headers) },
      clean.links,
    );
    await this.uow.readAsService('keep an answer', () =>
      this.repository.keepDraft(userId, emailId, { headers, summarised }),
    );
    return { outcome: 'drafted' };
  }

  private isDrafted(emailId: string): Promise<boolean> {
    return this.uow.readAsService('look for a kept answer', () =>
      this.repository.hasDraft(emailId, promptVersion),
    );
  }

  private async earlier({ connectionId, gmailThreadId, receivedAt }: MailHeaders) {
    const entries = await this.uow.readAsService('read a thread', () =>
      this.repository.listThread(connectionId, gmailThreadId, new Date(receivedAt), threadDepth),
    );
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
    subject: clean.subject.slice(0, 1_000),
    sender,
  };
}
