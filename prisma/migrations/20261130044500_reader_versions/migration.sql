-- Why: a process may answer a reader from memory as long as nothing that the answer is made of has changed. The check of a session,
-- which every call makes, brings the reader's version along (docs/adr/0025).

-- A reader's version is all of their stamps. Each transaction that changes what the reader sees puts a new random word into one of
-- them: into one that no other transaction holds, so that nobody waits; a reader has as many as there once were writers at a time.
-- Words, not counts: a count that a crash took back would come again for other rows. No foreign key: its lock would be one to wait for.
create table reader_versions (
  user_id uuid not null,
  slot uuid not null default gen_random_uuid(),
  stamp uuid not null default gen_random_uuid(),
  primary key (user_id, slot)
) with (fillfactor = 70);
alter table reader_versions enable row level security;
alter table reader_versions force row level security;
create policy own on reader_versions to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on reader_versions to inbrief_service using (true) with check (true);
create policy ledger on reader_versions to inbrief_ledger using (true) with check (true);
grant select, insert, update on reader_versions to inbrief_user, inbrief_service, inbrief_ledger;

-- The setting remembers, until the end of the transaction (or of the savepoint that the stamp ends with), whose version it has changed.
create function renew_reader_version(p_user_id uuid) returns void
language plpgsql
as $$
begin
  update reader_versions set stamp = gen_random_uuid()
    where (user_id, slot) = (
      select user_id, slot from reader_versions where user_id = p_user_id order by slot limit 1 for update skip locked);
  if not found then insert into reader_versions (user_id) values (p_user_id); end if;
  perform set_config('app.version_renewed', p_user_id::text, true);
end $$;

create function note_reader_change() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' then
    perform renew_reader_version(old.user_id);
    return old;
  end if;
  perform renew_reader_version(new.user_id);
  return new;
end $$;

create function note_preferences_change() returns trigger
language plpgsql
as $$
begin
  perform renew_reader_version(new.id);
  return new;
end $$;

-- Before the row, not after: the condition then spares all further rows of the statement the call.
create trigger users_version before update of preferences on users for each row
  when (old.preferences is distinct from new.preferences) execute function note_preferences_change();
-- A mail is found before its summary is stored; of the mail itself readers are shown whether it was unread.
create trigger email_discoveries_version before update of labels on email_discoveries for each row
  when (old.labels is distinct from new.labels) execute function note_reader_change();
do $$
declare
  -- Of some tables only what readers are shown counts: leases and attempts come and go.
  shown constant text[][] := array[
    ['usage_analytics', ''], ['gmail_connections', ''], ['email_summaries', ''], ['credit_wallets', ''], ['credit_lots', ''],
    ['processing_jobs', 'state, run_id, finished_at'], ['background_jobs', 'started_at, finished_at, connection_id']];
  entry text[];
  renewed constant text := $when$current_setting('app.version_renewed', true) is distinct from %s.user_id::text and %1$s.user_id is not null$when$;
begin
  foreach entry slice 1 in array shown loop
    execute format('create trigger %I before insert on %I for each row when (%s) execute function note_reader_change()',
      entry[1] || '_version_insert', entry[1], format(renewed, 'new'));
    execute format('create trigger %I before delete on %I for each row when (%s) execute function note_reader_change()',
      entry[1] || '_version_delete', entry[1], format(renewed, 'old'));
    execute format('create trigger %I before update on %I for each row when (%s%s) execute function note_reader_change()',
      entry[1] || '_version_update', entry[1], format(renewed, 'new'),
      case when entry[2] = '' then '' else (
        select ' and (' || string_agg(format('old.%I is distinct from new.%1$I', trim(col)), ' or ') || ')'
        from unnest(string_to_array(entry[2], ',')) col) end);
  end loop;
end $$;
