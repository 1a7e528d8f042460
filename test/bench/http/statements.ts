/**
 * What the API asks Postgres on the measured routes, for the servers that it is held against. A copy on purpose: they must
 * not get faster or slower with the product.
 */
export const enterIdentity = `select set_config('role', $1, true), set_config('app.user_id', $2, true)`;

export const session = `select u.role from user_sessions s join users u on u.id = s.user_id
  where s.id = $1 and s.user_id = $2 and s.revoked_at is null and s.expires_at > now() and u.status = 'active'`;

export const balance = `
  select greatest(least(w.posted - w.held, l.usable), 0)::float8 as available, w.held::float8 as held,
    l.captured::float8 as captured, l.granted::float8 as granted, greatest(w.held - w.posted, 0)::float8 as owed, l.lots
  from credit_wallets w
  cross join lateral (
    select coalesce(sum(captured), 0) as captured, coalesce(sum(granted), 0) as granted,
      coalesce(sum(remaining - held) filter (where expires_at is null or expires_at > now()), 0) as usable,
      json_agg(json_build_object('source', source, 'granted', granted, 'remaining', remaining, 'held', held,
        'expiresAt', expires_at) order by priority, expires_at nulls last, created_at, id) filter (where remaining > 0) as lots
    from credit_lots where user_id = w.user_id) l
  where w.user_id = $1`;

export const summaries = `
  select id, email_id as "emailId", connection_id as "connectionId", gmail_message_id as "gmailMessageId",
    gmail_thread_id as "gmailThreadId", subject, sender, received_at as "receivedAt", headline, summary, key_points as "keyPoints",
    action_items as "actionItems", category, urgency, people, language, confidence, model, input_tokens as "inputTokens",
    output_tokens as "outputTokens", cache_read_tokens as "cacheReadTokens", cache_write_tokens as "cacheWriteTokens",
    cost_micros as "costMicros", feedback_useful as "feedbackUseful", feedback_reason as "feedbackReason",
    feedback_comment as "feedbackComment", feedback_at as "feedbackAt", read_at as "readAt", superseded_at as "supersededAt",
    created_at as "createdAt"
  from email_summaries where user_id = $1 and superseded_at is null order by received_at desc, id desc limit $2`;

export const connections = `
  select id, email_address as "emailAddress", status, status_reason as "statusReason", last_synced_at as "lastSyncedAt",
    failing_since as "failingSince", stalled_at as "stalledAt", created_at as "createdAt"
  from gmail_connections where user_id = $1 order by created_at`;

export const overview = `
  with clock as (
    select zone, date_trunc('day', now() at time zone zone) as midnight
    from (select coalesce(preferences->>'timeZone', 'UTC') as zone from users where id = $1) reader)
  select zone as "timeZone",
    coalesce((select json_object_agg(state, mails) from (
      select state, count(*)::int as mails from processing_jobs where user_id = $1 group by state) states), '{}') as mails,
    coalesce((select json_agg(kinds) from (
      select category, urgency, count(*)::int as total,
        count(*) filter (where created_at >= midnight at time zone zone)::int as today,
        count(*) filter (where created_at >= (midnight - interval '6 days') at time zone zone)::int as week
      from email_summaries where user_id = $1 and superseded_at is null group by category, urgency) kinds), '[]') as summaries,
    (select json_agg(days order by days.day) from (
      select to_char(wanted, 'YYYY-MM-DD') as day, coalesce(discovered, 0) as discovered, coalesce(summarised, 0) as summarised,
        coalesce(skipped, 0) as skipped, coalesce(failed, 0) as failed
      from generate_series((now() at time zone 'UTC')::date - 29, (now() at time zone 'UTC')::date, interval '1 day') wanted
      left join usage_analytics u on u.user_id = $1 and u.day = wanted::date) days) as usage,
    coalesce((select json_agg(open) from (
      select r.id, r.connection_id as "connectionId", r.started_at as "startedAt", finished, "left"
      from background_jobs r cross join lateral (
        select count(*) filter (where finished_at is not null)::int as finished,
          count(*) filter (where state in ('queued', 'running'))::int as "left"
        from processing_jobs where run_id = r.id) work
      where r.user_id = $1 and (r.finished_at is null or "left" > 0)
      order by r.id desc limit 20) open), '[]') as runs
  from clock`;

export const login = {
  countGuess: `
    insert into guess_counters as c (subject_hash, failures, blocked_until, expires_at)
    values ($1, 1, now(), now() + interval '1 day')
    on conflict (subject_hash) do update set failures = c.failures + 1, expires_at = now() + interval '1 day'
    where c.blocked_until <= now() returning 1`,
  account: `select id, email, name, role, status, password_hash as "passwordHash", email_verified_at as "emailVerifiedAt",
    preferences, created_at as "createdAt" from users where email = $1`,
  forgetGuesses: 'delete from guess_counters where subject_hash = $1',
  secondFactor: 'select confirmed_at, secret from second_factors where user_id = $1',
  openSession: `insert into user_sessions (id, user_id, device, ip_address, expires_at)
    values ($1, $2, $3, $4, now() + interval '30 days')`,
  addToken: 'insert into session_refresh_tokens (token_hash, session_id, user_id) values ($1, $2, $3)',
  audit: `insert into audit_logs (id, user_id, actor_id, actor_kind, action, target_type, target_id, request_id)
    values ($1, $2, $2, 'user', 'auth.signed-in', 'session', $3, $4)`,
};
