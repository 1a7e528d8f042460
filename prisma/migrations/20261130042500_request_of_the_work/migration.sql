-- Whoever reads a worker's log asks which call it follows from: events and jobs carry that call's id along with its trace. The id is
-- the caller's own where one was sent, of at most 64 characters (kernel/http/request-id.ts).
alter table outbox_messages add column request_id text;
alter table background_jobs add column request_id text;
alter table processing_jobs add column request_id text;
