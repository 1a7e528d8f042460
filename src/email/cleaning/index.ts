export { cleanGmailMail, cleanRawMail } from './clean-mail';
export type { CleanMail } from './clean-mail.types';
export { fitToBudget } from './token-budget';
