-- Why: a user's own systems are told what happened. What they are told, and what came of each attempt, stands here before and
-- after anything is sent, so that no crash loses or invents one.

create table webhook_endpoints (
  id uuid primary key,
  user_id uuid not null references users (id),
  url text not null check (length(url) between 1 and 2048),
  description text check (length(description) between 1 and 200),
  event_types text[] not null check (cardinality(event_types) > 0),
  -- Sealed. After a rotation the one before signs too, until its time is over.
  secret_cipher bytea not null,
  previous_secret_cipher bytea,
  previous_secret_until timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  last_succeeded_at timestamptz,
  created_at timestamptz not null default now(),
  unique (id, user_id),
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((previous_secret_cipher is null) = (previous_secret_until is null))
);
create index webhook_endpoints_user on webhook_endpoints (user_id, id);
alter table webhook_endpoints enable row level security;
alter table webhook_endpoints force row level security;
create policy own on webhook_endpoints to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on webhook_endpoints to inbrief_service using (true) with check (true);
grant select, insert, update, delete on webhook_endpoints to inbrief_user, inbrief_service;

-- One event for one endpoint; the unique key makes its recording a no-op when it is repeated.
create table webhook_deliveries (
  id uuid primary key,
  user_id uuid not null references users (id),
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  -- The very bytes that are signed: jsonb would order them anew.
  payload text not null check (octet_length(payload) <= 16384),
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  -- Counted when one begins, so that it also names the attempt whose outcome may be written. attempts_before: those of
  -- earlier rounds, before the last replay.
  attempts integer not null default 0 check (attempts >= attempts_before),
  attempts_before integer not null default 0 check (attempts_before >= 0),
  begun_at timestamptz not null default now(),
  -- While pending: when it is due; also the end of the lease of who sends it.
  next_attempt_at timestamptz not null default now(),
  error_code text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (endpoint_id, event_id),
  unique (id, user_id),
  foreign key (endpoint_id, user_id) references webhook_endpoints (id, user_id) on delete cascade,
  check ((state = 'pending') = (finished_at is null))
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'pending';
create index webhook_deliveries_listed on webhook_deliveries (endpoint_id, id desc);
create index webhook_deliveries_user on webhook_deliveries (user_id, id);
create index webhook_deliveries_age on webhook_deliveries (finished_at) where state <> 'pending';
alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
create policy own on webhook_deliveries to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on webhook_deliveries to inbrief_service using (true) with check (true);
grant select, insert, update on webhook_deliveries to inbrief_user;
grant select, insert, update, delete on webhook_deliveries to inbrief_service;

create table webhook_attempts (
  delivery_id uuid not null,
  attempt integer not null check (attempt > 0),
  user_id uuid not null references users (id),
  started_at timestamptz not null,
  latency_ms integer not null check (latency_ms >= 0),
  -- Null where there was no answer.
  status smallint,
  error_code text,
  -- The beginning of the answer's body, made fit to be read.
  response_head text check (length(response_head) <= 512),
  primary key (delivery_id, attempt),
  foreign key (delivery_id, user_id) references webhook_deliveries (id, user_id) on delete cascade
);
create index webhook_attempts_user on webhook_attempts (user_id);
alter table webhook_attempts enable row level security;
alter table webhook_attempts force row level security;
create policy own on webhook_attempts for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on webhook_attempts to inbrief_service using (true) with check (true);
grant select on webhook_attempts to inbrief_user;
grant select, insert, delete on webhook_attempts to inbrief_service;
