-- Why: the commit that ends a mail travels with its statements, so that the rows it locks are locked for no round trip. What it
-- depends on can then not be looked at on the way: the database itself refuses.

-- Ends the transaction in an error that the application tells from a fault by its SQLSTATE.
create function refuse(reason text) returns void
language plpgsql
as $$
begin
  raise exception using errcode = 'IB409', message = reason;
end $$;
