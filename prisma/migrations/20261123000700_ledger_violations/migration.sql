-- Why: one question, "has money or work drifted?", with one answer. A row here is a broken invariant (I1 to I17 of
-- docs/architecture.md); no row, and the books are right. It reads as its caller (security_invoker), so that a host which
-- hands views in `public` to its own roles shows them nothing; inbrief_service, who may ask, sees every row.

create view ledger_violations with (security_invoker = true) as
with
ledger_table (name) as (
  values ('credit_wallets'), ('credit_lots'), ('credit_holds'), ('credit_transactions'), ('credit_claims')
),
journal as (
  select user_id, sum(d_posted) as posted, sum(d_held) as held, count(*) as lines, min(seq) as first, max(seq) as last
  from credit_transactions group by user_id
),
running as (
  select user_id, seq, posted_after, held_after,
    sum(d_posted) over chain as posted, sum(d_held) over chain as held
  from credit_transactions window chain as (partition by user_id order by seq)
),
lots as (
  select user_id, sum(remaining) as remaining, sum(held) as held, sum(debt) as debt, sum(taken + debt) as clawed_back
  from credit_lots group by user_id
),
lot_lines as (
  select lot_id, sum(d_posted) as posted, sum(d_held) as held, count(*) filter (where kind = 'GRANT') as grants,
    coalesce(sum(d_posted) filter (where kind in ('GRANT', 'ADJUST') and d_posted > 0), 0) as granted,
    coalesce(-sum(d_posted) filter (where kind = 'CAPTURE'), 0) as captured,
    coalesce(-sum(d_posted) filter (where kind = 'EXPIRE'), 0) as expired,
    coalesce(-sum(d_posted) filter (where kind in ('CLAWBACK', 'CLAWBACK_REVERSAL')), 0) as clawed_back
  from credit_transactions group by lot_id
),
live as (
  select user_id, sum(amount) as held from credit_holds where state = 'held' group by user_id
),
hold_lines as (
  select hold_id, count(*) filter (where kind = 'HOLD') as opened, count(*) filter (where kind = 'CAPTURE') as captured,
    count(*) filter (where kind = 'RELEASE') as released,
    max(d_held) filter (where kind = 'HOLD') as amount, min(d_held) filter (where kind <> 'HOLD') as ended
  from credit_transactions where hold_id is not null group by hold_id
),
claims as (
  select l.id, l.user_id, l.source_ref, l.granted, l.expired, l.taken, l.debt,
    coalesce(floor(l.granted::numeric * least(sum(c.claimed), max(c.total)) / max(c.total)), 0) as target
  from credit_lots l
  left join credit_claims c on l.source = 'purchase' and c.source_ref = l.source_ref and c.reversed_at is null
  group by l.id
),
charge as (
  select email_id, min(user_id::text) as user_id, bool_or(state = 'held') as held, bool_or(state = 'captured') as captured,
    min(created_at) filter (where state = 'held') as held_at
  from credit_holds group by email_id
),
-- A result that is committed while its event still waits for the relay: billing has not been told yet.
in_flight as (
  select distinct subject_id as email_id from outbox_messages
  where published_at is null and dead_at is null
    and type in ('email.summary-stored.v1', 'email.summary-failed.v1', 'email.summary-skipped.v1')
),
pipeline as (
  select coalesce(j.email_id, s.email_id, c.email_id) as email_id, j.state,
    s.email_id is not null as summarised, coalesce(c.held, false) as held, coalesce(c.captured, false) as captured, c.held_at,
    f.email_id is not null as in_flight,
    -- an erased account keeps its ledger, not its mail
    coalesce(u.status = 'deleted', false) as erased
  from processing_jobs j
  full join email_summaries s on s.email_id = j.email_id
  full join charge c on c.email_id = coalesce(j.email_id, s.email_id)
  left join in_flight f on f.email_id = coalesce(j.email_id, s.email_id, c.email_id)
  left join users u on u.id = coalesce(j.user_id, s.user_id, c.user_id::uuid)
),
-- Roles that act for the application: the two it enters, and every role that may enter them, the tables' owner aside.
application_role as (
  select r.oid, r.rolname::text as name from pg_roles r
  where not r.rolsuper and r.oid <> (select relowner from pg_class where oid = 'credit_transactions'::regclass)
    and (pg_has_role(r.oid, 'inbrief_user', 'member') or pg_has_role(r.oid, 'inbrief_service', 'member'))
)

