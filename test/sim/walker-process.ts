import { GmailRepository } from '../../src/gmail/gmail.repository';
import { GmailBatch } from '../../src/gmail/google/gmail-batch';
import { GmailCalls } from '../../src/gmail/google/gmail-calls';
import { GmailClient } from '../../src/gmail/google/gmail-client';
import { GoogleEndpoints } from '../../src/gmail/google/google-endpoints';
import { GoogleOAuth } from '../../src/gmail/google/google-oauth';
import { GoogleUpstream } from '../../src/gmail/google/google-upstream';
import { Mailboxes } from '../../src/gmail/mailboxes';
import { MemoryQuotaBudget } from '../../src/gmail/quota/memory-quota-budget';
import { AccessTokens } from '../../src/gmail/tokens/access-tokens';
import { TokenVault } from '../../src/gmail/tokens/token-vault';
import { TokensRepository } from '../../src/gmail/tokens/tokens.repository';
import { Backfill } from '../../src/gmail/walk-mailbox/backfill';
import { History } from '../../src/gmail/walk-mailbox/history';
import { ReadFacts } from '../../src/gmail/walk-mailbox/read-facts';
import { WalkMailboxHandler } from '../../src/gmail/walk-mailbox/walk-mailbox.handler';
import type { WalksRepository } from '../../src/gmail/walks.repository';
import type { EnvDto } from '../../src/kernel/config/env.dto';
import { parseKeyRing } from '../../src/kernel/crypto/key-ring';
import { TokenCipher } from '../../src/kernel/crypto/token-cipher';
import { PrismaConnection } from '../../src/kernel/database/prisma-connection';
import { Metrics } from '../../src/kernel/observability/metrics';
import { UnitOfWork } from '../../src/kernel/database/unit-of-work';
import { Outbox } from '../../src/kernel/outbox/outbox';
import { OutboxWakeUp } from '../../src/kernel/outbox/outbox-wake-up';
import type { UpstreamOptions } from '../../src/kernel/resilience/upstream-options';

/** Google at the speed of a simulation: a call that takes half a second has timed out. */
class NearbyGoogle extends GoogleUpstream {
  protected override limited(options: UpstreamOptions): UpstreamOptions {
    const breaker = { ...options.breaker, threshold: 0.99, openMs: 20 };
    return { ...options, timeoutMs: 500, deadlineMs: 10_000, baseDelayMs: 2, maxDelayMs: 20, breaker };
  }
}

/**
 * The parts of a process that walks mailboxes, put together by hand: programs run without the compiler's metadata that
 * Nest's injection needs.
 */
export class WalkerProcess {
  readonly uow: UnitOfWork;
  readonly outbox: Outbox;
  readonly connections: GmailRepository;
  readonly vault: TokenVault;
  private readonly connection: PrismaConnection;
  private readonly mailboxes: Mailboxes;
  private readonly backfill: Backfill;
  private readonly history: History;

  constructor(env: EnvDto) {
    this.connection = new PrismaConnection(env);
    this.uow = new UnitOfWork(this.connection);
    this.outbox = new Outbox(this.uow, new OutboxWakeUp());
    this.connections = new GmailRepository(this.uow);
    this.vault = new TokenVault(new TokenCipher(parseKeyRing(env.TOKEN_KEYS)));
    const upstream = new NearbyGoogle();
    const endpoints = new GoogleEndpoints(env, upstream);
    const oauth = new GoogleOAuth(env, endpoints, upstream);
    this.mailboxes = new Mailboxes(
      new AccessTokens(
        new TokensRepository(this.uow),
        this.vault,
        oauth,
        this.uow,
        this.outbox,
        new Metrics(),
      ),
    );
    const budget = new MemoryQuotaBudget({ perUser: 1e9, perProject: 1e9 });
    const calls = new GmailCalls(env, budget, upstream);
    const client = new GmailClient(endpoints, calls);
    const facts = new ReadFacts(new GmailBatch(endpoints, calls, client));
    this.backfill = new Backfill(client, facts);
    this.history = new History(client, facts);
  }

  /** A walker over this repository; each may be another process as far as the database can tell. */
  walker(walks: WalksRepository): WalkMailboxHandler {
    const { uow, outbox, connections, mailboxes, backfill, history } = this;
    return new WalkMailboxHandler(uow, outbox, connections, walks, mailboxes, backfill, history);
  }

  async stop(): Promise<void> {
    await this.connection.onModuleDestroy();
  }
}
