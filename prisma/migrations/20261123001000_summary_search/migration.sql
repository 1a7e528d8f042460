-- Why: a reader finds a summary again by its words. The configuration is `simple`, since summaries come in every
-- language; endings are met by searching for beginnings of words instead of stems.

alter table email_summaries add column search tsvector generated always as (
  setweight(to_tsvector('simple', headline), 'A')
  || setweight(to_tsvector('simple', subject || ' ' || sender), 'B')
  || setweight(to_tsvector('simple', summary), 'C')
  || setweight(jsonb_to_tsvector('simple', key_points, '["string"]'), 'D')
  || setweight(jsonb_to_tsvector('simple', people, '["string"]'), 'D')
) stored;
create index email_summaries_search on email_summaries using gin (search);