select 'I1' as invariant, w.user_id::text as subject,
  format('wallet says posted %s, held %s, seq %s; its lines sum to %s, %s, %s', w.posted, w.held, w.seq,
    coalesce(j.posted, 0), coalesce(j.held, 0), coalesce(j.lines, 0)) as detail
from credit_wallets w left join journal j using (user_id)
where (w.posted, w.held, w.seq) is distinct from (coalesce(j.posted, 0), coalesce(j.held, 0), coalesce(j.lines, 0))

union all
select 'I2', user_id::text, format('%s lines numbered %s to %s', lines, first, last)
from journal where first <> 1 or last <> lines

union all
select 'I3', user_id || '/' || seq, format('line says %s/%s, the sum up to it is %s/%s', posted_after, held_after, posted, held)
from running where (posted_after, held_after) is distinct from (posted, held)

union all
select 'I4', w.user_id::text, format('wallet holds %s, live holds are %s', w.held, coalesce(l.held, 0))
from credit_wallets w left join live l using (user_id) where w.held <> coalesce(l.held, 0)

union all
select 'I5', w.user_id::text, format('wallet posted %s + debt %s, held %s; lots remaining %s, held %s, debt %s', w.posted, w.debt,
    w.held, coalesce(l.remaining, 0), coalesce(l.held, 0), coalesce(l.debt, 0))
from credit_wallets w left join lots l using (user_id)
where (w.posted + w.debt, w.held, w.debt) is distinct from (coalesce(l.remaining, 0), coalesce(l.held, 0), coalesce(l.debt, 0))
union all
select 'I5', l.id::text, format('lot granted %s, remaining - debt %s, held %s, captured %s, expired %s; its lines say %s, %s, %s, %s, %s',
    l.granted, l.remaining - l.debt, l.held, l.captured, l.expired, t.granted, t.posted, t.held, t.captured, t.expired)
from credit_lots l left join lot_lines t on t.lot_id = l.id
where (l.granted, l.remaining - l.debt, l.held, l.captured, l.expired)
  is distinct from (t.granted, t.posted, t.held, t.captured, t.expired)

union all
select 'I6', h.id::text, format('hold of %s is %s; lines: %s HOLD, %s CAPTURE, %s RELEASE', h.amount, h.state,
    coalesce(t.opened, 0), coalesce(t.captured, 0), coalesce(t.released, 0))
from credit_holds h left join hold_lines t on t.hold_id = h.id
where (1, (h.state = 'captured')::int, (h.state = 'released')::int, h.amount) is distinct from (t.opened, t.captured, t.released, t.amount)
  or h.amount <> -t.ended

union all
select 'I7', email_id::text, format('%s live or captured holds', count(*))
from credit_holds where state in ('held', 'captured') group by email_id having count(*) > 1

union all
select 'I8', email_id::text, format('job %s, summary %s, credit %s', coalesce(state, 'none'), summarised,
    case when captured then 'captured' when held then 'held' else 'not charged' end)
from pipeline
where case
  when erased then held
  when captured then state is distinct from 'done' or not summarised
  when state = 'done' then not (summarised and held and in_flight)
  when summarised then true
  when state in ('queued', 'running') then not held
  when state = 'awaiting_credits' then held
  when state in ('skipped', 'failed', 'cancelled') then held and not in_flight
  else held_at < now() - interval '5 minutes'
end

union all
select 'I9', id::text, format('held since %s, expired %s', created_at, expires_at)
from credit_holds where state = 'held' and expires_at < now() - interval '1 hour'

union all
select 'I10', p.id::text, format('payment %s of %s credits; lot of %s, %s grants', p.status, p.credits, l.granted, coalesce(t.grants, 0))
from stripe_payments p
left join credit_lots l on l.source = 'purchase' and l.source_ref = p.id::text
left join lot_lines t on t.lot_id = l.id
where case
  when p.status = 'paid' then (p.user_id, p.credits, 1::bigint) is distinct from (l.user_id, l.granted, t.grants)
  else l.id is not null
end
union all
select 'I10', l.id::text, 'a purchase lot without its payment'
from credit_lots l where l.source = 'purchase' and not exists (select from stripe_payments p where p.id::text = l.source_ref)

union all
select 'I11', c.id::text, format('clawed back %s of %s granted, %s by its lines; the claims say %s, %s had expired',
    c.taken + c.debt, c.granted, t.clawed_back, c.target, c.expired)
