import { BlockList, isIP } from 'node:net';

// Loopback, private (RFC 1918, RFC 4193), shared by a provider's customers (RFC 6598), link-local, and "this host".
const OWN_NETWORKS = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  OWN_NETWORKS.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  OWN_NETWORKS.addSubnet(network, bits, 'ipv6');

// RFC 6761, RFC 6762, RFC 8375, and what home and office routers and clouds use.
const OWN_NAMES = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)$/i;

/** Whether the internet cannot reach a host, as it stands in a URL: an address of a network of one's own, or a local name. */
export function isOwnNetwork(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  if (family > 0) return OWN_NETWORKS.check(address, family === 6 ? 'ipv6' : 'ipv4');
  return OWN_NAMES.test(host) || !host.includes('.');
}
