-- Why: a stream tells of runs as it tells of mails, in the order in which changes become visible (ADR 24).
alter table background_jobs add column changed_xid bigint not null default (pg_current_xact_id()::text)::bigint;
create trigger background_jobs_changes before update of state, reason_code, settled_at on background_jobs
  for each row when ((old.state, old.reason_code, old.settled_at) is distinct from (new.state, new.reason_code, new.settled_at))
  execute function note_job_change();
create index background_jobs_changed on background_jobs (user_id, changed_xid, id) where kind = 'mailbox-sync';
