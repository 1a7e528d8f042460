-- Why: the rules of the migration before this one, held against the rows that were there. Readers and writers go on meanwhile.
alter table credit_wallets validate constraint credit_wallets_sound;
alter table credit_lots validate constraint credit_lots_sound;
alter table credit_holds validate constraint credit_holds_sound;
alter table credit_transactions validate constraint credit_transactions_sound;
