-- Why: the roles that every policy names, and the tables the kernel and the operators stand on.
-- A login role owns nothing and inherits nothing; per transaction it enters inbrief_user (one tenant) or
-- inbrief_service (the system's own work). inbrief_ledger owns the ledger's functions and never logs in.

do $$
begin
  if not exists (select from pg_roles where rolname = 'inbrief_user') then create role inbrief_user nologin; end if;
  if not exists (select from pg_roles where rolname = 'inbrief_service') then create role inbrief_service nologin; end if;
  if not exists (select from pg_roles where rolname = 'inbrief_ledger') then create role inbrief_ledger nologin; end if;
end $$;

revoke create on schema public from public;
grant usage on schema public to inbrief_user, inbrief_service, inbrief_ledger;

-- Readiness asks which migrations were applied; a shadow database has no such table.
do $$
begin
  if to_regclass('_prisma_migrations') is not null then grant select on _prisma_migrations to inbrief_service; end if;
end $$;

-- The tenant of this transaction; null (no row matches) when no unit of work named one.
create function current_user_id() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

create function touch_updated_at() returns trigger
language plpgsql
as $$ begin new.updated_at := now(); return new; end $$;

create function refuse_change() returns trigger
language plpgsql
as $$ begin raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege'; end $$;

-- Events that a transaction published; the relay turns each into commands after the commit.
create table outbox_messages (
  id uuid primary key,
  type text not null,
  subject_id uuid,
  user_id uuid,
  payload jsonb not null,
  traceparent text,
  occurred_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts integer not null default 0,
  published_at timestamptz,
  dead_at timestamptz,
  last_error text
);
create index outbox_messages_due on outbox_messages (available_at) where published_at is null and dead_at is null;
create index outbox_messages_open_subject on outbox_messages (subject_id, type) where published_at is null;
create index outbox_messages_published on outbox_messages (published_at) where published_at is not null;
alter table outbox_messages enable row level security;
alter table outbox_messages force row level security;
create policy own_events on outbox_messages for insert to inbrief_user with check (user_id = (select current_user_id()));
create policy service on outbox_messages to inbrief_service using (true) with check (true);
grant insert on outbox_messages to inbrief_user;
grant select, insert, update, delete on outbox_messages to inbrief_service;

-- The first answer to each Idempotency-Key, kept so that a retry gets the same one.
create table idempotency_keys (
  user_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  operation text not null,
  request_hash text not null,
  status integer,
  response jsonb,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, operation, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy own on idempotency_keys to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on idempotency_keys to inbrief_service using (true) with check (true);
grant select, insert, update, delete on idempotency_keys to inbrief_user, inbrief_service;

-- Settings that act without a restart; the defaults stand in the code, a row here overrides one.
create table system_config (
  key text primary key,
  value jsonb not null,
  version integer not null default 1,
  updated_by uuid,
  reason text,
  updated_at timestamptz not null default now()
);
alter table system_config enable row level security;
alter table system_config force row level security;
create policy readable on system_config for select to inbrief_user using (true);
create policy service on system_config to inbrief_service using (true) with check (true);
grant select on system_config to inbrief_user;
grant select, insert, update, delete on system_config to inbrief_service;

-- What was done, by whom, to what. Append-only by grant and by trigger.
create table audit_logs (
  id uuid primary key,
  user_id uuid,
  actor_kind text not null check (actor_kind in ('user', 'admin', 'service', 'system')),
  actor_id uuid,
  action text not null,
  target_type text,
  target_id text,
  request_id text,
  ip_address text,
  changes jsonb not null default '{}',
  occurred_at timestamptz not null default now()
);
create index audit_logs_user on audit_logs (user_id, occurred_at desc, id desc);
create index audit_logs_action on audit_logs (action, occurred_at desc);
create trigger audit_logs_append_only before update or delete on audit_logs for each row execute function refuse_change();
create trigger audit_logs_no_truncate before truncate on audit_logs for each statement execute function refuse_change();
alter table audit_logs enable row level security;
alter table audit_logs force row level security;
create policy own on audit_logs for select to inbrief_user using (user_id = (select current_user_id()));
create policy own_append on audit_logs for insert to inbrief_user with check (user_id = (select current_user_id()));
create policy service_read on audit_logs for select to inbrief_service using (true);
create policy service_append on audit_logs for insert to inbrief_service with check (true);
grant select, insert on audit_logs to inbrief_user, inbrief_service;
