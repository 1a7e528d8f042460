-- Why: the truth about work. BullMQ only carries wake-ups; what is to be done, by whom and how often was tried stands here.

-- Syncs, sweeps and maintenance. A sync of a mailbox is a "run": the mails it queues point back at it.
create table background_jobs (
  id uuid primary key,
  user_id uuid references users (id),
  connection_id uuid references gmail_connections (id),
  kind text not null,
  trigger text not null check (trigger in ('user', 'push', 'schedule', 'system')),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  args jsonb not null default '{}',
  result jsonb,
  reason_code text,
  attempts integer not null default 0,
  dispatch_id uuid,
  dispatched_at timestamptz,
  lease_token uuid,
  lease_expires_at timestamptz,
  scheduled_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  check (connection_id is null or user_id is not null),
  check ((state in ('queued', 'running')) = (finished_at is null)),
  check (state <> 'running' or lease_token is not null)
);
create unique index background_jobs_one_sync on background_jobs (connection_id)
  where kind = 'mailbox-sync' and state in ('queued', 'running');
create index background_jobs_open on background_jobs (scheduled_at) where state in ('queued', 'running');
create index background_jobs_user on background_jobs (user_id, id desc);
alter table background_jobs enable row level security;
alter table background_jobs force row level security;
create policy own on background_jobs to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on background_jobs to inbrief_service using (true) with check (true);
grant select on background_jobs to inbrief_user;
grant select, insert, update, delete on background_jobs to inbrief_service;

-- One job per e-mail, for ever: the state machine of src/jobs/domain, guarded here as well.
create table processing_jobs (
  id uuid primary key,
  user_id uuid not null,
  email_id uuid not null unique,
  run_id uuid references background_jobs (id),
  state text not null default 'awaiting_credits'
    check (state in ('awaiting_credits', 'queued', 'running', 'done', 'skipped', 'failed', 'cancelled')),
  reason_code text,
  priority smallint not null default 0,
  attempts integer not null default 0,
  deferrals integer not null default 0,
  received_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  dispatch_id uuid,
  dispatched_at timestamptz,
  lease_token uuid,
  lease_expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (email_id, user_id) references email_discoveries (id, user_id),
  check ((state in ('done', 'skipped', 'failed', 'cancelled')) = (finished_at is not null)),
  check ((state = 'running') = (lease_token is not null)),
  check ((lease_token is null) = (lease_expires_at is null)),
  check (state not in ('skipped', 'failed', 'cancelled') or reason_code is not null)
);
create index processing_jobs_ready on processing_jobs (user_id, priority desc, received_at desc, id desc)
  where state = 'queued' and dispatched_at is null;
create index processing_jobs_in_flight on processing_jobs (dispatched_at) where state = 'queued' and dispatched_at is not null;
create index processing_jobs_leases on processing_jobs (lease_expires_at) where state = 'running';
create index processing_jobs_waiting on processing_jobs (user_id, received_at desc, id desc) where state = 'awaiting_credits';
create index processing_jobs_user on processing_jobs (user_id, id desc);
create index processing_jobs_run on processing_jobs (run_id, state);
create trigger processing_jobs_touch before update on processing_jobs for each row execute function touch_updated_at();
alter table processing_jobs enable row level security;
alter table processing_jobs force row level security;
create policy own on processing_jobs to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on processing_jobs to inbrief_service using (true) with check (true);
grant select on processing_jobs to inbrief_user;
grant select, insert, update on processing_jobs to inbrief_service;
