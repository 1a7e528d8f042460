import { Command } from '@nestjs/cqrs';

/**
 * Forgets sessions that ended over 30 days ago with their refresh tokens, mailed tokens past their use, and old counts of
 * guesses. For a daily schedule; harmless to repeat.
 */
export class PurgeExpiredCredentials extends Command<void> {}
