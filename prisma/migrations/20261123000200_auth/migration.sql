-- Why: accounts, their sessions and the single-use tokens that are mailed to them.

create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 120),
  password_hash text,
  role text not null default 'user' check (role in ('user', 'admin')),
  status text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
  email_verified_at timestamptz,
  preferences jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
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

-- One row per signed-in device. The refresh token is opaque, stored only as a hash, and rotates on use.
create table user_sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  refresh_token_hash bytea not null unique,
  previous_token_hash bytea unique,
  rotated_at timestamptz,
  device text,
  ip_address text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  unique (id, user_id)
);
create index user_sessions_live on user_sessions (user_id, last_used_at desc) where revoked_at is null;
alter table user_sessions enable row level security;
alter table user_sessions force row level security;
create policy own on user_sessions to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on user_sessions to inbrief_service using (true) with check (true);
grant select, update (revoked_at, revoke_reason) on user_sessions to inbrief_user;
grant select, insert, update, delete on user_sessions to inbrief_service;

create table one_time_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  purpose text not null check (purpose in ('verify-email', 'reset-password')),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index one_time_tokens_user on one_time_tokens (user_id, purpose);
alter table one_time_tokens enable row level security;
alter table one_time_tokens force row level security;
create policy own on one_time_tokens for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on one_time_tokens to inbrief_service using (true) with check (true);
grant select, insert, update, delete on one_time_tokens to inbrief_service;

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
