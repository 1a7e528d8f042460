import type { ClientBase } from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** One row for each table that belongs to users, in the order their foreign keys ask for. `$name` stands for an id. */
const seeds: Record<string, string> = {
  users: `(id, email, name) values ($user, '$user@example.com', 'Tenant')`,
  // The triggers of the tables below find it, and make no second one.
  reader_versions: `(user_id) values ($user)`,
  user_sessions: `(id, user_id, expires_at) values ($session, $user, now() + interval '1 day')`,
  session_refresh_tokens: `(token_hash, session_id, user_id) values (sha256('refresh $user'), $session, $user)`,
  one_time_tokens: `(id, user_id, purpose, token_hash, expires_at)
    values ($new, $user, 'verify-email', sha256('mail $user'), now() + interval '1 day')`,
  second_factors: `(user_id, secret) values ($user, 'sealed')`,
  recovery_codes: `(id, user_id, code_hash) values ($new, $user, sha256('code $user'))`,
  api_keys: `(id, user_id, name, prefix, key_hash, scopes) values ($new, $user, 'key', 'ib_', sha256('key $user'), '{email:read}')`,
  usage_analytics: `(user_id, day) values ($user, current_date)`,
  gmail_connections: `(id, user_id, google_subject, email_address, status)
    values ($connection, $user, 'sub-$user', '$user@example.com', 'paused')`,
  gmail_oauth_states: `(state_hash, user_id, session_id, code_verifier_cipher, scopes, expires_at)
    values (sha256('state $user'), $user, $session, 'sealed', '{}', now() + interval '1 hour')`,
  email_discoveries: `(id, user_id, connection_id, gmail_message_id, gmail_thread_id)
    values ($email, $user, $connection, 'm1', 't1')`,
  email_actions: `(id, user_id, email_id, kind, requested_by, request_id)
    values ($new, $user, $email, 'archive', 'user', $new)`,
  email_rules: `(id, user_id, name, categories, kind) values ($new, $user, 'News', '{newsletter}', 'archive')`,
  email_summaries: `(id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject, sender, received_at, headline,
      summary, category, urgency, language, confidence, model, prompt_version, input_tokens, output_tokens, cost_micros)
    values ($new, $user, $email, $connection, 'm1', 't1', 's', 'a@example.com', now(), 'h', 's', 'other', 'normal', 'en', 1,
      'model', '1', 1, 1, 1)`,
  digest_mails: `(user_id, day, time_zone) values ($user, '2026-11-20', 'UTC')`,
  summary_drafts: `(email_id, user_id, prompt_version, model, content) values ($email, $user, '1', 'model', '{}')`,
  summary_batch_members: `(batch_id, email_id, user_id, estimate_micros) values ($batch, $email, $user, 1)`,
  background_jobs: `(id, user_id, connection_id, kind, trigger) values ($run, $user, $connection, 'mailbox-sync', 'user')`,
  processing_jobs: `(id, user_id, email_id, run_id, connection_id) values ($new, $user, $email, $run, $connection)`,
  dispatch_tenants: `(user_id) values ($user)`,
  job_streams: `(session_id, user_id, stream_id) values ($session, $user, $new)`,
  credit_wallets: `(user_id) values ($user)`,
  credit_lots: `(id, user_id, source, source_ref, granted, remaining) values ($lot, $user, 'welcome', '$user', 10, 10)`,
  credit_holds: `(id, user_id, lot_id, email_id, expires_at) values ($hold, $user, $lot, $email, now() + interval '1 day')`,
  credit_transactions: `(user_id, seq, kind, d_posted, d_held, posted_after, held_after, lot_id, key)
    values ($user, 1, 'GRANT', 10, 0, 10, 0, $lot, 'grant:welcome:$user')`,
  credit_claims: `(ref, user_id, source_ref, claimed, total) values ('claim-$user', $user, '$payment', 0, 1)`,
  stripe_payments: `(id, user_id, package_id, credits, amount_minor, currency) values ($payment, $user, 'p', 10, 500, 'eur')`,
  billing_history: `(id, user_id, kind, ref, payment_id, occurred_at) values ($new, $user, 'purchase', '$payment', $payment, now())`,
  billing_accounts: `(user_id) values ($user)`,
  webhook_endpoints: `(id, user_id, url, event_types, secret_cipher) values ($endpoint, $user, 'https://example.com', '{run.finished}', 'sealed')`,
  webhook_deliveries: `(id, user_id, endpoint_id, event_id, event_type, payload)
    values ($delivery, $user, $endpoint, $new, 'run.finished', '{}')`,
  webhook_attempts: `(delivery_id, attempt, user_id, started_at, latency_ms) values ($delivery, 1, $user, now(), 1)`,
  outbox_messages: `(id, type, user_id, payload) values ($new, 'test.happened.v1', $user, '{}')`,
  idempotency_keys: `(user_id, key, operation, request_hash, claim, expires_at)
    values ($user, 'k', 'test', 'hash', $new, now() + interval '1 day')`,
  audit_logs: `(id, user_id, actor_kind, action) values ($new, $user, 'user', 'test.done')`,
};

/** The tables that hold a row for each tenant, by the column that names the tenant. */
export const seededTables = Object.keys(seeds).map((table) => ({
  table,
  tenantColumn: table === 'users' ? 'id' : 'user_id',
}));

/** Gives a new tenant one row in every seeded table and answers its id. `db` must be past row-level security. */
export async function seedTenant(db: ClientBase): Promise<string> {
  const ids = new Map<string, string>();
  const idOf = (name: string): string => {
    if (name === 'new') return uuidv7();
    const id = ids.get(name) ?? uuidv7();
    ids.set(name, id);
    return id;
  };
  // Belongs to nobody: mails of several users travel in one.
  await db.query(
    `insert into summary_batches (id, model, prompt_version, mails, unconfirmed_until) values ($1, 'model', '1', 1, now())`,
    [idOf('batch')],
  );
  for (const [table, row] of Object.entries(seeds)) {
    const quoted = row.replace(/(?<=[(,]\s*)\$(\w+)/g, (_match, name: string) => `'${idOf(name)}'`);
    await db.query(
      `insert into ${table} ${quoted.replace(/\$(\w+)/g, (_match, name: string) => idOf(name))}`,
    );
  }
  return idOf('user');
}
