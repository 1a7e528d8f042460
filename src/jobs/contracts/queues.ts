/** One wake-up per mail to summarise. */
export const emailQueue = 'emails';
/** One wake-up per mailbox to sync. */
export const syncQueue = 'syncs';
