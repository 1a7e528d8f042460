import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Commands whose row is left by a collaborator: the file that leaves it, and the call that reaches it. */
export const auditedBy: Readonly<Record<string, readonly [file: string, call: string]>> = {
  ChangeRole: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  ChangeSetting: ['kernel/system-config/system-config-editor.ts', 'this.editor.edit('],
  EraseUser: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  ExportUser: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  ForgetMailboxes: ['gmail/disconnect-gmail/disconnect-gmail.handler.ts', 'new DisconnectGmail('],
  OpenWallet: ['billing/grant-credits/grant-credits.handler.ts', 'new GrantCredits('],
  ProcessStripeEvent: ['billing/settle-payment/settle-payment.handler.ts', 'new SettlePayment('],
  ReinstateUser: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  RunRules: ['gmail/act-on-mails/request-actions.handler.ts', 'new RequestActions('],
  SettleDeadLetter: ['kernel/outbox/dead-letters.ts', 'this.letters['],
  SignOutUser: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  SuspendUser: ['auth/administer-users/act-on-users.handler.ts', 'this.acts.on('],
  UnsubscribeDigest: ['auth/reading-preferences/stop-digest.handler.ts', 'new StopDigest('],
};

const perMail = 'a step of the work on one mail: its trail is the job';
const perCredit = 'a step of the work on one mail: its trail is the ledger, which is append-only too';
const perMailbox = 'the reading of a mailbox: its trail is the run and the walk';
const perBatch = 'a step of a batch: its trail is the batch and its mails’ jobs';
const afterErasure = 'follows an account’s erasure, whose own row tells of it';

/** Machine upkeep that nobody orders, and where its trail is. */
export const upkeep: Readonly<Record<string, string>> = {
  AbandonSummary: perMail,
  AddMailRevision: 'makes the mail that an audited re-summary is of, in its transaction',
  AnswerOverdueHolds: 'asks after holds; what comes of it stands in the ledger',
  ApplyActions: 'carries out an audited order; each action’s row has its outcome',
  CaptureCredits: perCredit,
  CloseBatch: perBatch,
  CloseStatements: 'writes down what the ledger says',
  DraftSummary: perMail,
  EndRuns: 'tells that a run is over: its trail is the run',
  ExpireCredits: 'the clock’s doing: its trail is the ledger',
  FlagStalledConnections: 'marks what the clock found; the connection has the reason',
  ForgetPayer: afterErasure,
  ForgetEndpoints: afterErasure,
  ForgetUser: afterErasure,
  HoldCredits: perCredit,
  KeepBatchAnswer: perBatch,
  MailDigest: 'a letter that was subscribed to: its trail is the digest’s row',
  MailUser: 'a letter about what was audited where it happened; stores nothing',
  PollStripeEvents: 'fetches what a webhook would have brought',
  PrepareMail: perMail,
  ProcessEmails: perMail,
  PurgeExpiredCredentials: 'retention: removes what has ended already',
  PurgeSummaries: 'retention: removes what is past its keeping time',
  QueueEmails: perMail,
  RaisePriority: 'follows a purchase, whose settlement is audited',
  ReceivePush: 'notes that Google has something new',
  ReceiveStripeEvent: 'keeps what Stripe sent, as it came; acting upon it is audited',
  RecordBatch: perBatch,
  RecordWebhookEvent: 'writes down whom to tell; the delivery is its own trail',
  ReleaseCredits: perCredit,
  RenewWatch: perMailbox,
  RenewWatches: perMailbox,
  ReportOverdueHolds: 'asks after holds; changes none',
  ResumeWaiting: perMail,
  RunSync: perMailbox,
  StopWalk: 'follows the cancelling of a run, which is audited; ends its reading of the mailbox',
  StoreSummaries: perMail,
  KeepAnswer: perMail,
  StreamChanges: 'opens a stream that its caller reads',
  SubmitBatch: perBatch,
  TendBatch: perBatch,
  WalkMailbox: perMailbox,
};

/** A command and the text of the class that handles it, decorator included. */
export interface HandledCommand {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** Every command that a class under src handles. */
export function handledCommands(): HandledCommand[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => commandsIn(file, source(file)));
}

/** The commands that a source text handles: a class ends where the next declaration at the margin begins. */
export function commandsIn(file: string, text: string): HandledCommand[] {
  return text
    .split(/^(?=@CommandHandler\()/m)
    .filter((part) => part.startsWith('@CommandHandler('))
    .map((part) => ({
      name: /^@CommandHandler\((\w+)\)/.exec(part)?.[1] ?? '',
      file,
      text: part.slice(0, part.search(/^}/m)),
    }));
}

export const leavesRow = (text: string): boolean => /\baudit\.record\(/.test(text);

/** A file under src. */
export function source(file: string): string {
  return readFileSync(join(root, 'src', file), 'utf8');
}
