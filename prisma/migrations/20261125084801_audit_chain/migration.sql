-- Why: a row of the audit log that was changed, removed, slipped in or moved must be found, also when its author owned the database;
-- and an address must be erasable from a log that nothing else can be erased from.

create function refuse_audit_change() returns trigger
language plpgsql
as $$
declare erasable constant text[] := '{ip_address,address_salt}';
begin
  if tg_op = 'UPDATE' and new.ip_address is null and new.address_salt is null
    and to_jsonb(new) - erasable = to_jsonb(old) - erasable
  then return new; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- The address is committed to by a salted digest. Erasing address and salt leaves a digest that says nothing.
alter table audit_logs add column address_salt bytea, add column address_digest bytea;
drop trigger audit_logs_append_only on audit_logs;
alter table audit_logs no force row level security;
with salted as (select id, uuid_send(gen_random_uuid()) as salt from audit_logs where ip_address is not null)
update audit_logs a set address_salt = salt, address_digest = sha256(salt || convert_to(a.ip_address, 'UTF8'))
from salted where salted.id = a.id;
alter table audit_logs force row level security;
create trigger audit_logs_append_only before update or delete on audit_logs for each row execute function refuse_audit_change();
alter table audit_logs add constraint audit_logs_address_committed check (
  (ip_address is null) = (address_salt is null) and (ip_address is null or address_digest is not null)
  and octet_length(address_salt) = 16 and octet_length(address_digest) = 32);
create policy service_erase on audit_logs for update to inbrief_service using (true) with check (ip_address is null);
grant update (ip_address, address_salt) on audit_logs to inbrief_service;

create index audit_logs_actor on audit_logs (actor_id, id desc);
create index audit_logs_target on audit_logs (target_id, id desc);
create index audit_logs_time on audit_logs (occurred_at, id);
create index audit_logs_addresses on audit_logs (occurred_at) where ip_address is not null;

-- Each block seals up to 1,000 rows, in the order of (occurred_at, id), and names the hash of the block before it.
-- The key lets one chainer at a time append: two that sealed on the same head would write the same seq.
create table audit_blocks (
  seq bigint primary key check (seq > 0),
  previous bytea not null check (octet_length(previous) = 32),
  ids uuid[] not null,
  digests bytea[] not null,
  through timestamptz not null,
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null default now(),
  check (cardinality(ids) > 0 and cardinality(ids) = cardinality(digests))
);
create index audit_blocks_through on audit_blocks (through);
create trigger audit_blocks_append_only before update or delete on audit_blocks for each row execute function refuse_change();
create trigger audit_blocks_no_truncate before truncate on audit_blocks for each statement execute function refuse_change();
alter table audit_blocks enable row level security;
alter table audit_blocks force row level security;
create policy service_read on audit_blocks for select to inbrief_service using (true);
create policy service_append on audit_blocks for insert to inbrief_service with check (true);
grant select, insert on audit_blocks to inbrief_service;
