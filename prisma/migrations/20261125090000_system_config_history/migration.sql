-- Why: a setting that acts at once must say who changed it, when and why, for ever, and be able to return to its default.

-- Null: the default in the code applies again. The row stays, so that a version number is never used twice.
alter table system_config alter column value drop not null;

-- Every version a setting has had. Append-only by grant and by trigger; the key also settles a race of two editors.
create table system_config_history (
  key text not null,
  version integer not null check (version > 0),
  value jsonb,
  changed_by text not null,
  reason text not null,
  changed_at timestamptz not null default now(),
  primary key (key, version)
);
create trigger system_config_history_append_only before update or delete on system_config_history
  for each row execute function refuse_change();
create trigger system_config_history_no_truncate before truncate on system_config_history
  for each statement execute function refuse_change();
alter table system_config_history enable row level security;
alter table system_config_history force row level security;
create policy service_read on system_config_history for select to inbrief_service using (true);
create policy service_append on system_config_history for insert to inbrief_service with check (true);
grant select, insert on system_config_history to inbrief_service;
