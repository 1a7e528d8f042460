export { cleanGmailMail, cleanRawMail } from './clean-mail';
export type { CleanMail } from './clean-mail.types';
export type { GmailPayload } from './mime/gmail-payload';
export { visibleCharacters } from './text/characters';
export { fitToBudget } from './token-budget';
