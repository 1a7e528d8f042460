-- Why: the summaries users pay for, and the model's answer kept between its arrival and its commit.

create table email_summaries (
  id uuid primary key,
  user_id uuid not null,
  email_id uuid not null unique,
  connection_id uuid not null,
  gmail_message_id text not null,
  gmail_thread_id text not null,
  subject text not null,
  sender text not null,
  received_at timestamptz not null,
  headline text not null check (length(headline) between 1 and 200),
  summary text not null check (length(summary) between 1 and 4000),
  key_points jsonb not null default '[]',
  action_items jsonb not null default '[]',
  category text not null,
  urgency text not null check (urgency in ('low', 'normal', 'high', 'critical')),
  people jsonb not null default '[]',
  language text not null,
  confidence double precision not null check (confidence between 0 and 1),
  model text not null,
  prompt_version text not null,
  input_tokens integer not null check (input_tokens >= 0),
  output_tokens integer not null check (output_tokens >= 0),
  cache_read_tokens integer not null default 0 check (cache_read_tokens >= 0),
  cache_write_tokens integer not null default 0 check (cache_write_tokens >= 0),
  cost_micros bigint not null check (cost_micros >= 0),
  created_at timestamptz not null default now(),
  foreign key (email_id, user_id) references email_discoveries (id, user_id),
  foreign key (connection_id, user_id) references gmail_connections (id, user_id)
);
create index email_summaries_user on email_summaries (user_id, received_at desc, id desc);
create index email_summaries_category on email_summaries (user_id, category, received_at desc, id desc);
create index email_summaries_thread on email_summaries (connection_id, gmail_thread_id, received_at);
alter table email_summaries enable row level security;
alter table email_summaries force row level security;
create policy own on email_summaries to inbrief_user
  using (user_id = (select current_user_id())) with check (user_id = (select current_user_id()));
create policy service on email_summaries to inbrief_service using (true) with check (true);
grant select on email_summaries to inbrief_user;
grant select, insert, update, delete on email_summaries to inbrief_service;

-- The model's answer to one mail under one prompt, kept until the summary's transaction commits: a crash between the
-- two does not pay the vendor twice. `content` holds headers and the answer, never the mail's body.
create table summary_drafts (
  email_id uuid not null,
  user_id uuid not null,
  prompt_version text not null,
  model text not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  primary key (email_id, prompt_version, model),
  foreign key (email_id, user_id) references email_discoveries (id, user_id)
);
create index summary_drafts_user on summary_drafts (user_id);
alter table summary_drafts enable row level security;
alter table summary_drafts force row level security;
create policy own on summary_drafts for select to inbrief_user using (user_id = (select current_user_id()));
create policy service on summary_drafts to inbrief_service using (true) with check (true);
grant select, insert, update, delete on summary_drafts to inbrief_service;