from claims c left join lot_lines t on t.lot_id = c.id
where c.taken + c.debt not between 0 and c.granted or c.taken + c.debt is distinct from t.clawed_back
  or c.taken + c.debt > c.target or c.taken + c.debt + c.expired < c.target

union all
select 'I12', w.user_id::text, format('available %s, clawed back %s', w.posted - w.held, coalesce(l.clawed_back, 0))
from credit_wallets w left join lots l using (user_id) where w.posted - w.held < -coalesce(l.clawed_back, 0)

union all
select 'I13', h.id::text, format('held at %s from a lot that expired at %s', h.created_at, l.expires_at)
from credit_holds h join credit_lots l on l.id = h.lot_id where h.created_at >= l.expires_at

union all
select 'I14', 'all wallets', format('lines sum to %s/%s, wallets to %s/%s', t.posted, t.held, w.posted, w.held)
from (select coalesce(sum(d_posted), 0) as posted, coalesce(sum(d_held), 0) as held from credit_transactions) t,
  (select coalesce(sum(posted), 0) as posted, coalesce(sum(held), 0) as held from credit_wallets) w
where (t.posted, t.held) is distinct from (w.posted, w.held)

union all
select 'I15', chain.id, format('%s of user %s hangs on user %s', chain.link, chain.one, chain.other)
from (
  select h.id::text as id, 'hold on lot' as link, h.user_id as one, l.user_id as other
    from credit_holds h join credit_lots l on l.id = h.lot_id
  union all select t.user_id || '/' || t.seq, 'line on hold', t.user_id, h.user_id
    from credit_transactions t join credit_holds h on h.id = t.hold_id
  union all select t.user_id || '/' || t.seq, 'line on lot', t.user_id, l.user_id
    from credit_transactions t join credit_lots l on l.id = t.lot_id
  union all select h.id::text, 'hold on job', h.user_id, j.user_id
    from credit_holds h join processing_jobs j on j.email_id = h.email_id
  union all select j.id::text, 'job on summary', j.user_id, s.user_id
    from processing_jobs j join email_summaries s on s.email_id = j.email_id
  union all select j.id::text, 'job on e-mail', j.user_id, e.user_id
    from processing_jobs j join email_discoveries e on e.id = j.email_id
  union all select c.ref, 'claim on payment', c.user_id, p.user_id
    from credit_claims c join stripe_payments p on p.id::text = c.source_ref
) chain
where chain.one <> chain.other

union all
select 'I16', id::text, format('outbox %s of %s: %s attempts, %s', type, occurred_at, attempts, coalesce(last_error, 'no error'))
from outbox_messages where published_at is null and occurred_at < now() - interval '5 minutes'
union all
select 'I16', id, format('stripe %s of %s: %s attempts, %s', type, received_at, attempts, coalesce(last_error, 'no error'))
from stripe_events where processed_at is null and received_at < now() - interval '5 minutes'

union all
select 'I17', r.name || ' on ' || t.name, 'may write a ledger table'
from application_role r, ledger_table t
where has_any_column_privilege(r.oid, t.name, 'insert, update') or has_table_privilege(r.oid, t.name, 'delete, truncate, trigger')
union all
select 'I17', r.name, 'may become inbrief_ledger'
from application_role r where pg_has_role(r.oid, 'inbrief_ledger', 'member')
union all
select 'I17', t.name, 'row level security is not enabled and forced'
from ledger_table t join pg_class c on c.oid = t.name::regclass where not (c.relrowsecurity and c.relforcerowsecurity)
union all
select 'I17', g.tgname, 'the journal is not append-only'
from (values ('credit_transactions_append_only'), ('credit_transactions_no_truncate')) g (tgname)
where not exists (select from pg_trigger p where p.tgname = g.tgname and p.tgrelid = 'credit_transactions'::regclass and p.tgenabled in ('O', 'A'));

do $$
declare
  grantee text;
begin
  for grantee in
    select case a.grantee when 0 then 'public' else a.grantee::regrole::text end
    from pg_class c, aclexplode(c.relacl) a
    where c.oid = 'ledger_violations'::regclass and a.grantee <> c.relowner group by 1
  loop
    execute format('revoke all on ledger_violations from %s', grantee);
  end loop;
end $$;
grant select on ledger_violations to inbrief_service;
