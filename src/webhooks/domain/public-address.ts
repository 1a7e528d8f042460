import { type IPv6, isValid, parse, parseCIDR } from 'ipaddr.js';

/** All that is routed between networks today (IANA: IPv6 Global Unicast Address Assignments). */
const globalUnicast = parseCIDR('2000::/3') as [IPv6, number];

/**
 * Whether an address is one of the public internet. Default is no: private, loopback, link-local (with the metadata services of
 * clouds), unique local, carrier-grade NAT, multicast, reserved and documentation addresses are refused, and so is every IPv6
 * address that only wraps an IPv4 one (mapped, NAT64, 6to4, Teredo), whatever is inside. Source: the IANA special-purpose
 * registries, as ipaddr.js has them.
 */
export function isPublicAddress(address: string): boolean {
  if (!isValid(address)) return false;
  const ip = parse(address);
  if (ip.range() !== 'unicast') return false;
  return ip.kind() === 'ipv4' || (ip as IPv6).match(globalUnicast);
}
