-- Why: readers mark what they read, keep summaries only as long as they like, and get a day's digest by mail once.

alter table email_summaries
  add column read_at timestamptz,
  -- Emptied when its owner's retention ran out. The row stays: it is the proof of what a credit was captured for (I8).
  add column purged_at timestamptz;
grant update (read_at) on email_summaries to inbrief_user;

-- What is emptied is no longer there for its owner, whoever asks and however.
alter policy own on email_summaries using (user_id = (select current_user_id()) and purged_at is null);

create index email_summaries_urgency on email_summaries (user_id, urgency, received_at desc, id desc);
create index email_summaries_connection on email_summaries (connection_id, received_at desc, id desc);
create index email_summaries_kept on email_summaries (user_id, created_at) where purged_at is null;

-- One row per user and day, written before anything is sent: a digest that has a row is somebody's work already.
create table digest_mails (
  user_id uuid not null references users (id),
  day date not null,
  time_zone text not null,
  queued_at timestamptz not null default now(),
  -- Committed before the mail server is called: from then on it may have the mail, and is not called again.
  handed_at timestamptz,
  mails integer check (mails >= 0),
  primary key (user_id, day)
);
create index digest_mails_age on digest_mails (queued_at);
alter table digest_mails enable row level security;
alter table digest_mails force row level security;
create policy own on digest_mails for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on digest_mails to inbrief_service using (true) with check (true);
grant select on digest_mails to inbrief_user;
grant select, insert, update, delete on digest_mails to inbrief_service;
