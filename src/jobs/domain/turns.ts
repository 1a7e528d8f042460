/** What a user is to the dispatcher: `paying` once they bought credits. */
export type TenantClass = 'trial' | 'paying';

/** Mails of a paying user that take their turn for each one of a trial user. */
export const payingWeight = 3;

/** Seconds after which a user with ready mails and none under way goes first, whatever their class: nobody starves. */
export const overdueSeconds = 30;

/** Mails of one mailbox that one wake-up stands for at most: they are leased, and fetched from Gmail, together. */
export const mailsPerWakeUp = 5;
