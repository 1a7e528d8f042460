-- Why: whether a commit waits for the disk is for whoever begins the transaction to say, of a hold as of a capture (docs/adr/0021).
-- A function that says so itself says it for all else that is in there.

-- Spends the held credits of these e-mails: captured | already | conflict (released before) | none.
create or replace function ledger_capture(p_user_id uuid, p_email_ids uuid[]) returns table (email_id uuid, outcome text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  return query select * from ledger_resolve(p_user_id, p_email_ids, 'captured', null);
end $$;
