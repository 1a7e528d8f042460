-- Why: accounts, their sessions, and every other proof of identity: mailed tokens, second factors, API keys.

create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 120),
  password_hash text,
  google_subject text unique,
  role text not null default 'user' check (role in ('user', 'admin')),
  status text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
  email_verified_at timestamptz,
  preferences jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  check ((status = 'deleted') = (deleted_at is not null))
);
create trigger users_touch before update on users for each row execute function touch_updated_at();
alter table users enable row level security;
alter table users force row level security;
create policy own on users for select to inbrief_user using (id = (select current_user_id()));
create policy own_update on users for update to inbrief_user
  using (id = (select current_user_id())) with check (id = (select current_user_id()));
create policy service on users to inbrief_service using (true) with check (true);
grant select, update (name, preferences, updated_at) on users to inbrief_user;
grant select, insert, update on users to inbrief_service;

-- One row per signed-in device.
create table user_sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  device text,
  ip_address text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  -- When the user last proved who they are; dangerous acts ask for a recent proof.
  authenticated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  unique (id, user_id)
);
create index user_sessions_live on user_sessions (user_id, last_used_at desc) where revoked_at is null;
create index user_sessions_expiry on user_sessions (expires_at);
alter table user_sessions enable row level security;
alter table user_sessions force row level security;
create policy own on user_sessions for select to inbrief_user using (user_id = (select current_user_id()));
create policy own_update on user_sessions for update to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on user_sessions to inbrief_service using (true) with check (true);
grant select, update (revoked_at, revoke_reason) on user_sessions to inbrief_user;
grant select, insert, update, delete on user_sessions to inbrief_service;

-- Every refresh token a session ever had, as a hash: one is live, the others give a thief away when they come back.
create table session_refresh_tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  session_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  -- The token that took over, readable only with the token that this row is the hash of.
  successor bytea check (length(successor) = 32),
  foreign key (session_id, user_id) references user_sessions (id, user_id) on delete cascade,
  check ((retired_at is null) = (successor is null))
);
create unique index session_refresh_tokens_one_live on session_refresh_tokens (session_id) where retired_at is null;
create index session_refresh_tokens_session on session_refresh_tokens (session_id);
alter table session_refresh_tokens enable row level security;
alter table session_refresh_tokens force row level security;
create policy service on session_refresh_tokens to inbrief_service using (true) with check (true);
grant select, insert, update, delete on session_refresh_tokens to inbrief_service;

-- Single-use tokens that are mailed, as a hash.
create table one_time_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  purpose text not null check (purpose in ('verify-email', 'reset-password')),
  token_hash bytea not null unique check (length(token_hash) = 32),
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index one_time_tokens_user on one_time_tokens (user_id, purpose);
alter table one_time_tokens enable row level security;
alter table one_time_tokens force row level security;
create policy service on one_time_tokens to inbrief_service using (true) with check (true);
grant select, insert, update, delete on one_time_tokens to inbrief_service;

-- How often a secret was guessed wrong, by a hash of what it guards: an unknown address slows down like a known one.
create table guess_counters (
  subject_hash bytea primary key check (length(subject_hash) = 32),
  failures integer not null check (failures >= 0),
  blocked_until timestamptz not null,
  expires_at timestamptz not null
);
create index guess_counters_expiry on guess_counters (expires_at);
alter table guess_counters enable row level security;
alter table guess_counters force row level security;
create policy service on guess_counters to inbrief_service using (true) with check (true);
grant select, insert, update, delete on guess_counters to inbrief_service;

-- A user's authenticator app. The secret is encrypted; the last time step that was used cannot be used again.
create table second_factors (
  user_id uuid primary key references users (id),
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);
alter table second_factors enable row level security;
alter table second_factors force row level security;
create policy own on second_factors for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on second_factors to inbrief_service using (true) with check (true);
grant select (user_id, confirmed_at) on second_factors to inbrief_user;
grant select, insert, update, delete on second_factors to inbrief_service;

create table recovery_codes (
  id uuid primary key,
  user_id uuid not null references second_factors (user_id) on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  created_at timestamptz not null default now(),
  unique (user_id, code_hash)
);
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy service on recovery_codes to inbrief_service using (true) with check (true);
grant select, insert, update, delete on recovery_codes to inbrief_service;

-- Keys for programs that act for a user, shown once and kept as a hash.
create table api_keys (
  id uuid primary key,
  user_id uuid not null references users (id),
  name text not null check (length(name) between 1 and 80),
  prefix text not null,
  key_hash bytea not null unique check (length(key_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user on api_keys (user_id, created_at desc);
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy own on api_keys to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on api_keys to inbrief_service using (true) with check (true);
grant select, insert, update (revoked_at) on api_keys to inbrief_user;
grant select, update, delete on api_keys to inbrief_service;

-- What each user used on each day (UTC): written by the pipeline, read by the dashboard and by operators.
create table usage_analytics (
  user_id uuid not null references users (id),
  day date not null,
  discovered integer not null default 0,
  summarised integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost_micros bigint not null default 0,
  primary key (user_id, day)
);
alter table usage_analytics enable row level security;
alter table usage_analytics force row level security;
create policy own on usage_analytics for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on usage_analytics to inbrief_service using (true) with check (true);
grant select on usage_analytics to inbrief_user;
grant select, insert, update on usage_analytics to inbrief_service;
