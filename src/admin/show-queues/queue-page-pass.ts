import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../kernel/http/cursor';

/** Where the page of queues stands, and all that its pass opens. */
export const queuePagePath = '/admin/queues';

/** Milliseconds that a pass is good for, if the session that got it lives so long. */
export const passLifeMs = 15 * 60_000;

const cookieName = 'inbrief-queues';
const purpose = 'admin.queue-page';

/** Whose pass it is: the administrator, in the session that asked for it. */
export interface PassHolder {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * What lets a browser see the page of queues: browsers send no bearer token when they follow a link. It is signed, opens that
 * page and nothing else, and says who holds it; whether they still may is asked of the database each time.
 */
@Injectable()
export class QueuePagePass {
  constructor(private readonly codec: CursorCodec) {}

  /** The value of `Set-Cookie` that leaves the pass with a browser: out of reach of scripts, sent from our own pages alone. */
  cookieFor({ userId, sessionId }: PassHolder, expiresAt: Date, isSecure: boolean): string {
    const pass = this.codec.encode(purpose, [userId, sessionId, expiresAt.getTime()]);
    const attributes = ['HttpOnly', 'SameSite=Strict', ...(isSecure ? ['Secure'] : [])];
    return [`${cookieName}=${pass}`, `Path=${queuePagePath}`, `Expires=${expiresAt.toUTCString()}`]
      .concat(attributes)
      .join('; ');
  }

  /** Whose pass stands in a `Cookie` header; undefined for none, one that we did not sign, or one that ran out. */
  holderOf(cookies: string | undefined): PassHolder | undefined {
    const passes = (cookies ?? '').split(/; */).filter((one) => one.startsWith(`${cookieName}=`));
    const [only, another] = passes;
    if (only === undefined || another !== undefined) return undefined;
    try {
      const [userId, sessionId, expiresAt] = this.codec.decode(purpose, only.slice(cookieName.length + 1));
      if (Number(expiresAt) <= Date.now()) return undefined;
      return { userId: String(userId), sessionId: String(sessionId) };
    } catch {
      return undefined;
    }
  }
}
