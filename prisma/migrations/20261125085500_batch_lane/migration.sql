-- Why: mails that can wait a day are summarised at half the price, many in one batch of the vendor's; what is under way there must survive every worker.

-- A mail's lane, and the batch that holds it while it is running. Its lease lasts as long as the vendor keeps results, so
-- that whichever worker lives may bring it to its end; the token fences as in the other lane.
alter table processing_jobs
  add column lane text not null default 'now' check (lane in ('now', 'overnight')),
  add column batch_rounds smallint not null default 0,
  add column batch_id uuid;
create index processing_jobs_overnight on processing_jobs (available_at) where state = 'queued' and lane = 'overnight';
create index processing_jobs_batch on processing_jobs (batch_id) where batch_id is not null and state = 'running';

-- Written before the vendor is asked: a batch whose answer was lost is looked for there under its custom ids, which begin
-- with this row's id. No user's data stands here.
create table summary_batches (
  id uuid primary key,
  state text not null default 'submitting'
    check (state in ('submitting', 'in_progress', 'refused', 'absent', 'collected', 'closed')),
  vendor_id text unique,
  model text not null,
  prompt_version text not null,
  mails integer not null check (mails > 0),
  created_at timestamptz not null default now(),
  -- Until then a submission whose answer is missing may still turn up at the vendor's.
  unconfirmed_until timestamptz not null,
  -- When the batch is looked after next; moved on by whoever does, so that one worker at a time does.
  look_at timestamptz not null default now(),
  submitted_at timestamptz,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_at is not null)),
  check (state <> 'in_progress' or vendor_id is not null)
);
create index summary_batches_open on summary_batches (look_at) where state <> 'closed';
alter table summary_batches enable row level security;
alter table summary_batches force row level security;
create policy service on summary_batches to inbrief_service using (true) with check (true);
grant select, insert, update, delete on summary_batches to inbrief_service;

-- One mail in one batch, from its submission until the batch is closed. The mail's text is never kept: `known` holds
-- salted hashes of the addresses and codes in it, which is all that checking the answer takes.
create table summary_batch_members (
  batch_id uuid not null references summary_batches (id),
  email_id uuid not null,
  user_id uuid not null,
  headers jsonb,
  known text[] not null default '{}',
  -- Micro-dollars it may cost: counts against the caps of the day until its result is in.
  estimate_micros integer not null check (estimate_micros >= 0),
  outcome text check (outcome in ('drafted', 'failed', 'again', 'live')),
  reason_code text,
  draft jsonb,
  primary key (batch_id, email_id),
  foreign key (email_id, user_id) references email_discoveries (id, user_id)
);
create index summary_batch_members_user on summary_batch_members (user_id);
create index summary_batch_members_open on summary_batch_members (user_id) include (estimate_micros) where outcome is null;
alter table summary_batch_members enable row level security;
alter table summary_batch_members force row level security;
create policy own on summary_batch_members for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on summary_batch_members to inbrief_service using (true) with check (true);
grant select, insert, update, delete on summary_batch_members to inbrief_service;

-- A user's day, told apart as the vendor bills it: `input_tokens` leaves out what its cache wrote and served.
alter table usage_analytics
  add column cache_read_tokens bigint not null default 0,
  add column cache_write_tokens bigint not null default 0;
