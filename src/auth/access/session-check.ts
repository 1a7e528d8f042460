import { AsyncResource } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { type SessionName, SessionRepository, type Standing } from '../session.repository';

interface Asking extends SessionName {
  readonly resolve: (standing: Standing | undefined) => void;
  readonly reject: (fault: unknown) => void;
}

/** Questions that may be under way at once: more than one, so that a connection that hangs does not hold everybody up. */
const mostUnderWay = 3;
/** Sessions in one question. */
const mostTogether = 100;

/**
 * Asks the database on every call whether its session lives, so that no process honours what another has revoked. Under load
 * many calls share a statement: whoever comes while answers are under way waits for the next question, which so begins after
 * they came. That is as exact as a question of their own, and costs a fraction.
 */
@Injectable()
export class SessionCheck {
  private readonly waiting: Asking[] = [];
  private underWay = 0;
  /** In the context of no call: a question belongs to all who ask it. */
  private readonly ask: () => void;

  constructor(private readonly sessions: SessionRepository) {
    this.ask = AsyncResource.bind(() => void this.answerAll());
  }

  /** How the user stands while session and account are good, else undefined. */
  standingOf(userId: string, sessionId: string): Promise<Standing | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ userId, sessionId, resolve, reject });
      if (this.underWay < mostUnderWay) this.ask();
    });
  }

  private async answerAll(): Promise<void> {
    this.underWay += 1;
    while (this.waiting.length > 0) {
      const together = this.waiting.splice(0, mostTogether);
      try {
        const standings = await this.sessions.standings(together);
        for (const { userId, sessionId, resolve } of together)
          resolve(standings.get(`${userId} ${sessionId}`));
      } catch (fault) {
        for (const { reject } of together) reject(fault);
      }
    }
    this.underWay -= 1;
  }
}
