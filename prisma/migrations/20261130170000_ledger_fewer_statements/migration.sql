-- Why: where one credit is held, whether its mail was charged before, which lot pays and the hold itself were three statements, which
-- cost more to set up than to run; one says all of it. And a capture went through a function that ends many holds in either way, whose
-- answer was copied twice.

-- Holds one credit for each e-mail, in the order given, for as many as the balance (and p_cap) pays. Returns the e-mails
-- that are held now: a living hold is renewed and comes back, a captured e-mail never does. p_hold_ids are the ids to
-- use, place by place. p_cap bounds how many of these e-mails are charged in all, so that a retry holds no more.
create or replace function ledger_hold(
  p_user_id uuid, p_email_ids uuid[], p_hold_ids uuid[], p_ttl interval, p_cap integer default null
) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  wallet credit_wallets;
  at timestamptz;
  room bigint;
  purse uuid;
begin
  if cardinality(p_email_ids) is distinct from cardinality(p_hold_ids) then
    raise exception 'each e-mail needs a hold id' using errcode = 'invalid_parameter_value';
  end if;
  select * into wallet from credit_wallets where user_id = p_user_id for update;
  if not found then return; end if;
  at := clock_timestamp();
  room := wallet.posted - wallet.held;
  if cardinality(p_email_ids) = 1 and least(room, p_cap) > 0 then
    insert into credit_holds (id, user_id, lot_id, email_id, created_at, expires_at)
      select p_hold_ids[1], p_user_id, l.id, p_email_ids[1], at, at + p_ttl
      from credit_lots l
      where l.user_id = p_user_id and not l.spent and l.remaining > l.held and (l.expires_at is null or l.expires_at > at)
      order by l.priority, l.expires_at nulls last, l.created_at, l.id limit 1
      on conflict (email_id) where state in ('held', 'captured') do nothing
      returning lot_id into purse;
    if found then
      update credit_lots set held = held + 1 where id = purse;
      update credit_wallets set held = held + 1, seq = seq + 1 where user_id = p_user_id;
      insert into credit_transactions
        (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id, created_at)
        values (p_user_id, wallet.seq + 1, 'HOLD', 0, 1, wallet.posted, wallet.held + 1, p_hold_ids[1], purse, at);
      return next p_email_ids[1];
      return;
    end if;
  end if;
  if p_cap is not null then
    room := least(room, p_cap - (select count(distinct email_id) from credit_holds
      where user_id = p_user_id and email_id = any (p_email_ids) and state in ('held', 'captured')));
  end if;
  update credit_holds set expires_at = greatest(expires_at, at + p_ttl)
    where user_id = p_user_id and email_id = any (p_email_ids) and state = 'held';

  if room > 0 then
    with asked as (
      select email_id, min(place) as place from unnest(p_email_ids) with ordinality as a (email_id, place) group by email_id
    ), charged as (
      select email_id from credit_holds where email_id = any (p_email_ids) and state in ('held', 'captured')
    ), fresh as (
      select a.email_id, p_hold_ids[a.place] as hold_id, row_number() over (order by a.place) as n
      from asked a left join charged c using (email_id) where c.email_id is null
    ), purse as (
      select id, remaining - held as free, sum(remaining - held) over burn as upto
      from credit_lots
      where user_id = p_user_id and not spent and remaining > held and (expires_at is null or expires_at > at)
      window burn as (order by priority, expires_at nulls last, created_at, id)
    ), placed as (
      select f.email_id, f.hold_id, f.n, p.id as lot_id
      from fresh f join purse p on f.n > p.upto - p.free and f.n <= p.upto
      where f.n <= room
    ), held as (
      insert into credit_holds (id, user_id, lot_id, email_id, created_at, expires_at)
      select hold_id, p_user_id, lot_id, email_id, at, at + p_ttl from placed
    ), lots as (
      update credit_lots l set held = l.held + c.n
      from (select lot_id, count(*) as n from placed group by lot_id) c where l.id = c.lot_id
    ), wallets as (
      update credit_wallets w set held = w.held + c.n, seq = w.seq + c.n
      from (select count(*) as n from placed) c where w.user_id = p_user_id and c.n > 0
    )
    insert into credit_transactions
      (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id, created_at)
    select p_user_id, wallet.seq + n, 'HOLD', 0, 1, wallet.posted, wallet.held + n, hold_id, lot_id, at from placed;
  end if;

  return query
    select h.email_id
    from credit_holds h join unnest(p_email_ids) with ordinality as a (email_id, place) using (email_id)
    where h.user_id = p_user_id and h.email_id = any (p_email_ids) and h.state = 'held'
    group by h.email_id order by min(a.place);
end $$;

