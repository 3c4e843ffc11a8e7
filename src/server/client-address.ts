import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a request says that it comes from. */
interface Origin {
  /** Address of whoever has opened the connection. */
  readonly remoteAddress: string | undefined;
  /** The header `X-Forwarded-For`, several of them joined by commas. */
  readonly forwardedFor: string | undefined;
}

/** Gives the client's address in its shortest form; empty where the connection has gone already. */
export type ClientAddress = (origin: Origin) => string;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/**
 * Finds out who a request comes from. Every proxy appends the address that it has seen to `X-Forwarded-For`, so the
 * header is read from its right end, and only as far as the addresses are those of trusted proxies: what stands further
 * left is what the client itself has sent. What is no address is not trusted, and the proxy that has passed it on counts.
 *
 * @param trustProxy `false`: the header is not read; `true`: whoever connects is a proxy, and the only one; a list: the
 *   addresses and networks of the proxies
 */
export function createClientAddress(trustProxy: boolean | readonly string[]): ClientAddress {
  const isTrusted = createTrust(trustProxy);
  const isProxy = (address: Address, hop: number) =>
    isTrusted(address) && (hop === 0 || typeof trustProxy !== 'boolean');

  return ({ remoteAddress, forwardedFor }) => {
    let address = parseAddress(remoteAddress ?? '');
    if (address === undefined) return '';
    const hops = forwardedFor?.split(',') ?? [];
    for (let hop = 0; isProxy(address, hop); hop += 1) {
      const before = parseAddress(withoutPort(hops.pop()?.trim() ?? ''));
      if (before === undefined) break;
      address = before;
    }
    return address.toString();
  };
}

/**
 * Whether an address may have the connections of many clients: a trusted proxy, and any address that is not one of the
 * internet, where proxies stand before they are named.
 */
export function createProxyTest(trustProxy: boolean | readonly string[]): (address: string) => boolean {
  const isTrusted = createTrust(trustProxy);
  return (address) => {
    const parsed = parseAddress(address);
    return parsed !== undefined && (parsed.range() !== 'unicast' || isTrusted(parsed));
  };
}

function createTrust(trustProxy: boolean | readonly string[]): (address: Address) => boolean {
  if (typeof trustProxy === 'boolean') return () => trustProxy;
  const networks = trustProxy.map(parseNetwork);
  return (address) => networks.some((network) => isWithin(address, network));
}

// The smallest network that is given to one customer: whoever has one can come from 2^64 addresses.
const CUSTOMER_BITS = 64;

/** The network by which requests of one client are counted: an IPv4 address itself, of an IPv6 address the /64. */
export function clientNetwork(address: string): string {
  const parsed = parseAddress(address);
  return parsed?.kind() === 'ipv6'
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${CUSTOMER_BITS}`)}/${CUSTOMER_BITS}`
    : address;
}

/** An IPv4 address in IPv6's clothes, as sockets give it that listen on both, is an IPv4 address. */
function parseAddress(text: string): Address | undefined {
  // Alone, the library takes any number for an address, and octal and hexadecimal parts.
  if (isIP(text) === 0) return undefined;
  // An interface's name tells nothing of the client.
  return ipaddr.process(text.replace(/%.*$/, ''));
}

/** Some proxies append the client's port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

const MAPPED_BITS = 96;

function parseNetwork(text: string): Network {
  if (!text.includes('/')) {
    const address = ipaddr.process(text);
    return [address, address.toByteArray().length * 8];
  }
  const [address, bits] = ipaddr.parseCIDR(text);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= MAPPED_BITS
    ? [address.toIPv4Address(), bits - MAPPED_BITS]
    : [address, bits];
}

function isWithin(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
