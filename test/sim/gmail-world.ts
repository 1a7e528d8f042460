import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type RunningEmulator, startEmulator } from '../../sandbox/emulator/emulator';
import { googleEmulator } from '../../sandbox/google/google-emulator';
import type { Mailbox } from '../../sandbox/google/gmail/mailbox';
import type { GoogleState } from '../../sandbox/google/google-state';
import { sandboxClient } from '../../sandbox/google/settings';
import { isWanted } from '../../src/gmail/domain/mail-filter';
import { googleScopes } from '../../src/gmail/domain/scopes';
import { WatchesRepository } from '../../src/gmail/watches.repository';
import { testEnv } from '../support/env';
import { WalkerProcess } from './walker-process';

/** What a run left behind; every figure but the first must be 0. */
export interface Outcome {
  discovered: number;
  /** Mails in the mailbox, and wanted, that nobody discovered. */
  missing: number;
  /** Mails that were discovered or announced more than once. */
  duplicates: number;
  /** Mails that were discovered and not announced, announced and not discovered, or never in the mailbox. */
  strays: number;
}

/** A connected mailbox at an emulated Google, the database behind it, and a process that walks it. */
export class GmailWorld {
  private readonly seen = new Set<string>();

  private constructor(
    readonly google: GoogleState,
    readonly emulator: RunningEmulator,
    readonly process: WalkerProcess,
    private readonly db: Client,
    readonly mailbox: Mailbox,
    readonly userId: string,
    readonly connectionId: string,
  ) {}

  /** @param urls of a migrated database: the application's login, and a superuser's to arrange and to look. */
  static async create(urls: { appUrl: string; ownerUrl: string }, random: () => number): Promise<GmailWorld> {
    const definition = googleEmulator({ random });
    const emulator = await startEmulator(definition);
    const env = testEnv(urls.appUrl, {
      GOOGLE_OAUTH_BASE_URL: emulator.url,
      GOOGLE_API_BASE_URL: emulator.url,
    });
    const process = new WalkerProcess(env);
    const db = new Client({ connectionString: urls.ownerUrl });
    await db.connect();
    await db.query(cursorGuard);
    const userId = uuidv7();
    const email = `${userId}@example.test`;
    await db.query(`insert into users (id, email, name) values ($1, $2, 'Ada')`, [userId, email]);
    const mailbox = definition.google.addMailbox(email);
    const connectionId = await connect(process, definition.google, userId, email);
    return new GmailWorld(definition.google, emulator, process, db, mailbox, userId, connectionId);
  }

  /** A push about the mailbox as it is now; answers whether it asks for a walk. */
  async push(): Promise<boolean> {
    const { uow } = this.process;
    const historyId = BigInt(this.mailbox.history.current);
    const asked = await uow.asService('note a push', () =>
      new WatchesRepository(uow).notePush(this.mailbox.email, historyId, 60_000),
    );
    return asked.length > 0;
  }

  /** Remembers what is in the mailbox: a mail may be discovered and vanish before the end. */
  look(): void {
    for (const { id } of this.mailbox.newestFirst()) this.seen.add(id);
  }

  /** The time in which a dead walker's lease holds, passed at once. */
  async expireLease(): Promise<void> {
    await this.db.query(
      `update gmail_connections set lease_expires_at = now() - interval '1 second'
       where id = $1 and lease_expires_at is not null`,
      [this.connectionId],
    );
  }

  async outcome(): Promise<Outcome> {
    this.look();
    const { rows } = await this.db.query<{ id: string; mail: string; skip_labels: string[] }>(
      `select d.id, d.gmail_message_id as mail, c.skip_labels from email_discoveries d
       join gmail_connections c on c.id = d.connection_id where c.id = $1`,
      [this.connectionId],
    );
    const events = await this.db.query<{ id: string }>(
      `select jsonb_array_elements_text(payload->'emailIds') as id from outbox_messages
       where subject_id = $1 and type = 'gmail.emails-discovered.v1'`,
      [this.connectionId],
    );
    const mails = new Set(rows.map(({ mail }) => mail));
    const ids = new Set(rows.map(({ id }) => id));
    const announced = new Set(events.rows.map(({ id }) => id));
    const filter = { onlyLabels: [], skipLabels: rows[0]?.skip_labels ?? [] };
    const wanted = this.mailbox.newestFirst().filter(({ labelIds }) => isWanted([...labelIds], filter));
    return {
      discovered: rows.length,
      missing: wanted.filter(({ id }) => !mails.has(id)).length,
      duplicates: rows.length - mails.size + (events.rows.length - announced.size),
      strays:
        [...ids].filter((id) => !announced.has(id)).length +
        [...announced].filter((id) => !ids.has(id)).length +
        [...mails].filter((id) => !this.seen.has(id)).length,
    };
  }

  async close(): Promise<void> {
    await this.process.stop();
    await this.db.end();
    await this.emulator.close();
  }
}

/** The database itself refuses a cursor that goes backwards. */
const cursorGuard = `
  create or replace function refuse_cursor_regress() returns trigger language plpgsql as $$
  begin
    if new.history_id < old.history_id then raise exception 'the cursor went backwards'; end if;
    return new;
  end $$;
  create or replace trigger cursor_guard before update on gmail_connections
    for each row execute function refuse_cursor_regress();`;

async function connect(
  process: WalkerProcess,
  google: GoogleState,
  userId: string,
  email: string,
): Promise<string> {
  const { uow, connections, vault } = process;
  const scopes = [googleScopes.openid, googleScopes.email, googleScopes.readonly];
  const { access, refresh } = google.tokens.mint(sandboxClient.clientId, email, scopes);
  return uow.asService('connect a simulated mailbox', async () => {
    const row = await connections.lockForConsent(userId, `subject-${userId}`, email);
    await connections.connect(row.id, email, scopes, {
      accessTokenCipher: vault.seal(access.token, 'access_token', row),
      accessTokenExpiresAt: new Date(Date.now() + 3_600_000),
      refreshTokenCipher: vault.seal(refresh?.token ?? '', 'refresh_token', row),
    });
    return row.id;
  });
}
