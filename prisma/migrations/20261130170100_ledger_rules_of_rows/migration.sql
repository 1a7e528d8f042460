-- Why: of the rules of the ledger's tables each column that they name is parsed anew in each statement that writes a row. A function of
-- the whole row names one thing; that of a hold was an expression of its own. Only the text has moved: still no row is written
-- that breaks one.

create function credit_wallet_is_sound(w credit_wallets) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  return least(w.held, w.debt, w.posted - w.held + w.debt) >= 0;
end $$;

create function credit_lot_is_sound(l credit_lots) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  return l.granted > 0 and least(l.held, l.captured, l.expired, l.taken, l.debt, l.remaining - l.held) >= 0
    and greatest(l.remaining + l.captured + l.expired + l.taken, l.taken + l.debt) <= l.granted
    and l.spent = (l.remaining = 0) and l.source in ('purchase', 'welcome', 'promotion', 'adjustment');
end $$;

create function credit_hold_is_sound(h credit_holds) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  if h.state = 'held' then return h.amount > 0 and h.resolved_at is null; end if;
  return h.amount > 0 and h.resolved_at is not null and h.state in ('captured', 'released');
end $$;

-- The most frequent kinds first, each in a statement of its own: what is not reached is not set up.
create function credit_transaction_is_sound(t credit_transactions) returns boolean
language plpgsql immutable parallel safe
as $$
begin
  if t.kind = 'HOLD' then return t.seq > 0 and t.hold_id is not null and t.d_posted = 0 and t.d_held > 0; end if;
  if t.kind = 'CAPTURE' then return t.seq > 0 and t.hold_id is not null and t.d_posted < 0 and t.d_held = t.d_posted; end if;
  if t.kind = 'RELEASE' then return t.seq > 0 and t.hold_id is not null and t.d_posted = 0 and t.d_held < 0; end if;
  if t.seq <= 0 or t.hold_id is not null or t.d_held <> 0 then return false; end if;
  return case t.kind
    when 'EXPIRE' then t.d_posted < 0
    when 'CLAWBACK' then t.d_posted < 0 and t.key is not null
    when 'GRANT' then t.d_posted > 0 and t.key is not null
    when 'CLAWBACK_REVERSAL' then t.d_posted > 0 and t.key is not null
    when 'ADJUST' then t.d_posted <> 0 and t.key is not null
    else false end;
end $$;

alter table credit_wallets drop constraint credit_wallets_sound,
  add constraint credit_wallets_sound check (credit_wallet_is_sound(credit_wallets)) not valid;
alter table credit_lots drop constraint credit_lots_sound,
  add constraint credit_lots_sound check (credit_lot_is_sound(credit_lots)) not valid;
alter table credit_holds drop constraint credit_holds_sound,
  add constraint credit_holds_sound check (credit_hold_is_sound(credit_holds)) not valid;
alter table credit_transactions drop constraint credit_transactions_sound,
  add constraint credit_transactions_sound check (credit_transaction_is_sound(credit_transactions)) not valid;
drop function credit_wallet_is_sound(bigint, bigint, bigint);
drop function credit_lot_is_sound(text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, boolean);
drop function credit_transaction_is_sound(bigint, text, bigint, bigint, uuid, text);
