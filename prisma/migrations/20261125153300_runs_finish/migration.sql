-- A run is told to have finished once for each time it comes to rest: a retry opens it again, and it finishes as the next.
alter table background_jobs add column settled_times integer not null default 0;
update background_jobs set settled_times = 1 where settled_at is not null;
