import { expect, test } from 'vitest';
import { isOwnNetwork } from '../../../src/commands/connection/own-network.ts';

test.each([
  'localhost',
  'shop.localhost',
  'bridge',
  'shop.internal',
  'nas.local',
  'shop.home.arpa',
  '127.0.0.1',
  '127.9.9.9',
  '10.0.0.7',
  '100.64.0.1',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '0.0.0.0',
  '[::1]',
  '::1',
  '[fd00::7]',
  'fe80::1',
  '::ffff:10.0.0.7',
])('%s is not reached from the internet', (host) => {
  expect(isOwnNetwork(host)).toBe(true);
});

test.each([
  'shop.example.com',
  'localhost.example.com',
  'mylocal.com',
  '8.8.8.8',
  '11.0.0.1',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '[2606:4700::1111]',
  '::ffff:8.8.8.8',
])('%s is', (host) => {
  expect(isOwnNetwork(host)).toBe(false);
});
