/** One wake-up per mail to summarise. */
export const emailQueue = 'emails';
/** One wake-up per mailbox to sync. */
export const syncQueue = 'syncs';

/** What a wake-up says: which row, and which dispatch of it. A wake-up whose dispatch is not the row's last is stale. */
export interface WakeUpData {
  id: string;
  dispatchId: string;
}
