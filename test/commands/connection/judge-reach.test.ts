import { describe, expect, test } from 'vitest';
import { judgeReach } from '../../../src/commands/connection/judge-reach.ts';
import type { Reach } from '../../../src/commands/connection/reach.ts';

const URL_ASKED = new URL('https://shop.example.com/shipstation');
const NOW = new Date('2026-06-01T12:00:00Z');

const judged = (reach: Reach, url = URL_ASKED) =>
  judgeReach(url, reach, NOW).map(({ check, level, message }) => `${check} ${level}: ${message}`);

describe('a name', () => {
  test.each([
    ['ENOTFOUND', /^name problem: shop\.example\.com is not known to DNS$/],
    ['ENODATA', /^name problem: shop\.example\.com is not known to DNS$/],
    ['EAI_AGAIN', /^name problem: shop\.example\.com could not be looked up: .*EAI_AGAIN/],
    ['TIMEOUT', /^name problem: shop\.example\.com could not be looked up: .*TIMEOUT/],
  ])('that is not found: %s', (code, message) => {
    expect(judged({ addresses: { code } })).toEqual([expect.stringMatching(message)]);
  });

  test('with an address of the internet is good', () => {
    expect(judged({ addresses: [{ address: '203.0.113.7' }] })).toEqual([
      'name ok: shop.example.com is 203.0.113.7',
      'connection ok: port 443 takes connections',
    ]);
  });

  test('with a private address is a warning', () => {
    expect(judged({ addresses: [{ address: '10.0.0.7' }] })[0]).toMatch(
      /^name warning: .*10\.0\.0\.7 as seen from here/,
    );
  });

  test('with an address of IPv6 alone is a warning', () => {
    expect(judged({ addresses: [{ address: '2001:db8::7' }] })[0]).toMatch(
      /^name warning: .*IPv6 address alone/,
    );
  });

  test('that is an address has nothing to be looked up', () => {
    const url = new URL('https://203.0.113.7:8443/shipstation');
    expect(judged({ addresses: [{ address: '203.0.113.7' }] }, url)).toEqual([
      'connection ok: port 8443 takes connections',
    ]);
  });
});

describe('a connection', () => {
  const connection = (...addresses: { address: string; code?: string }[]) => judged({ addresses }).at(-1);

  test.each([
    ['ECONNREFUSED', /^connection problem: port 443 of 203\.0\.113\.7 is closed/],
    ['TIMEOUT', /^connection problem: port 443 of 203\.0\.113\.7 does not answer at all/],
    ['ETIMEDOUT', /^connection problem: .*does not answer at all/],
    ['EHOSTUNREACH', /^connection problem: .*is not reached \(EHOSTUNREACH\)/],
  ])('that cannot be made: %s', (code, message) => {
    expect(connection({ address: '203.0.113.7', code })).toMatch(message);
  });

  test('to one of two addresses is a warning', () => {
    expect(connection({ address: '203.0.113.7', code: 'TIMEOUT' }, { address: '203.0.113.8' })).toBe(
      'connection warning: port 443 takes no connections at 203.0.113.7',
    );
  });

  test('that this machine has no IPv6 for is nobody’s fault', () => {
    for (const code of ['ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTUNREACH'])
      expect(connection({ address: '203.0.113.7' }, { address: '2001:db8::7', code })).toBe(
        'connection ok: port 443 takes connections',
      );
    expect(connection({ address: '203.0.113.7' }, { address: '2001:db8::7', code: 'ECONNREFUSED' })).toMatch(
      /^connection warning/,
    );
  });
});

test('a certificate that is good for ten more days is good', () => {
  const until = (validTo: string) =>
    judged({
      addresses: [{ address: '203.0.113.7' }],
      tls: {
        protocol: 'TLSv1.3',
        certificate: {
          names: ['shop.example.com'],
          issuer: 'Everybody’s Authority',
          validFrom: new Date('2026-05-01'),
          validTo: new Date(validTo),
        },
      },
    }).at(-1);
  expect(until('2026-06-11T12:00:00Z')).toBe(
    'TLS ok: TLSv1.3, a certificate by Everybody’s Authority until 2026-06-11',
  );
  expect(until('2026-06-11T11:59:59Z')).toMatch(/^TLS warning: .*2026-06-11: that is soon/);
});
