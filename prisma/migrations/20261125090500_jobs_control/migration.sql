-- Why: work that its owner can stop, repeat and pause; moves between states that no statement can invent; a dispatcher
-- that knows whose turn it is and which upstream asked for a pause.

-- Refuses a move that the trigger's argument does not list (`from>to`, comma separated): src/jobs/domain has the same list.
create function guard_state_move() returns trigger
language plpgsql
as $$
begin
  if position(',' || old.state || '>' || new.state || ',' in ',' || tg_argv[0] || ',') = 0 then
    raise exception '% does not lead from % to %', tg_table_name, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger processing_jobs_moves before update of state on processing_jobs
  for each row when (old.state is distinct from new.state)
  execute function guard_state_move('awaiting_credits>queued,awaiting_credits>cancelled,queued>running,queued>awaiting_credits,queued>cancelled,running>done,running>skipped,running>failed,running>queued,running>cancelled,failed>awaiting_credits,cancelled>awaiting_credits');
create trigger background_jobs_moves before update of state on background_jobs
  for each row when (old.state is distinct from new.state)
  execute function guard_state_move('queued>running,queued>cancelled,running>done,running>failed,running>queued,running>cancelled');

-- connection_id: the mail's mailbox, copied, so that a dispatcher can pass a whole mailbox by. held_at: when a credit was
-- first set aside. changed_xid: the transaction of the last change of state; with the id it is the job's place in the
-- order in which changes become visible, which a stream resumes by.
alter table processing_jobs add column connection_id uuid;
update processing_jobs j set connection_id = d.connection_id from email_discoveries d where d.id = j.email_id;
alter table processing_jobs alter column connection_id set not null;
alter table processing_jobs add column held_at timestamptz;
update processing_jobs set held_at = created_at where state not in ('awaiting_credits', 'cancelled');
alter table processing_jobs add column changed_xid bigint not null default (pg_current_xact_id()::text)::bigint;
create function note_job_change() returns trigger
language plpgsql
as $$
begin
  new.changed_xid := (pg_current_xact_id()::text)::bigint;
  return new;
end $$;
create trigger processing_jobs_changes before update of state, reason_code on processing_jobs
  for each row when ((old.state, old.reason_code) is distinct from (new.state, new.reason_code))
  execute function note_job_change();
create index processing_jobs_changed on processing_jobs (user_id, changed_xid, id);
drop index processing_jobs_ready;
create index processing_jobs_ready on processing_jobs (user_id, connection_id, priority desc, received_at desc, id desc)
  where state = 'queued' and lane = 'now' and dispatched_at is null;
create index processing_jobs_quarantined on processing_jobs (id desc) where state = 'failed' and reason_code = 'jobs.quarantined';
drop index processing_jobs_run;
create index processing_jobs_run on processing_jobs (run_id, state, finished_at);

-- cancel_requested_at: mails of the run that are still on their way to the queue end there. settled_at: when RunFinished
-- was published.
alter table background_jobs add column cancel_requested_at timestamptz;
alter table background_jobs add column settled_at timestamptz;
update background_jobs set settled_at = finished_at where finished_at is not null;
create index background_jobs_unsettled on background_jobs (finished_at) where finished_at is not null and settled_at is null;

-- A user as the dispatcher sees them. served_at: when a mail of theirs was last handed out.
create table dispatch_tenants (
  user_id uuid primary key references users (id),
  class text not null default 'trial' check (class in ('trial', 'paying')),
  paused_at timestamptz,
  served_at timestamptz
);
alter table dispatch_tenants enable row level security;
alter table dispatch_tenants force row level security;
create policy own on dispatch_tenants for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on dispatch_tenants to inbrief_service using (true) with check (true);
grant select on dispatch_tenants to inbrief_user;
grant select, insert, update on dispatch_tenants to inbrief_service;

-- What an upstream asked to be left alone with, and until when: `model`, `mailbox:<connection>` or `user:<user>`.
create table dispatch_lanes (
  lane text primary key,
  paused_at timestamptz not null default now(),
  paused_until timestamptz not null,
  reason_code text not null,
  pauses bigint not null default 1
);
create index dispatch_lanes_closed on dispatch_lanes (paused_until);
alter table dispatch_lanes enable row level security;
alter table dispatch_lanes force row level security;
create policy service on dispatch_lanes to inbrief_service using (true) with check (true);
grant select, insert, update, delete on dispatch_lanes to inbrief_service;

-- The open stream of a session: a newer one takes the row, and the older one ends when it sees that.
create table job_streams (
  session_id uuid primary key,
  user_id uuid not null references users (id),
  stream_id uuid not null,
  opened_at timestamptz not null default now()
);
create index job_streams_user on job_streams (user_id);
alter table job_streams enable row level security;
alter table job_streams force row level security;
create policy own on job_streams for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on job_streams to inbrief_service using (true) with check (true);
grant select on job_streams to inbrief_user;
grant select, insert, update, delete on job_streams to inbrief_service;
