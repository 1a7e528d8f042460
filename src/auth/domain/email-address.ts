/** An address as accounts are found by: e-mail addresses differ in case to nobody but their own server. */
export function normaliseEmail(address: string): string {
  return address.trim().toLowerCase();
}
