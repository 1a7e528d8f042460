import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

/** Why an address is none that we send to. */
export type TargetFault =
  'not-a-url' | 'not-https' | 'has-credentials' | 'has-fragment' | 'port-not-allowed' | 'private-address';

const ports = new Set(['', '8443']);

/**
 * What is wrong with a receiver's URL, before anything is looked up; undefined for a good one. Addresses are judged as the URL
 * parser writes them, so `0x7f.1`, `2130706433` and `127.0.0.1.` are all 127.0.0.1.
 * @param trusted origins of the installation's own that need be neither https nor public.
 */
export function targetFault(url: string, trusted: readonly string[]): TargetFault | undefined {
  if (!URL.canParse(url)) return 'not-a-url';
  const target = new URL(url);
  if (target.username !== '' || target.password !== '') return 'has-credentials';
  if (target.hash !== '') return 'has-fragment';
  if (isTrusted(target, trusted)) return undefined;
  if (target.protocol !== 'https:') return 'not-https';
  if (!ports.has(target.port)) return 'port-not-allowed';
  const host = literalOf(target);
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'private-address';
  return /(^|\.)localhost\.?$/.test(host) ? 'private-address' : undefined;
}

export function isTrusted(target: URL, trusted: readonly string[]): boolean {
  return trusted.includes(target.origin);
}

/** The host without the brackets around an IPv6 address. */
export function literalOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
