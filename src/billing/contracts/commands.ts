import { Command } from '@nestjs/cqrs';

/**
 * Holds one credit for each mail, in the given order, as far as the balance reaches; answers the mails that are held now,
 * earlier holds included. Joins the caller's transaction (service).
 */
export class HoldCredits extends Command<string[]> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
  ) {
    super();
  }
}

/** Captures the held credit of each mail; a mail that was captured before stays so. */
export class CaptureCredits extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
  ) {
    super();
  }
}

/** Gives the held credit of each mail back; a mail without a live hold is left as it is. */
export class ReleaseCredits extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
    readonly reason: string,
  ) {
    super();
  }
}
