import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors/domain-error';

/** Where a page ended: the sort key's values of its last row. */
export type CursorPosition = readonly (string | number | null)[];

const maxLength = 1_024;
const tagBytes = 16;

/** Opaque page cursors: signed, so a caller can neither read meaning into one nor make one up. */
export class CursorCodec {
  private readonly key: KeyObject;

  /** @param secret 32 characters or more; all processes share it. */
  constructor(secret: string) {
    this.key = createSecretKey(secret, 'utf8');
  }

  /** @param list name of the list it pages through, such as `email.summaries`; it is valid for no other. */
  encode(list: string, position: CursorPosition): string {
    const payload = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.tagOf(list, payload), payload]).toString('base64url');
  }

  /** @throws DomainError `request.bad-cursor` for anything that `encode` did not make for this list. */
  decode(list: string, cursor: string): CursorPosition {
    if (cursor.length > maxLength) throw badCursor();
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(tagBytes);
    const tag = bytes.subarray(0, tagBytes);
    if (tag.length !== tagBytes || !timingSafeEqual(tag, this.tagOf(list, payload))) throw badCursor();
    return JSON.parse(payload.toString()) as CursorPosition;
  }

  private tagOf(list: string, payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${list}\n`).update(payload).digest().subarray(0, tagBytes);
  }
}

function badCursor(): DomainError {
  return new DomainError('invalid', 'request.bad-cursor', 'The cursor is not one this list gave out.');
}
