import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';

const FILES = ['nginx/cscart-shipstation.conf', 'apache/cscart-shipstation.conf', 'caddy/Caddyfile'];
const REQUIRED = {
  SHIPSTATION_USERNAME: 'x',
  SHIPSTATION_PASSWORD: 'x',
  CSCART_DATABASE_URL: 'mysql://x:x@x/x',
};

// What the servers make of these files is what `scripts/try-proxies.sh` plays with the servers themselves.

it.each(FILES)('%s leads to where the bridge listens by default', (file) => {
  const { host, port } = readConfig(REQUIRED).endpoint;
  expect(readFileSync(`deploy/${file}`, 'utf8')).toContain(`${host}:${port}`);
});

it.each(FILES)('%s names a setting for the client addresses that the configuration takes', (file) => {
  const [, value] = /TRUST_PROXY=(\S+)/.exec(readFileSync(`deploy/${file}`, 'utf8')) ?? [];
  expect(readConfig({ ...REQUIRED, TRUST_PROXY: value }).trustProxy).toEqual(['127.0.0.1']);
});
