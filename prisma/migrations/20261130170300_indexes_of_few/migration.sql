-- Why: an index of the few rows that wait is tiny while nothing waits. A statement that looks one row up by its key and names the same state
-- was then planned to go through all of that index instead, and a connection keeps its plan: in the next rush each capture read every
-- living hold of everybody, and each page of a run every mail that waits for credits. These indexes now ask for one condition more, which
-- is always true there, and only those name it who mean the index.
drop index credit_holds_overdue;
create index credit_holds_overdue on credit_holds (expires_at) where state = 'held' and resolved_at is null;
drop index processing_jobs_waiting;
create index processing_jobs_waiting on processing_jobs (user_id, received_at desc, id desc)
  where state = 'awaiting_credits' and finished_at is null;
