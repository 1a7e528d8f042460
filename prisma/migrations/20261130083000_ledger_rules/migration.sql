-- Why: Postgres parses each CHECK of a table anew in each statement that writes a row. With 22 of them, nearly half of the
-- instructions of a hold and its capture went into that. Where a statement writes one row or two, the same rules stand in a
-- function, which is parsed once in a session; a hold's are few, and holds come a hundred at a time, so they became one expression.
-- Only the text has moved: still no row is written that breaks one. A changed rule is a new function and a new constraint, since
-- Postgres would not look at the rows again for a function that was replaced.

create function credit_wallet_is_sound(posted bigint, held bigint, debt bigint) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  return least(held, debt, posted - held + debt) >= 0;
end $$;

create function credit_lot_is_sound(
  source text, granted bigint, remaining bigint, held bigint, captured bigint, expired bigint, taken bigint, debt bigint, spent boolean
) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  return granted > 0 and least(held, captured, expired, taken, debt, remaining - held) >= 0
    and greatest(remaining + captured + expired + taken, taken + debt) <= granted
    and spent = (remaining = 0) and source in ('purchase', 'welcome', 'promotion', 'adjustment');
end $$;

-- The most frequent kinds first, each in a statement of its own: what is not reached is not set up.
create function credit_transaction_is_sound(seq bigint, kind text, d_posted bigint, d_held bigint, hold_id uuid, key text) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  if kind = 'HOLD' then return seq > 0 and hold_id is not null and d_posted = 0 and d_held > 0; end if;
  if kind = 'CAPTURE' then return seq > 0 and hold_id is not null and d_posted < 0 and d_held = d_posted; end if;
  if kind = 'RELEASE' then return seq > 0 and hold_id is not null and d_posted = 0 and d_held < 0; end if;
  if seq <= 0 or hold_id is not null or d_held <> 0 then return false; end if;
  return case kind
    when 'EXPIRE' then d_posted < 0
    when 'CLAWBACK' then d_posted < 0 and key is not null
    when 'GRANT' then d_posted > 0 and key is not null
    when 'CLAWBACK_REVERSAL' then d_posted > 0 and key is not null
    when 'ADJUST' then d_posted <> 0 and key is not null
    else false end;
end $$;

do $$
declare
  old record;
begin
  for old in
    select conrelid::regclass as tab, conname from pg_constraint
    where contype = 'c' and conrelid in ('credit_wallets'::regclass, 'credit_lots'::regclass, 'credit_holds'::regclass,
      'credit_transactions'::regclass)
  loop
    execute format('alter table %s drop constraint %I', old.tab, old.conname);
  end loop;
end $$;
-- Every row has passed the old ones: no need to look at them all while the tables are locked (the next migration does, without).
alter table credit_wallets add constraint credit_wallets_sound
  check (credit_wallet_is_sound(posted, held, debt)) not valid;
alter table credit_lots add constraint credit_lots_sound
  check (credit_lot_is_sound(source, granted, remaining, held, captured, expired, taken, debt, spent)) not valid;
alter table credit_holds add constraint credit_holds_sound
  check (amount > 0 and state = any ('{held,captured,released}'::text[]) and (state = 'held') = (resolved_at is null)) not valid;
alter table credit_transactions add constraint credit_transactions_sound
  check (credit_transaction_is_sound(seq, kind, d_posted, d_held, hold_id, key)) not valid;
