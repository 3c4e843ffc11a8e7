import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clientNetwork, createClientAddress } from '../../src/server/client-address.ts';

const PROXY = '10.0.0.5';
const PROXIES = ['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '2001:db8::5'];

function addressOf(
  trustProxy: boolean | readonly string[],
  remoteAddress: string | undefined,
  forwardedFor?: string,
) {
  return createClientAddress(trustProxy)({ remoteAddress, forwardedFor });
}

test.each<[string, string | undefined, string]>([
  ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
  ['an IPv4 address in IPv6’s clothes', '::ffff:203.0.113.7', '203.0.113.7'],
  ['the same, in hexadecimal', '::ffff:cb00:7107', '203.0.113.7'],
  ['an IPv6 address, in its shortest form', '2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['an IPv6 address of an interface', 'fe80::1%eth0', 'fe80::1'],
  ['a connection that has gone', undefined, ''],
])('without a trusted proxy it is whoever connects: %s', (_, remote, expected) => {
  expect(addressOf(false, remote, '198.51.100.1')).toBe(expected);
  expect(addressOf(['172.16.0.1'], remote, '198.51.100.1')).toBe(expected);
});

describe('behind proxies that are known', () => {
  test.each<[string, string, string | undefined, string]>([
    ['what the proxy has seen', PROXY, '203.0.113.7', '203.0.113.7'],
    ['the last, not what the client has made up', PROXY, '1.1.1.1, 203.0.113.7', '203.0.113.7'],
    ['the last that is no proxy', PROXY, '1.1.1.1, 203.0.113.7, 10.9.9.9, 192.0.2.1', '203.0.113.7'],
    ['whoever connects, if it is no proxy', '203.0.113.9', '203.0.113.7', '203.0.113.9'],
    ['the proxy itself, if it says nothing', PROXY, undefined, PROXY],
    ['the proxy itself, if it says nothing but commas', PROXY, ' , ,', PROXY],
    ['the first proxy, if there is nobody before it', PROXY, '10.0.0.9, 10.0.0.8', '10.0.0.9'],
    ['a client of IPv6', 'fd00::1', '2001:db8::1, 2001:db8::9', '2001:db8::9'],
    ['a client behind a proxy of IPv6', '2001:db8::5', '203.0.113.7', '203.0.113.7'],
    ['behind a proxy in IPv6’s clothes', '::ffff:10.0.0.5', '::ffff:203.0.113.7', '203.0.113.7'],
    ['without its port', PROXY, '203.0.113.7:4711', '203.0.113.7'],
    ['of IPv6 without its port', PROXY, '[2001:db8::1]:4711', '2001:db8::1'],
    ['of IPv6 in brackets', PROXY, '[2001:db8::1]', '2001:db8::1'],
    ['without blanks', PROXY, ' 1.1.1.1 ,\t203.0.113.7 ', '203.0.113.7'],
  ])('it is %s', (_, remote, header, expected) => {
    expect(addressOf(PROXIES, remote, header)).toBe(expected);
  });

  test.each([
    'unknown',
    '_hidden',
    'localhost',
    '203.0.113',
    '203.0.113.256',
    '0xcb007107',
    '0313.0.0161.7',
    '3405803783',
    '2001:db8::1::2',
    '2001:db8::1:4711:x',
    '203.0.113.7/24',
    '203.0.113.7 10.0.0.1',
    '"203.0.113.7"',
    'for=203.0.113.7',
    '[2001:db8::1',
    '203.0.113.7:port',
    '<script>',
    '１.１.１.１',
  ])('garbage is not trusted, nor what stands before it: %s', (garbage) => {
    expect(addressOf(PROXIES, PROXY, garbage)).toBe(PROXY);
    expect(addressOf(PROXIES, PROXY, `198.51.100.1, ${garbage}`)).toBe(PROXY);
    expect(addressOf(PROXIES, PROXY, `198.51.100.1, ${garbage}, 10.0.0.9`)).toBe('10.0.0.9');
  });
});

describe('behind whoever connects', () => {
  test.each<[string, string | undefined, string]>([
    ['what it has seen', '203.0.113.7', '203.0.113.7'],
    ['the last alone: further left stands what the client has made up', '1.1.1.1, 10.0.0.9', '10.0.0.9'],
    ['itself, if it says nothing', undefined, PROXY],
    ['itself, if it says nonsense', '1.1.1.1, unknown', PROXY],
  ])('it is %s', (_, header, expected) => {
    expect(addressOf(true, PROXY, header)).toBe(expected);
  });
});

test.each<[string, string, boolean]>([
  ['172.16.0.0/12', '172.31.255.255', true],
  ['172.16.0.0/12', '172.32.0.0', false],
  ['10.0.0.1', '10.0.0.2', false],
  ['10.0.0.1/32', '10.0.0.1', true],
  ['::ffff:10.0.0.0/104', '10.200.0.1', true],
  ['::ffff:10.0.0.0/104', '11.0.0.1', false],
  ['::ffff:10.0.0.1', '10.0.0.1', true],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  // The same bits as 10.0.0.1, but another address.
  ['10.0.0.0/8', '::a00:1', false],
])('the network %s has %s: %s', (network, remote, isProxy) => {
  expect(addressOf([network], remote, '203.0.113.7') === '203.0.113.7').toBe(isProxy);
});

it('whatever a client sends before it, the entry of the proxy counts', () => {
  const anything = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.1'));
  fc.assert(
    fc.property(fc.array(anything), (sent) => {
      expect(addressOf(PROXIES, PROXY, [...sent, '203.0.113.7'].join(','))).toBe('203.0.113.7');
      expect(addressOf(true, PROXY, [...sent, '203.0.113.7'].join(','))).toBe('203.0.113.7');
      expect(addressOf(false, PROXY, sent.join(','))).toBe(PROXY);
    }),
  );
});

test.each<[string, string]>([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::', '2001:db8:1:3::/64'],
  ['::1', '::/64'],
  ['', ''],
])('the client %s is counted as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});
