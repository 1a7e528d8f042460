/** Which sync is wanted, and which dispatch of it: a wake-up whose dispatch is not the row's last is stale. */
export interface SyncWakeUp {
  id: string;
  dispatchId: string;
}

/** Mails of one mailbox that are wanted together, in their turns. Each may have gone on by itself since. */
export interface MailsWakeUp {
  ids: string[];
  dispatchId: string;
}
