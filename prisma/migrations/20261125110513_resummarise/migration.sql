-- Why: a summary is made anew for a new credit. A mail's id names what is charged, so the second summary of a message needs a
-- second id: one more revision of it, beside the first.

alter table email_discoveries add column revision smallint not null default 1 check (revision > 0);
alter table email_discoveries
  drop constraint email_discoveries_connection_id_gmail_message_id_key,
  add unique (connection_id, gmail_message_id, revision);

-- When a later revision's summary took its place. The old one stays, readable by its id: it is what its credit was captured for.
alter table email_summaries add column superseded_at timestamptz;
create unique index email_summaries_current on email_summaries (connection_id, gmail_message_id) where superseded_at is null;