-- Ends the living holds of these e-mails, once each; says for every e-mail what happened: the state it was brought to,
-- `already` there, `conflict` (ended the other way before), or `none` (never held).
create or replace function ledger_resolve(p_user_id uuid, p_email_ids uuid[], p_state text, p_reason text)
returns table (email_id uuid, outcome text)
language plpgsql
as $$
#variable_conflict use_column
declare
  wallet credit_wallets;
  taken_now bigint := case when p_state = 'captured' then 1 else 0 end;
  at timestamptz;
  ended uuid[];
begin
  select * into wallet from credit_wallets where user_id = p_user_id for update;
  at := clock_timestamp();
  with resolved as (
    update credit_holds set state = p_state, resolved_at = at, reason = p_reason
    where user_id = p_user_id and email_id = any (p_email_ids) and state = 'held'
    returning id, lot_id, email_id, amount
  ), numbered as (
    select *, row_number() over w as n, sum(amount) over w as upto from resolved window w as (order by id)
  ), lots as (
    update credit_lots l set held = l.held - c.amount, remaining = l.remaining - c.amount * taken_now,
      captured = l.captured + c.amount * taken_now, spent = l.remaining - c.amount * taken_now = 0
    from (select lot_id, sum(amount) as amount from resolved group by lot_id) c where l.id = c.lot_id
  ), wallets as (
    update credit_wallets w set held = w.held - c.amount, posted = w.posted - c.amount * taken_now, seq = w.seq + c.n
    from (select sum(amount) as amount, count(*) as n from resolved) c where w.user_id = p_user_id and c.n > 0
  ), journal as (
    insert into credit_transactions
      (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id, reason, created_at)
    select p_user_id, wallet.seq + n, case when taken_now = 1 then 'CAPTURE' else 'RELEASE' end, -amount * taken_now, -amount,
      wallet.posted - upto * taken_now, wallet.held - upto, id, lot_id, p_reason, at
    from numbered
  )
  select array_agg(r.email_id) into ended from resolved r;

  if p_state = 'released' and ended is not null then
    if wallet.debt > 0 then
      with freed as (
        select id, least(remaining - held, debt) as part from credit_lots
        where user_id = p_user_id and debt > 0 and not spent and remaining > held
      ), lots as (
        update credit_lots l set remaining = l.remaining - f.part, taken = l.taken + f.part, debt = l.debt - f.part,
          spent = l.remaining = f.part
        from freed f where l.id = f.id
      )
      update credit_wallets w set debt = w.debt - c.part
      from (select sum(part) as part from freed) c where w.user_id = p_user_id and c.part > 0;
    end if;
    perform ledger_expire_wallet(p_user_id, at);
  end if;

  if cardinality(ended) = cardinality(p_email_ids) then
    return query select unnest(ended), p_state;
    return;
  end if;
  return query
    select a.email_id, case
      when a.email_id = any (ended) then p_state
      when bool_or(h.state = 'captured') then case when taken_now = 1 then 'already' else 'conflict' end
      when bool_or(h.state = 'released') then case when taken_now = 0 then 'already' else 'conflict' end
      else 'none'
    end
    from (select distinct unnest(p_email_ids) as email_id) a
    left join credit_holds h on h.user_id = p_user_id and h.email_id = a.email_id
    group by a.email_id;
end $$;

-- Spends the held credits of these e-mails: captured | already | conflict (released before) | none. One credit of one mail, which
-- nearly all captures are of, takes the short way.
create or replace function ledger_capture(p_user_id uuid, p_email_ids uuid[]) returns table (email_id uuid, outcome text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  wallet credit_wallets;
  at timestamptz;
  hold record;
begin
  if cardinality(p_email_ids) = 1 then
    select * into wallet from credit_wallets where user_id = p_user_id for update;
    at := clock_timestamp();
    update credit_holds set state = 'captured', resolved_at = at
      where user_id = p_user_id and email_id = p_email_ids[1] and state = 'held'
      returning id, lot_id, amount into hold;
    if found then
      update credit_lots set held = held - hold.amount, remaining = remaining - hold.amount, captured = captured + hold.amount,
        spent = remaining = hold.amount
        where id = hold.lot_id;
      update credit_wallets set held = held - hold.amount, posted = posted - hold.amount, seq = seq + 1
        where user_id = p_user_id;
      insert into credit_transactions
        (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id, created_at)
        values (p_user_id, wallet.seq + 1, 'CAPTURE', -hold.amount, -hold.amount, wallet.posted - hold.amount,
          wallet.held - hold.amount, hold.id, hold.lot_id, at);
      email_id := p_email_ids[1];
      outcome := 'captured';
      return next;
      return;
    end if;
  end if;
  return query select * from ledger_resolve(p_user_id, p_email_ids, 'captured', null);
end $$;
