-- Why: credits are money. Every change of a balance goes through one of the ledger_* functions below, which run as
-- inbrief_ledger; the application's own roles may only read these tables.
-- Lock order: wallet, then hold, then lot. Each function is one call, safe to repeat, and written for READ COMMITTED.
-- The busy ones keep one plan (with arrays for parameters Postgres would plan anew at each call, for half of its time), and
-- never one that was made for an empty table.

-- posted: credits owned, held ones included. debt: what refunds took back after it had been spent.
-- Always: sum(lots.remaining) = posted + debt, sum(lots.held) = held, available = posted - held.
create table credit_wallets (
  user_id uuid primary key references users (id),
  posted bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  debt bigint not null default 0 check (debt >= 0),
  seq bigint not null default 0,
  created_at timestamptz not null default now(),
  check (posted - held + debt >= 0)
) with (fillfactor = 50);

-- Credits that came together: one source, one priority, one expiry. What is left, captured, expired or taken back adds
-- up to what was granted, but for what an operator took away. `taken` went back to the payer; `debt` should have gone
-- back but had been used (or is held) already.
create table credit_lots (
  id uuid primary key,
  user_id uuid not null references credit_wallets (user_id),
  source text not null check (source in ('purchase', 'welcome', 'promotion', 'adjustment')),
  source_ref text not null,
  granted bigint not null check (granted > 0),
  remaining bigint not null,
  held bigint not null default 0 check (held >= 0),
  captured bigint not null default 0 check (captured >= 0),
  expired bigint not null default 0 check (expired >= 0),
  taken bigint not null default 0 check (taken >= 0),
  debt bigint not null default 0 check (debt >= 0),
  spent boolean not null default false check (spent = (remaining = 0)),
  priority smallint not null default 10,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  unique (id, user_id),
  unique (source, source_ref),
  check (remaining >= held and remaining + captured + expired + taken <= granted),
  check (taken + debt <= granted)
) with (fillfactor = 70);
-- `spent`, and no counter, stands in these predicates: a column that an index names makes each update of it write all
-- indexes anew, and the counters of a busy lot change with every mail.
create index credit_lots_open on credit_lots (user_id, priority, expires_at, created_at, id) where not spent;
create index credit_lots_expiry on credit_lots (expires_at) where not spent and expires_at is not null;
create index credit_lots_user on credit_lots (user_id, created_at desc, id desc);

-- A credit set aside for one e-mail. The e-mail is a bare id: the ledger outlives what it charged for.
-- expires_at: until then its owner must renew or resolve it; no credit moves by the clock alone.
create table credit_holds (
  id uuid primary key,
  user_id uuid not null,
  lot_id uuid not null,
  email_id uuid not null,
  amount bigint not null default 1 check (amount > 0),
  state text not null default 'held' check (state in ('held', 'captured', 'released')),
  reason text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  resolved_at timestamptz,
  unique (id, user_id),
  foreign key (lot_id, user_id) references credit_lots (id, user_id),
  check ((state = 'held') = (resolved_at is null))
) with (fillfactor = 80);
create unique index credit_holds_one_charge on credit_holds (email_id) where state in ('held', 'captured');
create index credit_holds_email on credit_holds (user_id, email_id);
create index credit_holds_overdue on credit_holds (expires_at) where state = 'held';

-- The journal: what happened to a wallet, in order, for ever.
create table credit_transactions (
  user_id uuid not null,
  seq bigint not null check (seq > 0),
  kind text not null
    check (kind in ('GRANT', 'HOLD', 'CAPTURE', 'RELEASE', 'EXPIRE', 'CLAWBACK', 'CLAWBACK_REVERSAL', 'ADJUST')),
  d_posted bigint not null,
  d_held bigint not null,
  posted_after bigint not null,
  held_after bigint not null,
  hold_id uuid,
  lot_id uuid not null,
  key text,
  reason text,
  created_at timestamptz not null default now(),
  primary key (user_id, seq),
  foreign key (hold_id, user_id) references credit_holds (id, user_id),
  foreign key (lot_id, user_id) references credit_lots (id, user_id),
  check (
    case kind
      when 'GRANT' then d_posted > 0 and d_held = 0
      when 'HOLD' then d_posted = 0 and d_held > 0
      when 'CAPTURE' then d_posted < 0 and d_held = d_posted
      when 'RELEASE' then d_posted = 0 and d_held < 0
      when 'CLAWBACK_REVERSAL' then d_posted > 0 and d_held = 0
      when 'ADJUST' then d_posted <> 0 and d_held = 0
      else d_posted < 0 and d_held = 0
    end
  ),
  check ((hold_id is not null) = (kind in ('HOLD', 'CAPTURE', 'RELEASE'))),
  check (kind in ('HOLD', 'CAPTURE', 'RELEASE', 'EXPIRE') or key is not null)
);
create unique index credit_transactions_key on credit_transactions (user_id, key) where key is not null;
create unique index credit_transactions_one_hold on credit_transactions (hold_id) where kind = 'HOLD';
create unique index credit_transactions_one_end on credit_transactions (hold_id) where kind in ('CAPTURE', 'RELEASE');
create index credit_transactions_time on credit_transactions (user_id, created_at);
create trigger credit_transactions_append_only before update or delete on credit_transactions
  for each row execute function refuse_change();
