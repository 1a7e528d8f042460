import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../domain/public-address';
import { SendFailure } from './send-failure';

/** Every address of a name, of both families. */
export type Resolve = (hostname: string) => Promise<string[]>;

const dns = new Resolver({ timeout: 2_000, tries: 2 });

/**
 * Asks DNS itself: neither a hosts file nor a search domain of ours gives a stranger's name a meaning, and no thread of
 * the pool waits for a slow server.
 */
export const resolveByDns: Resolve = async (hostname) => {
  const families = await Promise.allSettled([dns.resolve4(hostname), dns.resolve6(hostname)]);
  return families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []));
};

/**
 * A lookup for one connection: what it checks is what is connected to, so no second answer of DNS can come between. One private
 * address among public ones refuses them all. Node does not call it for a host that is an address already.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, { all }, callback) => {
    const found = resolve(hostname).then((addresses) => {
      const [first] = addresses;
      if (first === undefined) throw new SendFailure('dns-failed');
      if (!addresses.every(isPublicAddress)) throw new SendFailure('private-address');
      return { first, list: addresses.map((address) => ({ address, family: isIP(address) })) };
    });
    found.then(
      ({ first, list }) => (all ? callback(null, list) : callback(null, first, isIP(first))),
      (error: unknown) => {
        callback(error instanceof SendFailure ? error : new SendFailure('dns-failed'), []);
      },
    );
  };
}
