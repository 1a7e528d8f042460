export { cleanGmailMail, cleanRawMail } from './clean-mail';
export type { CleaningNote, CleanMail, CleanMailKind, MailAddress, MailAttachment } from './clean-mail.types';
export type { GmailPayload } from './mime/gmail-payload';
export { cleanUrl } from './text/links';
export { visibleCharacters } from './text/characters';
export { type BudgetedText, estimateTokens, fitToBudget } from './token-budget';