create trigger credit_transactions_no_truncate before truncate on credit_transactions
  for each statement execute function refuse_change();

-- Who took money back, as a share (claimed of total, minor currency units) of one purchase. The lot gives up
-- floor(granted * claims / total) credits, whatever order grants, refunds and disputes arrive in; a claim may come
-- before its grant and waits here. A reversal is final, also when it comes first (claimed 0).
create table credit_claims (
  ref text primary key,
  user_id uuid not null references credit_wallets (user_id),
  source_ref text not null,
  claimed bigint not null check (claimed >= 0),
  total bigint not null check (total > 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  reversed_at timestamptz,
  check (claimed <= total)
);
create index credit_claims_source on credit_claims (source_ref);
create index credit_claims_user on credit_claims (user_id);

-- A purchase from the first click to the last dispute, with the package's terms as they were on that day.
-- amount_minor: minor currency units. status says how paying ended; money going back is counted beside it. look_at: when
-- a worker next asks Stripe about it of its own accord. key_generation: part of Stripe's idempotency key, raised when
-- Stripe answered an error that it would repeat for ever under the old key.
create table stripe_payments (
  id uuid primary key,
  user_id uuid not null references users (id),
  kind text not null default 'checkout' check (kind in ('checkout', 'auto_top_up')),
  package_id text not null,
  credits bigint not null check (credits > 0),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  validity_days integer check (validity_days > 0),
  idempotency_key text,
  request_hash text,
  status text not null default 'created'
    check (status in ('created', 'open', 'processing', 'paid', 'failed', 'expired')),
  failure_code text,
  checkout_session_id text unique,
  checkout_url text,
  checkout_expires_at timestamptz,
  payment_intent_id text unique,
  refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  disputed_minor bigint not null default 0 check (disputed_minor >= 0),
  key_generation integer not null default 0,
  look_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  paid_at timestamptz,
  unique (id, user_id),
  unique (user_id, idempotency_key),
  check ((idempotency_key is null) = (request_hash is null)),
  check ((status = 'paid') = (paid_at is not null))
);
create index stripe_payments_user on stripe_payments (user_id, created_at desc, id desc);
create index stripe_payments_unsettled on stripe_payments (look_at) where status in ('created', 'open', 'processing');
create unique index stripe_payments_one_top_up on stripe_payments (user_id)
  where kind = 'auto_top_up' and status in ('created', 'open', 'processing');
create trigger stripe_payments_touch before update on stripe_payments for each row execute function touch_updated_at();

-- Every event Stripe signed, as it came, before it is acted upon; the id makes a redelivery a no-op.
create table stripe_events (
  id text primary key,
  type text not null,
  object_id text,
  livemode boolean not null,
  account text,
  api_version text,
  payload jsonb not null,
  source text not null check (source in ('webhook', 'poll')),
  occurred_at timestamptz not null,
  received_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts integer not null default 0,
  processed_at timestamptz,
  outcome text,
  last_error text,
  check ((processed_at is null) = (outcome is null))
);
create index stripe_events_due on stripe_events (available_at) where processed_at is null;
create index stripe_events_received on stripe_events (received_at desc, id desc);
create index stripe_events_object on stripe_events (object_id);

-- What a user reads: purchases, refunds, disputes, and one closed statement per month.
create table billing_history (
  id uuid primary key,
  user_id uuid not null references users (id),
  kind text not null check (kind in ('purchase', 'payment_failed', 'refund', 'dispute', 'statement')),
  ref text not null,
  payment_id uuid,
  credits bigint,
  amount_minor bigint,
  currency text,
  details jsonb not null default '{}',
  occurred_at timestamptz(3) not null,
  created_at timestamptz not null default now(),
  unique (user_id, kind, ref),
  foreign key (payment_id, user_id) references stripe_payments (id, user_id)
);
create index billing_history_user on billing_history (user_id, occurred_at desc, id desc);

-- The payer: the customer at Stripe, and what should happen when credits run low. Automatic top-up is off until asked for.
create table billing_accounts (
  user_id uuid primary key references users (id),
  stripe_customer_id text unique,
  payment_method_id text,
  low_balance_threshold bigint not null default 10 check (low_balance_threshold >= 0),
  low_balance_since timestamptz,
  top_up_enabled boolean not null default false,
  top_up_package_id text,
  top_up_daily_cap integer not null default 1 check (top_up_daily_cap between 1 and 10),
  top_up_problem text,
  updated_at timestamptz not null default now(),
  check (not top_up_enabled or (top_up_package_id is not null and payment_method_id is not null))
);
create trigger billing_accounts_touch before update on billing_accounts for each row execute function touch_updated_at();

-- When each recurring duty of this module last began, so that of many workers one does it, and what it found.
create table billing_schedule (
  duty text primary key,
  began_at timestamptz not null,
  done_at timestamptz,
  result jsonb
);

-- Hosts such as Supabase grant new tables to roles of their own; this ledger is readable by ours alone.
do $$
declare
  entry record;
begin
  for entry in
    select c.oid::regclass as tab, case a.grantee when 0 then 'public' else a.grantee::regrole::text end as grantee
    from pg_class c, aclexplode(c.relacl) a
    where c.oid in ('credit_wallets'::regclass, 'credit_lots'::regclass, 'credit_holds'::regclass,
        'credit_transactions'::regclass, 'credit_claims'::regclass, 'stripe_payments'::regclass,
        'stripe_events'::regclass, 'billing_history'::regclass, 'billing_accounts'::regclass, 'billing_schedule'::regclass)
      and a.grantee <> c.relowner
    group by 1, 2
  loop
    execute format('revoke all on %s from %s', entry.tab, entry.grantee);
  end loop;
end $$;

alter table credit_wallets enable row level security;
alter table credit_wallets force row level security;
create policy own on credit_wallets for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on credit_wallets for select to inbrief_service using (true);
create policy ledger on credit_wallets to inbrief_ledger using (true) with check (true);
alter table credit_lots enable row level security;
alter table credit_lots force row level security;
create policy own on credit_lots for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on credit_lots for select to inbrief_service using (true);
create policy ledger on credit_lots to inbrief_ledger using (true) with check (true);
alter table credit_holds enable row level security;
alter table credit_holds force row level security;
create policy own on credit_holds for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on credit_holds for select to inbrief_service using (true);
create policy ledger on credit_holds to inbrief_ledger using (true) with check (true);
alter table credit_transactions enable row level security;
alter table credit_transactions force row level security;
create policy own on credit_transactions for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on credit_transactions for select to inbrief_service using (true);
create policy ledger on credit_transactions to inbrief_ledger using (true) with check (true);
alter table credit_claims enable row level security;
alter table credit_claims force row level security;
create policy own on credit_claims for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on credit_claims for select to inbrief_service using (true);
create policy ledger on credit_claims to inbrief_ledger using (true) with check (true);
alter table stripe_payments enable row level security;
alter table stripe_payments force row level security;
create policy own on stripe_payments for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on stripe_payments to inbrief_service using (true) with check (true);
alter table stripe_events enable row level security;
alter table stripe_events force row level security;
create policy service on stripe_events to inbrief_service using (true) with check (true);
alter table billing_history enable row level security;
alter table billing_history force row level security;
create policy own on billing_history for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on billing_history to inbrief_service using (true) with check (true);
alter table billing_accounts enable row level security;
alter table billing_accounts force row level security;
create policy own on billing_accounts for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on billing_accounts to inbrief_service using (true) with check (true);
alter table billing_schedule enable row level security;
alter table billing_schedule force row level security;
create policy service on billing_schedule to inbrief_service using (true) with check (true);

grant select on credit_wallets, credit_lots, credit_holds, credit_transactions, credit_claims to inbrief_user, inbrief_service;
grant select, insert, update on credit_wallets, credit_lots, credit_holds, credit_claims to inbrief_ledger;
grant select, insert on credit_transactions to inbrief_ledger;
grant select on stripe_payments, billing_history, billing_accounts to inbrief_user;
grant select, insert, update on stripe_payments, stripe_events, billing_accounts, billing_schedule to inbrief_service;
grant select, insert on billing_history to inbrief_service;

-- One journal line and the wallet's new totals. The caller holds the wallet's lock.
create function ledger_post(
  p_user_id uuid, p_kind text, p_d_posted bigint, p_d_debt bigint, p_lot_id uuid, p_key text, p_reason text, p_at timestamptz
) returns void
language plpgsql
as $$
declare
  wallet credit_wallets;
begin
  update credit_wallets set posted = posted + p_d_posted, debt = debt + p_d_debt, seq = seq + 1
    where user_id = p_user_id returning * into strict wallet;
  insert into credit_transactions (user_id, seq, kind, d_posted, d_held, posted_after, held_after, lot_id, key, reason, created_at)
    values (p_user_id, wallet.seq, p_kind, p_d_posted, 0, wallet.posted, wallet.held, p_lot_id, p_key, p_reason, p_at);
end $$;

-- Opens the wallet when there is none, then locks it; the one place a ledger function starts.
create function ledger_lock(p_user_id uuid) returns credit_wallets
language plpgsql
as $$
declare
  wallet credit_wallets;
begin
  select * into wallet from credit_wallets where user_id = p_user_id for update;
  if not found then
    insert into credit_wallets (user_id) values (p_user_id) on conflict do nothing;
    select * into strict wallet from credit_wallets where user_id = p_user_id for update;
  end if;
  return wallet;
end $$;

-- Expires what is free in lots past their date, except as much as a debt needs: a credit the user may not spend
-- must not vanish before it has paid what it is kept for. The caller holds the wallet's lock.
create function ledger_expire_wallet(p_user_id uuid, p_at timestamptz) returns bigint
language plpgsql
as $$
declare
  lot record;
  spare bigint;
  part bigint;
  gone bigint := 0;
begin
  select sum(l.remaining - l.held) - max(w.debt) into spare
    from credit_lots l join credit_wallets w using (user_id)
    where l.user_id = p_user_id and not l.spent and l.remaining > l.held and l.expires_at <= p_at;
  if spare is null or spare <= 0 then return 0; end if;
  for lot in
    select id, remaining - held as free from credit_lots
    where user_id = p_user_id and not spent and remaining > held and expires_at <= p_at
    order by priority, expires_at, created_at, id
  loop
    part := least(lot.free, spare - gone);
    exit when part <= 0;
    update credit_lots set remaining = remaining - part, expired = expired + part, spent = remaining = part where id = lot.id;
    perform ledger_post(p_user_id, 'EXPIRE', -part, 0, lot.id, null, null, p_at);
    gone := gone + part;
  end loop;
  return gone;
end $$;

-- Brings one purchase's lot to what the living claims say; returns the change of `posted`. Free credits go first; what
-- was used (or is held) becomes debt; what expired has gone already and is not taken twice. Wallet lock held.
create function ledger_apply_claims(p_user_id uuid, p_source_ref text, p_key text, p_at timestamptz) returns bigint
language plpgsql
as $$
declare
  lot credit_lots;
  target bigint;
  need bigint;
  take bigint;
  give bigint;
  owed bigint;
  change bigint;
begin
  select * into lot from credit_lots
    where source = 'purchase' and source_ref = p_source_ref and user_id = p_user_id for update;
  if not found then return 0; end if;
  select coalesce(floor(lot.granted::numeric * least(sum(claimed), max(total)) / max(total)), 0) into target
    from credit_claims where source_ref = p_source_ref and user_id = p_user_id and reversed_at is null;
  need := target - lot.expired - lot.taken;
  take := least(greatest(need, 0), lot.remaining - lot.held);
  owed := greatest(need, 0) - take;
  give := least(greatest(-need, 0), lot.taken);
  change := give - take + lot.debt - owed;
  update credit_lots set remaining = remaining - take + give, taken = taken + take - give, debt = owed,
    spent = remaining - take + give = 0 where id = lot.id;
  if change = 0 then
    update credit_wallets set debt = debt + owed - lot.debt where user_id = p_user_id;
  else
    perform ledger_post(p_user_id, case when change < 0 then 'CLAWBACK' else 'CLAWBACK_REVERSAL' end,
      change, owed - lot.debt, lot.id, p_key, null, p_at);
  end if;
  perform ledger_expire_wallet(p_user_id, p_at);
  return change;
end $$;

-- Makes sure the user has a wallet. True when it is new.
create function ledger_open_wallet(p_user_id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into credit_wallets (user_id) values (p_user_id) on conflict do nothing;
  return found;
end $$;

-- Grants a lot, once per source and reference. False when it was granted before. Claims that came first apply at once.
create function ledger_grant(
  p_user_id uuid, p_lot_id uuid, p_source text, p_source_ref text, p_credits bigint,
  p_priority integer default 10, p_expires_at timestamptz default null
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  at timestamptz;
begin
  perform ledger_lock(p_user_id);
  at := clock_timestamp();
  insert into credit_lots (id, user_id, source, source_ref, granted, remaining, priority, expires_at, created_at)
    values (p_lot_id, p_user_id, p_source, p_source_ref, p_credits, p_credits, p_priority, p_expires_at, at)
    on conflict (source, source_ref) do nothing;
  if not found then
    if not exists (select from credit_lots where source = p_source and source_ref = p_source_ref and user_id = p_user_id) then
      raise exception 'grant %:% belongs to another wallet', p_source, p_source_ref using errcode = 'unique_violation';
    end if;
    return false;
  end if;
  perform ledger_post(p_user_id, 'GRANT', p_credits, 0, p_lot_id, 'grant:' || p_source || ':' || p_source_ref, null, at);
  if p_source = 'purchase' then
    perform ledger_apply_claims(p_user_id, p_source_ref, 'clawback-at-grant:' || p_source_ref, at);
  end if;
  return true;
end $$;

-- Holds one credit for each e-mail, in the order given, for as many as the balance (and p_cap) pays. Returns the e-mails
-- that are held now: a living hold is renewed and comes back, a captured e-mail never does. p_hold_ids are the ids to
-- use, place by place. p_cap bounds how many of these e-mails are charged in all, so that a retry holds no more.
create function ledger_hold(
  p_user_id uuid, p_email_ids uuid[], p_hold_ids uuid[], p_ttl interval, p_cap integer default null
) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  wallet credit_wallets;
  at timestamptz;
  room bigint;
begin
  if cardinality(p_email_ids) is distinct from cardinality(p_hold_ids) then
    raise exception 'each e-mail needs a hold id' using errcode = 'invalid_parameter_value';
  end if;
  select * into wallet from credit_wallets where user_id = p_user_id for update;
  if not found then return; end if;
  at := clock_timestamp();
  room := wallet.posted - wallet.held;
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
create function ledger_resolve(p_user_id uuid, p_email_ids uuid[], p_state text, p_reason text)
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

-- Spends the held credits of these e-mails: captured | already | conflict (released before) | none.
create function ledger_capture(p_user_id uuid, p_email_ids uuid[]) returns table (email_id uuid, outcome text)
language sql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$ select * from ledger_resolve(p_user_id, p_email_ids, 'captured', null) $$;

-- Gives the held credits of these e-mails back: released | already | conflict (captured before) | none.
-- A credit that goes back to a lot past its date expires in the same breath.
create function ledger_release(p_user_id uuid, p_email_ids uuid[], p_reason text) returns table (email_id uuid, outcome text)
language sql security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$ select * from ledger_resolve(p_user_id, p_email_ids, 'released', p_reason) $$;

-- Expires what is due in at most p_limit wallets, skipping those that are busy; returns the credits that went.
create function ledger_expire(p_limit integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  due uuid;
  gone bigint := 0;
begin
  for due in
    select l.user_id from credit_lots l join credit_wallets w using (user_id)
    where l.expires_at <= now() and not l.spent and l.remaining > l.held
    group by l.user_id, w.debt having sum(l.remaining - l.held) > w.debt
    order by min(l.expires_at) limit p_limit
  loop
    perform from credit_wallets where user_id = due for update skip locked;
    continue when not found;
    gone := gone + ledger_expire_wallet(due, clock_timestamp());
  end loop;
  return gone;
end $$;

-- Somebody (p_ref: a refund, a dispute) took back p_claimed of a purchase's p_total. Repeating it does nothing, another
-- amount under the same reference replaces the first. Returns the change of the balance in credits; 0 while the
-- purchase is not granted yet.
create function ledger_claw_back(p_user_id uuid, p_source_ref text, p_ref text, p_claimed bigint, p_total bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  at timestamptz;
  change integer;
begin
  perform ledger_lock(p_user_id);
  at := clock_timestamp();
  insert into credit_claims as c (ref, user_id, source_ref, claimed, total, created_at)
    values (p_ref, p_user_id, p_source_ref, p_claimed, p_total, at)
    on conflict (ref) do update set claimed = excluded.claimed, total = excluded.total, version = c.version + 1
    where c.user_id = excluded.user_id and c.source_ref = excluded.source_ref and c.reversed_at is null
      and (c.claimed, c.total) is distinct from (excluded.claimed, excluded.total)
    returning version into change;
  if not found then return 0; end if;
  return ledger_apply_claims(p_user_id, p_source_ref, 'clawback:' || p_ref || ':' || change, at);
end $$;

-- The claim p_ref is void (a refund that failed, a dispute won): its credits come back, once. Also stops a claim that
-- has not arrived yet. Returns the change of the balance in credits.
create function ledger_reverse_claw_back(p_user_id uuid, p_source_ref text, p_ref text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  at timestamptz;
begin
  perform ledger_lock(p_user_id);
  at := clock_timestamp();
  insert into credit_claims as c (ref, user_id, source_ref, claimed, total, created_at, reversed_at)
    values (p_ref, p_user_id, p_source_ref, 0, 1, at, at)
    on conflict (ref) do update set reversed_at = at
    where c.user_id = excluded.user_id and c.source_ref = excluded.source_ref and c.reversed_at is null;
  if not found then return 0; end if;
  return ledger_apply_claims(p_user_id, p_source_ref, 'reversal:' || p_ref, at);
end $$;

-- An operator's correction, once per key: adds a lot, or takes from the free credits in burn order.
-- applied | already | insufficient (nothing is taken when the available balance is smaller).
create function ledger_adjust(p_user_id uuid, p_lot_id uuid, p_key text, p_credits bigint, p_reason text) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  wallet credit_wallets;
  at timestamptz;
  lot record;
  part bigint;
  left_over bigint := -p_credits;
  n integer := 0;
begin
  if p_credits = 0 or coalesce(p_reason, '') = '' then
    raise exception 'an adjustment needs credits and a reason' using errcode = 'invalid_parameter_value';
  end if;
  wallet := ledger_lock(p_user_id);
  at := clock_timestamp();
  if exists (select from credit_transactions where user_id = p_user_id and key = 'adjust:' || p_key) then
    return 'already';
  end if;
  if p_credits > 0 then
    insert into credit_lots (id, user_id, source, source_ref, granted, remaining, created_at)
      values (p_lot_id, p_user_id, 'adjustment', p_key, p_credits, p_credits, at);
    perform ledger_post(p_user_id, 'ADJUST', p_credits, 0, p_lot_id, 'adjust:' || p_key, p_reason, at);
    return 'applied';
  end if;
  perform ledger_expire_wallet(p_user_id, at);
  select * into wallet from credit_wallets where user_id = p_user_id;
  if wallet.posted - wallet.held < left_over then return 'insufficient'; end if;
  for lot in
    select id, remaining - held as free from credit_lots
    where user_id = p_user_id and not spent and remaining > held and (expires_at is null or expires_at > at)
    order by priority, expires_at nulls last, created_at, id
  loop
    part := least(lot.free, left_over);
    exit when part <= 0;
    update credit_lots set remaining = remaining - part, spent = remaining = part where id = lot.id;
    perform ledger_post(p_user_id, 'ADJUST', -part, 0, lot.id, 'adjust:' || p_key || case n when 0 then '' else ':' || n end,
      p_reason, at);
    left_over := left_over - part;
    n := n + 1;
  end loop;
  return 'applied';
end $$;

-- The functions belong to inbrief_ledger, which alone may write; only the service may call, and only the public ones.
-- A host's owner role is no superuser: to give functions away it must be a member, and the new owner needs CREATE.
grant inbrief_ledger to current_user;
grant create on schema public to inbrief_ledger;
do $$
declare
  fn record;
  grantee text;
begin
  for fn in
    select p.oid, p.oid::regprocedure as signature, p.prosecdef, p.proacl, p.proowner
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname like 'ledger\_%'
  loop
    execute format('revoke all on function %s from public', fn.signature);
    for grantee in
      select distinct a.grantee::regrole::text from aclexplode(fn.proacl) a where a.grantee not in (0, fn.proowner)
    loop
      execute format('revoke all on function %s from %s', fn.signature, grantee);
    end loop;
    if fn.prosecdef then execute format('grant execute on function %s to inbrief_service', fn.signature); end if;
    execute format('alter function %s owner to inbrief_ledger', fn.signature);
  end loop;
end $$;
revoke create on schema public from inbrief_ledger;
