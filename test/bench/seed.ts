import { createHmac } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { apiKeyPrefix } from '../../src/auth/access/api-keys';
import { apiScopes } from '../../src/auth/domain/api-scope';
import { createOpaqueToken } from '../../src/kernel/crypto/opaque-token';
import type { BenchWorld } from './world';

/** The password of every seeded account. */
export const password = 'correct horse battery staple';

export interface SeedOptions {
  users: number;
  summariesEach: number;
}

const id = (kind: string, number: number): string =>
  `0${kind}000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const sqlId = (kind: string, number: string): string =>
  `('0${kind}000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The n-th seeded user's id, from 1. */
export const userId = (n: number): string => id('a', n);

/**
 * Accounts with a session, a mailbox, summaries with all that the pipeline leaves behind them, a balance and a month of usage;
 * then fresh statistics.
 */
export async function seedReaders(
  world: Pick<BenchWorld, 'sql'>,
  { users, summariesEach }: SeedOptions,
): Promise<void> {
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const [user, session, mailbox] = ['a', 'b', 'c'].map((kind) => sqlId(kind, 'u'));
  const everyone = `from generate_series(1, ${users}) u`;
  const n = `(u::bigint * ${summariesEach} + n)`;
  const everyMail = `${everyone} cross join generate_series(1, ${summariesEach}) n`;
  await world.sql(
    `insert into users (id, email, name, password_hash, email_verified_at)
     select ${user}, 'reader-' || u || '@example.com', 'Reader ' || u, $1, now() ${everyone}`,
    [passwordHash],
  );
  await world.sql(`insert into user_sessions (id, user_id, device, ip_address, expires_at)
    select ${session}, ${user}, 'bench', '127.0.0.1', now() + interval '30 days' ${everyone}`);
  await world.sql(`insert into gmail_connections (id, user_id, google_subject, email_address, status, last_synced_at)
    select ${mailbox}, ${user}, 'subject-' || u, 'reader-' || u || '@example.com', 'paused', now() ${everyone}`);
  await world.sql(`insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, labels, received_at)
    select ${sqlId('d', n)}, ${user}, ${mailbox}, ${n}::text, ${n}::text, '{UNREAD}', now() - n * interval '7 hours' ${everyMail}`);
  await world.sql(`insert into processing_jobs (id, user_id, email_id, connection_id, state, received_at, finished_at, held_at)
    select ${sqlId('e', n)}, ${user}, ${sqlId('d', n)}, ${mailbox}, 'done', now() - n * interval '7 hours', now(), now() ${everyMail}`);
  await world.sql(`insert into email_summaries (id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject,
      sender, received_at, headline, summary, key_points, action_items, category, urgency, people, language, confidence, model,
      prompt_version, input_tokens, output_tokens, cost_micros, created_at)
    select ${sqlId('f', n)}, ${user}, ${sqlId('d', n)}, ${mailbox}, ${n}::text, ${n}::text, 'Minutes of meeting ' || n,
      'Colleague ' || n % 7 || ' <colleague' || n % 7 || '@example.com>', now() - n * interval '7 hours',
      'The budget of project ' || (u * 31 + n) % 997 || ' was agreed',
      'The team agreed on the budget and moved the deadline by a week; two questions stay open until the next meeting.',
      '["The budget was agreed", "The deadline moved by a week"]', '[{"task": "Answer the two open questions", "dueDate": null}]',
      (array['work', 'personal', 'finance', 'newsletter', 'other'])[1 + n % 5], (array['low', 'normal', 'high', 'critical'])[1 + n % 4],
      '[{"name": "Ada", "role": "lead"}]', 'en', 0.9, 'claude', '1', 900, 200, 1200, now() - n * interval '7 hours' ${everyMail}`);
  await world.sql(`insert into usage_analytics (user_id, day, discovered, summarised)
    select ${user}, (now() at time zone 'utc')::date - d, 3, 2 ${everyone} cross join generate_series(0, 9) d`);
  await world.sql(`select count(ledger_grant(${user}, ${sqlId('1', 'u')}, 'promotion', 'bench-' || u, 500, 10,
      now() + interval '10 days')) ${everyone}`);
  await world.sql('vacuum analyze');
}

/** An access token of the n-th seeded user, as the API would have made it; good for a day. */
export function accessToken({ secrets, publicUrl }: BenchWorld, n: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  const header = part({ alg: 'HS256', typ: 'at+jwt', kid: 'sandbox' });
  const claims = part({
    sid: id('b', n),
    sub: userId(n),
    iat: now,
    exp: now + 86_400,
    aud: 'inbrief-api',
    iss: publicUrl,
  });
  const signature = createHmac('sha256', secrets.jwtKey).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}

/** Makes an API key of the n-th seeded user, good for all that keys can do. */
export async function apiKey({ sql }: Pick<BenchWorld, 'sql'>, n: number): Promise<string> {
  const { token, hash: keyHash } = createOpaqueToken(apiKeyPrefix);
  await sql(
    `insert into api_keys (id, user_id, name, prefix, key_hash, scopes)
     values (gen_random_uuid(), $1, 'bench', $2, $3, $4)`,
    [userId(n), token.slice(0, 12), keyHash, apiScopes],
  );
  return token;
}
