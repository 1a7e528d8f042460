-- Work on a mail belongs to the trace of whatever asked for it, however long it waits: its row carries the context (W3C
-- traceparent) that the outbox's rows carry already.
alter table processing_jobs add column traceparent text;
alter table background_jobs add column traceparent text;
