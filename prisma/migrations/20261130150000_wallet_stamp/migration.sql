-- Why: a seventh of what a hold and its capture cost went into telling readers' caches (docs/adr/0025): the triggers of wallet and
-- lots looked for a stamp that nobody holds, and wrote a row of their own. Whoever changes a wallet holds its lock and writes its row
-- anyway, so the wallet carries a stamp itself. Its lots need none: whatever changes a lot counts in the wallet too.
alter table credit_wallets add column stamp uuid not null default gen_random_uuid();

create function renew_wallet_stamp() returns trigger
language plpgsql
as $$
begin
  new.stamp := gen_random_uuid();
  return new;
end $$;

do $$
declare
  old text;
begin
  foreach old in array array['insert', 'update', 'delete'] loop
    execute format('drop trigger credit_wallets_version_%s on credit_wallets', old);
    execute format('drop trigger credit_lots_version_%s on credit_lots', old);
  end loop;
end $$;
create trigger credit_wallets_version before update on credit_wallets for each row execute function renew_wallet_stamp();
