-- A browser that comes back from Google has to say for which account, before its mailbox is connected: the word it was given for that.
alter table gmail_oauth_states add column confirm_hash bytea check (octet_length(confirm_hash) = 32);
