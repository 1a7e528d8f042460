-- Why: connected mailboxes, the mails found in them, and what a user asks to be done with those mails.

create table gmail_connections (
  id uuid primary key,
  user_id uuid not null references users (id),
  google_subject text not null,
  email_address text not null,
  status text not null check (status in ('pending', 'connected', 'needs_reauth', 'paused', 'disconnected')),
  status_reason text,
  status_since timestamptz not null default now(),
  scopes text[] not null default '{}',
  access_token_cipher bytea,
  access_token_expires_at timestamptz,
  refresh_token_cipher bytea,
  -- Whoever refreshes the access token; the others wait for its answer.
  refresh_lease_token uuid,
  refresh_lease_expires_at timestamptz,
  -- The cursor: everything up to this history id has been discovered. Google says uint64; more digits do no harm.
  history_id numeric(24, 0),
  -- A backfill under way: the history id it began at, the oldest mail it wants, where it stands and what it took.
  backfill_history_id numeric(24, 0),
  backfill_after timestamptz,
  backfill_page_token text,
  backfill_unsearched boolean not null default false,
  backfill_taken integer not null default 0,
  backfill_completed_at timestamptz,
  backfill_days integer check (backfill_days between 1 and 3650),
  only_labels text[] not null default '{}',
  skip_labels text[] not null default '{CATEGORY_PROMOTIONS,SPAM,TRASH,SENT,DRAFT,CHAT}',
  watch_expires_at timestamptz,
  watch_tried_at timestamptz,
  last_push_at timestamptz,
  -- The newest history id that a push named, and since when a walk for it is due.
  pushed_history_id numeric(24, 0),
  push_pending_since timestamptz,
  last_synced_at timestamptz,
  -- Every mail received before this instant has been seen.
  synced_through timestamptz,
  last_error_code text,
  failing_since timestamptz,
  stalled_at timestamptz,
  lease_token uuid,
  lease_expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, user_id),
  unique (user_id, google_subject),
  check (status <> 'connected' or refresh_token_cipher is not null),
  check (status <> 'disconnected' or (access_token_cipher is null and refresh_token_cipher is null))
);
create index gmail_connections_due on gmail_connections (last_synced_at) where status = 'connected';
create index gmail_connections_address on gmail_connections (email_address) where status = 'connected';
create trigger gmail_connections_touch before update on gmail_connections for each row execute function touch_updated_at();
alter table gmail_connections enable row level security;
alter table gmail_connections force row level security;
create policy own on gmail_connections to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on gmail_connections to inbrief_service using (true) with check (true);
grant select on gmail_connections to inbrief_user;
grant select, insert, update on gmail_connections to inbrief_service;

-- One consent under way: single use, bound to the user and the session that began it.
create table gmail_oauth_states (
  state_hash bytea primary key,
  user_id uuid not null references users (id),
  session_id uuid not null,
  code_verifier_cipher bytea not null,
  scopes text[] not null,
  return_to text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index gmail_oauth_states_expiry on gmail_oauth_states (expires_at);
create index gmail_oauth_states_user on gmail_oauth_states (user_id);
alter table gmail_oauth_states enable row level security;
alter table gmail_oauth_states force row level security;
create policy own on gmail_oauth_states to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on gmail_oauth_states to inbrief_service using (true) with check (true);
grant select, insert, update, delete on gmail_oauth_states to inbrief_service;

-- A mail that exists in a mailbox. Its id is the e-mail's id everywhere else. Once per mailbox, whatever finds it again.
create table email_discoveries (
  id uuid primary key,
  user_id uuid not null,
  connection_id uuid not null,
  run_id uuid,
  gmail_message_id text not null,
  gmail_thread_id text not null,
  labels text[] not null default '{}',
  -- Address in From and id in List-Id, in lower case: what rules look at.
  sender text,
  list_id text,
  received_at timestamptz,
  discovered_at timestamptz not null default now(),
  unique (id, user_id),
  unique (connection_id, gmail_message_id),
  foreign key (connection_id, user_id) references gmail_connections (id, user_id)
);
create index email_discoveries_user on email_discoveries (user_id, discovered_at desc, id desc);
create index email_discoveries_thread on email_discoveries (connection_id, gmail_thread_id);
create index email_discoveries_run on email_discoveries (run_id) where run_id is not null;
alter table email_discoveries enable row level security;
alter table email_discoveries force row level security;
create policy own on email_discoveries to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on email_discoveries to inbrief_service using (true) with check (true);
grant select on email_discoveries to inbrief_user;
grant select, insert, update on email_discoveries to inbrief_service;

-- What a user has done to mails of a kind, once their summary is stored.
create table email_rules (
  id uuid primary key,
  user_id uuid not null references users (id),
  name text not null check (length(name) between 1 and 120),
  enabled boolean not null default true,
  categories text[] not null default '{}',
  urgencies text[] not null default '{}',
  senders text[] not null default '{}',
  lists text[] not null default '{}',
  kind text not null check (kind in ('mark_read', 'mark_unread', 'star', 'unstar', 'archive', 'unarchive', 'label', 'unlabel', 'trash', 'untrash')),
  label_id text,
  created_at timestamptz not null default now(),
  unique (id, user_id),
  check ((kind in ('label', 'unlabel')) = (label_id is not null)),
  check (cardinality(categories) + cardinality(urgencies) + cardinality(senders) + cardinality(lists) > 0)
);
create index email_rules_user on email_rules (user_id, id);
alter table email_rules enable row level security;
alter table email_rules force row level security;
create policy own on email_rules to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on email_rules to inbrief_service using (true) with check (true);
grant select, insert, update, delete on email_rules to inbrief_user, inbrief_service;

-- What a user (or a user's rule) asks Gmail to do with a mail; recorded before it is sent.
create table email_actions (
  id uuid primary key,
  user_id uuid not null,
  email_id uuid not null,
  kind text not null check (kind in ('mark_read', 'mark_unread', 'star', 'unstar', 'archive', 'unarchive', 'label', 'unlabel', 'trash', 'untrash')),
  label_id text,
  requested_by text not null check (requested_by in ('user', 'rule')),
  -- The caller's id of the request, or the rule's: the same request on the same mail is one action.
  request_id uuid not null,
  status text not null default 'requested' check (status in ('requested', 'applied', 'failed', 'undoing', 'undone')),
  labels_before text[],
  labels_after text[],
  reason_code text,
  requested_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz,
  unique (id, user_id),
  unique (user_id, request_id, email_id),
  foreign key (email_id, user_id) references email_discoveries (id, user_id),
  check ((kind in ('label', 'unlabel')) = (label_id is not null))
);
create index email_actions_user on email_actions (user_id, requested_at desc, id desc);
create index email_actions_email on email_actions (email_id);
alter table email_actions enable row level security;
alter table email_actions force row level security;
create policy own on email_actions to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on email_actions to inbrief_service using (true) with check (true);
grant select, insert on email_actions to inbrief_user;
grant select, insert, update on email_actions to inbrief_service;
