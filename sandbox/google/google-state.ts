import { EmulatorClock } from './clock';
import { Mailbox } from './gmail/mailbox';
import { QuotaMeter } from './gmail/quota-meter';
import { type Account, makeAccount } from './oauth/account';
import { TokenStore } from './oauth/token-store';
import { PushSender } from './push/push-sender';
import type { GoogleSettings, RegisteredClient } from './settings';
import { SigningKey } from './signing-key';

/** Everything a Google emulator knows. Tests in the same process work on it directly. */
export class GoogleState {
  readonly clock: EmulatorClock;
  /** The key that Google publishes, and one that it does not: a forger's. */
  readonly key = new SigningKey();
  readonly foreignKey = new SigningKey();
  readonly tokens: TokenStore;
  readonly quota: QuotaMeter;
  readonly pushes: PushSender;
  readonly accounts = new Map<string, Account>();
  readonly mailboxes = new Map<string, Mailbox>();
  clients: RegisteredClient[] = [];

  constructor(readonly settings: GoogleSettings) {
    this.clock = new EmulatorClock(settings.now);
    this.tokens = new TokenStore(settings, this.clock.now);
    this.quota = new QuotaMeter(settings.quota);
    this.pushes = new PushSender(settings.push, this.key, this.clock, settings.random);
    this.reset();
  }

  /** Opens an account with an empty mailbox; an address that exists keeps what it has. */
  addMailbox(email: string, name?: string): Mailbox {
    const account = makeAccount(email, name);
    const known = this.mailboxes.get(account.email);
    if (known) return known;
    const mailbox = new Mailbox(account.email, {
      historyRetentionMs: this.settings.historyRetentionMs,
      now: this.clock.now,
      random: this.settings.random,
      changed: (changed, labelIds) => this.push(changed, labelIds),
    });
    this.accounts.set(account.email, account);
    this.mailboxes.set(account.email, mailbox);
    return mailbox;
  }

  /** Registers a client, or changes the one of that id. */
  registerClient(client: RegisteredClient): void {
    this.clients = [...this.clients.filter(({ clientId }) => clientId !== client.clientId), client];
  }

  /** Back to the start: the options' clients, accounts, quota and push settings, and nothing else. */
  reset(): void {
    this.clock.reset();
    this.tokens.reset();
    this.quota.reset();
    this.quota.settings = this.settings.quota;
    this.pushes.reset();
    this.pushes.settings = this.settings.push;
    this.clients = [...this.settings.clients];
    this.accounts.clear();
    this.mailboxes.clear();
    for (const { email, name } of this.settings.accounts) this.addMailbox(email, name);
  }

  /** What `GET /__control/state` shows. */
  snapshot(): Record<string, unknown> {
    return {
      clients: this.clients.map(({ clientId, redirectUris }) => ({ clientId, redirectUris })),
      mailboxes: [...this.mailboxes.values()].map((mailbox) => ({
        email: mailbox.email,
        messages: mailbox.newestFirst().length,
        historyId: String(mailbox.history.current),
        watch: mailbox.watch,
      })),
      grants: this.tokens.snapshot(),
      quota: this.quota.snapshot(),
      pushes: this.pushes.snapshot(),
    };
  }

  private push(mailbox: Mailbox, labelIds: ReadonlySet<string>): void {
    const { watch } = mailbox;
    if (!watch || watch.expiration <= this.clock.now()) return;
    const concerned =
      watch.labelIds.length === 0 ||
      watch.labelIds.some((id) => labelIds.has(id)) === (watch.behavior === 'include');
    if (concerned) this.pushes.notify(mailbox.email, String(mailbox.history.current));
  }
}
