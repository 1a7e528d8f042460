-- A kept answer may hold personal data, or a secret that is shown once (an API key): it is stored sealed under the key ring.
-- A claim has a token of its own, so that a call whose lock ran out cannot finish what its successor has begun.
alter table idempotency_keys
  drop column response,
  add column answer bytea,
  add column claim uuid not null default gen_random_uuid(),
  add constraint idempotency_keys_answered check ((status is null) = (answer is null));
alter table idempotency_keys alter column claim drop default;
