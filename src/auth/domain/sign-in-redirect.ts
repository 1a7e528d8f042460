import { DomainError } from '../../kernel/errors/domain-error';

/**
 * Where Google may send the browser after a sign-in: the console, or an address of the allow-list, letter by letter, as
 * Google itself compares them.
 * @throws DomainError `auth.redirect-not-allowed` (invalid).
 */
export function signInRedirect(
  wanted: string | undefined,
  { PUBLIC_URL, RETURN_URLS }: { PUBLIC_URL: string; RETURN_URLS: string[] },
): string {
  const home = `${PUBLIC_URL}/console/`;
  const redirect = wanted ?? home;
  if (redirect !== home && !RETURN_URLS.includes(redirect))
    throw new DomainError(
      'invalid',
      'auth.redirect-not-allowed',
      'This redirect address is not on the allow-list.',
    );
  return redirect;
}
