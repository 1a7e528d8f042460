import { DomainError } from '../../kernel/errors/domain-error';
import { commonPasswords } from './common-passwords';

/** Characters of a password. The upper bound only keeps hashing cheap. */
export const passwordLimits = { min: 10, max: 200 } as const;

/**
 * Refuses a password that an attacker tries first: a common one, however its letters are cased, or the owner's own
 * address or name. Length is the DTO's to check; nothing else is asked for, since rules about signs make passwords worse.
 * @throws DomainError `auth.weak-password` (invalid).
 */
export function assertGoodPassword(password: string, owner: { email: string; name: string }): void {
  const plain = password.toLowerCase();
  const [local = ''] = owner.email.split('@');
  const own = [owner.email, local, owner.name].map((text) => text.toLowerCase());
  if (commonPasswords.has(plain) || own.includes(plain) || new Set(plain).size < 4)
    throw new DomainError('invalid', 'auth.weak-password', 'This password is too easy to guess.', {
      faults: [{ path: '/password', message: 'This password is among the first that are tried.' }],
    });
}
