-- Why: a run may be cancelled after its worker took it and before it took the mailbox; such a walk must not begin.
alter table gmail_connections add column stopped_run_id uuid;
