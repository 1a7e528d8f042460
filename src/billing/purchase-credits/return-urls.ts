import { DomainError } from '../../kernel/errors/domain-error';

/**
 * The address to come back to: the given one when it lies under an allowed one, the fallback when none is given. Origins
 * are compared whole and paths by their steps, since a prefix of the text would let `https://app.example.evil.org` in.
 * @throws DomainError `billing.return-url` for any other address.
 */
export function allowedReturnUrl(
  given: string | undefined,
  fallback: string,
  allowed: readonly string[],
): string {
  if (given === undefined) return fallback;
  if (allowed.some((base) => liesUnder(new URL(given), new URL(base)))) return given;
  throw new DomainError('invalid', 'billing.return-url', 'Checkout may not return to this address.');
}

function liesUnder(url: URL, base: URL): boolean {
  const steps = base.pathname.replace(/\/+$/, '');
  const inside = url.pathname === steps || url.pathname.startsWith(`${steps}/`);
  return url.origin === base.origin && inside && !url.username && !url.password;
}
