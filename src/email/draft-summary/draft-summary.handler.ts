import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type FetchedMail, FetchMail } from '../../gmail/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type CleanMail, cleanGmailMail, fitToBudget, visibleCharacters } from '../cleaning';
import { DraftSummary, type DraftOutcome } from '../contracts';
import { type Draft, EmailRepository, type MailHeaders } from '../email.repository';
import { SpendCap } from '../spend-cap';
import { promptVersion } from '../summariser/prompt';
import { Spending } from '../summariser/spending';
import { Summariser } from '../summariser/summariser';

/** Earlier summaries of a thread that go along with a reply. */
const threadDepth = 5;

@CommandHandler(DraftSummary)
export class DraftSummaryHandler implements ICommandHandler<DraftSummary> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly queries: QueryBus,
    private readonly summariser: Summariser,
    private readonly cap: SpendCap,
  ) {}

  async execute({ userId, emailId }: DraftSummary): Promise<DraftOutcome> {
    if (await this.isDrafted(emailId)) return { outcome: 'drafted' };
    const mail = await this.queries.execute(new FetchMail(userId, emailId));
    const clean = cleanGmailMail(mail.payload);
    if (clean.kind !== 'text') return { outcome: 'skipped', reasonCode: `email.${clean.kind}` };
    const headers = headersOf(mail, clean);
    const { text } = fitToBudget(clean.text, this.env.MAIL_TEXT_TOKENS);
    const thread = await this.earlier(headers);
    await this.cap.ensureRoom(userId);
    const spending = new Spending();
    const question = { ...headers, text, language: 'auto', thread };
    const summarised = await this.summariser
      .summarise(question, clean.links, spending)
      .catch(async (error: unknown) => {
        await this.keep(userId, emailId, spending);
        throw error;
      });
    await this.keep(userId, emailId, spending, { headers, summarised });
    return { outcome: 'drafted' };
  }

  /** The answer and what it took commit together; an answer that is of no use was paid for all the same. */
  private async keep(userId: string, emailId: string, spending: Spending, draft?: Draft): Promise<void> {
    if (spending.answers === 0) return;
    await this.uow.asService('keep an answer', async () => {
      if (draft) await this.repository.keepDraft(userId, emailId, draft);
      await this.repository.countSpending(userId, spending);
    });
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
    subject: oneLine(clean.subject),
    sender: oneLine(sender),
  };
}

/** Postgres takes no zero byte, and a reader no sign that turns a line around: headers may hold both. */
function oneLine(text: string): string {
  return visibleCharacters(text).replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
